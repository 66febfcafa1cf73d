import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { decimal } from '../../src/bybit/decimal';
import { plain } from '../../src/bybit/words';
import type { JournalEvent } from '../../src/desk/journal/event';
import type { Operation } from '../../src/desk/operation';
import { deedOf } from '../../src/desk/operations/registry';
import { readBaseline } from '../../src/desk/settle/readback';
import { subjectOf } from '../../src/ui/arguments';
import { flowCommands } from '../../src/ui/flows/flow-commands';
import { intent, sent } from '../unit/desk/journal/events';
import { ACCOUNT } from '../wire/ledger';
import { Escaped, optionsFor, RandomAsker } from './random-asker';
import { pick, report, SCALE, scaled, seeded } from './scale';
import { CALM } from './shaken';
import { laid, type Table } from './table';
import { argumentsOf } from './wild-arguments';

/** Commands on one account, before there is another with something open again. */
const ON_ONE = 20;
const MOST_OPEN = 3;

interface Counts {
  readonly confirmations: number;
  /** Ended by the person's word. */
  readonly settled: number;
  /** Ended by what the exchange tells. */
  readonly found: number;
  /** Commands that were begun while something was open, with the name of what is not. */
  readonly strangers: number;
  readonly sends: number;
  readonly faults: readonly string[];
}

function repayment(amount: string): Operation {
  return {
    kind: 'flexible.repay',
    accountId: ACCOUNT.id,
    params: { coin: 'BTC', amount: decimal(amount) },
  };
}

/** What earlier sessions left without an end: repayments of as many amounts. */
async function leave(table: Table, count: number): Promise<readonly string[]> {
  const at = table.clock.now() - 60_000;
  const now = await table.clock.run(readBaseline(table.client(), deedOf(repayment('0.01'))));
  const events = Array.from({ length: count }, (_, n): readonly JournalEvent[] => {
    const id = `open-${n}`;
    const amount = decimal(`0.01${n + 1}`);
    const operation = repayment(amount);
    const title = { text: 'Repay {0}', args: [`${amount} BTC`] };
    // Of the first the exchange can tell that it did not happen; of the others the debt has moved meanwhile.
    const first = intent(id, operation);
    const baseline = n === 0 ? now : first.baseline;
    return [
      { ...first, at, title, baseline },
      { ...sent(id, at), at },
    ];
  });
  const lines = events.flat().map((event) => `${JSON.stringify(event)}\n`);
  appendFileSync(join(table.folder, `journal-${ACCOUNT.id}.jsonl`), lines.join(''));
  return events.flatMap(([first]) => first?.id ?? []);
}

/** As {@link argumentsOf}, half the time with the name of an operation that is, or was, open. */
function namesOf(random: () => number, ids: readonly string[]): readonly unknown[] {
  const args = argumentsOf(random, [ACCOUNT.id, 'acc-2', 'paper']);
  if (random() < 0.5) return args;
  const subject = { ...subjectOf(args), operationId: pick(random, [...ids, `${ids[0]}x`, 'open-99']) };
  return [random() < 0.5 ? subject : { about: subject }];
}

const WORD = new Map([
  ['It Happened', 'done'],
  ['It Did Not Happen', 'absent'],
]);

/** What of the new lines of the journal nobody named and confirmed. */
function unasked(
  all: readonly JournalEvent[],
  before: number,
  named: string | undefined,
  { confirmed }: RandomAsker,
): readonly string[] {
  const titles = new Map(
    all.flatMap((event) => (event.type === 'intent' ? [[event.id, plain(event.title)]] : [])),
  );
  return all.slice(before).flatMap((event) => {
    if (event.type === 'intent' || event.type === 'sent') return [`${event.type} of ${event.id}`];
    if (event.type !== 'verdict' || event.by !== 'person') return [];
    const isConfirmed = confirmed.some(
      ({ title, deed }) => title === titles.get(event.id) && WORD.get(deed) === event.state,
    );
    const isNamed = named === undefined || named === event.id;
    return isConfirmed && isNamed ? [] : [`${event.id} ${event.state}, named ${named}`];
  });
}

