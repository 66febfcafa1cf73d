import assert from 'node:assert/strict';
import { codeFacts, knownCodes } from '../../src/bybit/codes';
import type { Operation } from '../../src/desk/operation';
import { deeds, MUTATING } from '../wire/ledger';
import { all, type Case, LAGS, told } from './broken-write';
import { SCALE, seeded } from './scale';

/** Codes that nobody documents: one within the numbers of the new loans, and one far from any. */
const UNHEARD = [148_043, 999_999];
/** Withdrawn by the exchange (API.md §9): the paper exchange knows it, the desk has no operation for it. */
const WITHDRAWN = '/v5/crypto-loan/borrow';

/** Every code × every operation, before a commit and, where the code leaves that open, after one. */
function everyCase(operations: readonly Operation[]): readonly Case[] {
  return [...knownCodes(), ...UNHEARD].flatMap((retCode, c) => {
    const isOpen = (codeFacts(retCode)?.effect ?? 'unknown') === 'unknown';
    const whens = isOpen ? (['before', 'after'] as const) : (['before'] as const);
    return operations.flatMap((operation, o) =>
      whens.map((when, w) => ({
        operation,
        moment: { kind: 'code' as const, retCode, when },
        rough: 0,
        lag: LAGS[(c + o + w) % LAGS.length] ?? 0,
        seed: c * 100 + o,
      })),
    );
  });
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
  const ranked = list.map((item) => ({ item, rank: random() }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

/** At a part of the scale: so many by a seed, among them every code at each of its moments, and every operation. */
function some(cases: readonly Case[]): readonly Case[] {
  if (SCALE >= 1) return cases;
  const mixed = shuffled(cases, seeded(2_002));
  const seen = new Set<string>();
  const isNew = ({ operation, moment }: Case) => {
    const names = [JSON.stringify(moment), JSON.stringify(operation)];
    const fresh = names.some((name) => !seen.has(name));
    for (const name of names) seen.add(name);
    return fresh;
  };
  const first = mixed.filter(isNew);
  const others = mixed.filter((one) => !first.includes(one));
  return [...first, ...others.slice(0, Math.max(0, Math.ceil(cases.length * SCALE) - first.length))];
}

describe('whatever code the exchange answers to a write', function () {
  this.timeout(3_600_000);

  it('what is refused is so at once, what may have happened is read back, and none is sent twice', async () => {
    const operations = await deeds();
    const cases = some(everyCase(operations));
    const arrived = new Set<string>();
    const ends = await all(cases, (path) => arrived.add(path));
    told('retCode, operation, before or after the commit', cases, ends);
    assert.deepEqual(new Set(cases.map(({ operation }) => operation)), new Set(operations));
    assert.deepEqual([...arrived, WITHDRAWN].sort(), [...MUTATING].sort());
  });
});
