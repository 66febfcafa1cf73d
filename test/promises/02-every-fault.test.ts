import type { Operation } from '../../src/desk/operation';
import { faultsThat } from '../wire/faults';
import { deeds } from '../wire/ledger';
import { all, type Case, LAGS, type Moment, told } from './broken-write';
import { SCALE, scaled } from './scale';

function moments(): readonly Moment[] {
  const unsure = faultsThat('unsure').flatMap((name): Moment[] => [
    { kind: 'fault', name, when: 'before' },
    { kind: 'fault', name, when: 'after' },
  ]);
  const readable = faultsThat('readable').map((name): Moment => ({ kind: 'fault', name, when: 'after' }));
  const sure = faultsThat('sure').map((name): Moment => ({ kind: 'fault', name, when: 'before' }));
  return [
    { kind: 'whole' },
    { kind: 'refuse' },
    { kind: 'connections end' },
    { kind: 'reset unread' },
    ...unsure,
    ...readable,
    ...sure,
  ];
}

/** At a part of the scale: so many of the cases, spread over all by a stride that meets every operation. */
function some(cases: readonly Case[]): readonly Case[] {
  const count = Math.ceil(cases.length * Math.min(1, SCALE));
  return cases.filter((_, n) => (n * 37) % cases.length < count);
}

describe('whatever the wire does to a write', function () {
  this.timeout(3_600_000);
  let operations: readonly Operation[] = [];
  before(async () => {
    operations = await deeds();
  });

  it('it is committed at most once and ends in the truth: every operation, every fault, before and after', async () => {
    const cases = some(
      moments().flatMap((moment, m) =>
        operations.flatMap((operation, n) =>
          LAGS.map((lag) => ({ operation, moment, rough: 0, lag, seed: m * 100 + n })),
        ),
      ),
    );
    told('operation, fault of the wire, moment, lag of the histories', cases, await all(cases));
  });

  it('and while every fourth read fails in a way of its own', async () => {
    const list = moments();
    const cases = Array.from({ length: scaled(2_000) }, (_, seed) => ({
      operation: operations[seed % operations.length] as Operation,
      moment: list[(seed * 7) % list.length] as Moment,
      rough: 25,
      lag: LAGS[seed % LAGS.length] ?? 0,
      seed,
    }));
    told('operation, fault, rough reads', cases, await all(cases));
  });
});