async function flooded(runs: number, confirms: boolean): Promise<Counts> {
  const random = seeded(91);
  const asker = new RandomAsker(random, confirms);
  const faults: string[] = [];
  const sums = { settled: 0, found: 0, strangers: 0, sends: 0 };
  for (let n = 0; n < runs; n += ON_ONE) {
    const table = await laid({ random });
    try {
      const ids = await leave(table, 1 + Math.floor(random() * MOST_OPEN));
      const dark = () => {
        table.passage.world = { ...CALM, rough: 100 };
      };
      dark();
      const desk = await table.open(['key']);
      const flows = flowCommands(optionsFor(table, desk, asker));
      const names = Object.keys(flows) as (keyof typeof flows)[];
      asker.meanwhile = async () => {
        // Now and then the exchange can be read while the last question stands there, and tells the end itself.
        if (random() < 0.5) table.passage.world = CALM;
        await table.clock.sleep(Math.floor(random() * 300_000));
        dark();
      };
      for (let m = 0; m < ON_ONE && desk.open.length > 0; m += 1) {
        const name = pick(random, [
          'lookAgain',
          'resolveByHand',
          'resolveByHand',
          pick(random, names),
        ] as const);
        const args = namesOf(random, ids);
        const subject = subjectOf(args);
        const isOpen = desk.open.some(({ id }) => id === subject.operationId);
        if (name === 'resolveByHand' && subject.operationId !== undefined && !isOpen) sums.strangers += 1;
        const before = table.journal().length;
        asker.confirmed.length = 0;
        asker.begin(2 + Math.floor(random() * 10));
        const run = async () => flows[name](subject);
        await table.clock.run(run()).catch((error: unknown) => {
          if (!(error instanceof Escaped)) faults.push(`${name}: ${String(error)}`);
        });
        faults.push(...unasked(table.journal(), before, subject.operationId, asker));
        const hands = new Set(table.journal().flatMap((event) => (event.type === 'verdict' ? event.id : [])));
        assert.ok(desk.open.every(({ id }) => !hands.has(id)));
      }
      for (const { by } of table.verdicts()) sums[by === 'person' ? 'settled' : 'found'] += 1;
      sums.sends += table.passage.sends;
    } finally {
      await table.close();
    }
  }
  return { ...sums, confirmations: asker.confirmations, faults };
}

describe('what is open ends by what the exchange tells or by the word of a person', function () {
  this.timeout(3_600_000);
  const scale = (full: number) => (SCALE < 1 ? Math.ceil(scaled(full) / 2) : scaled(full));

  it('never by arguments and answers short of the confirmation', async () => {
    const runs = scale(10_000);
    const { confirmations, settled, found, sends, faults } = await flooded(runs, false);
    report(
      9,
      `${runs} commands with made-up arguments while something is open`,
      `${confirmations} came to the confirmation`,
      `${settled} settled, ${sends} sent`,
    );
    assert.deepEqual(faults, []);
    assert.deepEqual([settled, found, sends], [0, 0, 0]);
    assert.ok(confirmations > runs / 20, 'hardly any came as far as the confirmation');
  });

  it('that was named and confirmed, whatever ends by itself meanwhile', async () => {
    const runs = scale(10_000);
    const { confirmations, settled, found, strangers, sends, faults } = await flooded(runs, true);
    report(
      9,
      `at most ${runs} commands with made-up arguments while something is open, confirmed minutes later`,
      `${confirmations} confirmed, ${settled} settled by that, ${found} found meanwhile, ${sends} sent`,
      `${strangers} named what is not open, ${faults.length} settled another`,
    );
    assert.deepEqual(faults, []);
    assert.equal(sends, 0);
    assert.ok(settled > 0 && found > 0 && strangers > 0);
  });
});
