import type { Operation } from '../../src/desk/operation';
import { deeds } from '../wire/ledger';
import { pick, report, scaled, seeded } from './scale';
import { type Shake, SPOILT, type World } from './shaken';
import { type Trial, tried } from './trial';

const LOST = [
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNABORTED',
  'ERR_BAD_RESPONSE',
  'Z_DATA_ERROR',
  'HPE_INVALID_CONSTANT',
  // Of a connection that stood: its way was lost, and with it the answer.
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNREFUSED',
] as const;
/** Statuses and codes after which a write may have happened, and those after which it cannot. */
const UNSURE_STATUS = [301, 302, 303, 307, 308, 400, 407, 408, 429, 500, 502, 503, 504] as const;
const SURE_STATUS = [401, 403, 404] as const;
const UNSURE_CODES = [
  10000, 10014, 10016, 429, 148019, 148021, 148026, 148034, 148035, 148036, 148041, 999_999,
] as const;
const SURE_CODES = [
  10001, 10003, 10004, 10005, 10007, 10010, 10017, 33004, 148001, 148009, 148012, 148029, 148031, 148037,
  148048,
] as const;

function shakeOf(random: () => number): Shake {
  const when = random() < 0.5 ? 'before' : 'after';
  switch (Math.floor(random() * 11)) {
    case 0:
      return { kind: 'no connection' };
    case 1:
    case 2:
      return { kind: 'lost', when, code: pick(random, LOST) };
    case 3:
      return { kind: 'late', ms: Math.floor(random() * 6_500) };
    case 4:
      return { kind: 'status', when, status: pick(random, UNSURE_STATUS) };
    case 5:
      return random() < 0.5
        ? { kind: 'status', when: 'before', status: pick(random, SURE_STATUS) }
        : { kind: 'code', when: 'before', retCode: pick(random, SURE_CODES) };
    case 6:
    case 7:
      return { kind: 'text', spoil: pick(random, Object.keys(SPOILT) as (keyof typeof SPOILT)[]) };
    case 8:
      return { kind: 'code', when, retCode: pick(random, UNSURE_CODES) };
    case 9:
      return { kind: 'slow', ms: Math.floor(random() * 20_000) };
    default:
      return { kind: 'again', retCode: random() < 0.5 ? 10002 : 10006, next: shakeOf(random) };
  }
}

function trialOf(seed: number, operations: readonly Operation[]): Trial {
  const random = seeded(seed);
  const world: World = {
    shake: shakeOf(random),
    blind: random() < 0.3 ? Math.floor(random() * 40_000) : 0,
    rough: random() < 0.3 ? Math.floor(random() * 30) : 0,
    trip: pick(random, [20, 100, 400]),
  };
  const settleMs = random() < 0.4 ? Math.floor(random() * 20_000) : 0;
  return {
    operation: pick(random, operations),
    world,
    habits: {
      settleMs,
      settleFails: settleMs > 0 && random() < 0.4,
      historyLagMs: random() < 0.5 ? Math.floor(random() * 30_000) : 0,
    },
    offset: Math.floor((random() - 0.5) * 1_200_000),
    seed,
  };
}

describe('one confirmation is at most one commit, and ends in the truth', function () {
  this.timeout(3_600_000);

  it('in any world that a seed can think of', async () => {
    const ends = new Map<string, number>();
    const failures: string[] = [];
    const operations = await deeds();
    const runs = scaled(10_000);
    for (let seed = 1; seed <= runs; seed += 1) {
      try {
        const { end } = await tried(trialOf(seed, operations));
        ends.set(end, (ends.get(end) ?? 0) + 1);
      } catch (error) {
        failures.push(String(error));
      }
    }
    report(
      1,
      `${runs} seeded runs`,
      `${failures.length} not as promised`,
      ...[...ends].map(([end, count]) => `${count} ${end}`),
    );
    if (failures.length > 0) throw new Error(failures.slice(0, 5).join('\n\n'));
  });
});
