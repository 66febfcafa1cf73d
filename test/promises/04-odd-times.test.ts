import assert from 'node:assert/strict';
import { plain } from '../../src/bybit/words';
import { calendarOf } from '../../src/desk/calendar';
import { journalDocument } from '../../src/desk/journal/document';
import { journalCsv } from '../../src/desk/journal/export';
import type { Operation } from '../../src/desk/operation';
import { recordsCsv } from '../../src/desk/records/export';
import { RecordReader } from '../../src/desk/records/reader';
import { RECORD_SOURCES } from '../../src/desk/records/sources';
import { reviewSections } from '../../src/desk/review-lines';
import { reviewText } from '../../src/desk/review-text';
import { duesOf } from '../../src/desk/watch/observe';
import { reviewOf } from '../../src/ui/flows/steps/review-of';
import { deeds, START } from '../wire/ledger';
import { report, scaled, seeded } from './scale';
import { laid, type Table } from './table';

const DAY_MS = 86_400_000;

/** A zone and the instant at which its clocks are put forward or back, in UTC. */
const SWITCHES = [
  ['Europe/Berlin', Date.UTC(2026, 2, 29, 1)],
  ['Europe/Berlin', Date.UTC(2026, 9, 25, 1)],
  ['America/New_York', Date.UTC(2026, 2, 8, 7)],
  ['America/New_York', Date.UTC(2026, 10, 1, 6)],
  // By half an hour.
  ['Australia/Lord_Howe', Date.UTC(2026, 3, 4, 15)],
  // At midnight: the first hour of the day is not there.
  ['Africa/Cairo', Date.UTC(2026, 3, 23, 22)],
] as const;

/** What a leap second does to a clock that counts none, as steps of so many ms at so many ms after midnight. */
const LEAPS: { readonly [kind: string]: { readonly [at: number]: number } } = {
  'a second twice': { 0: -1_000 },
  'a second left out': { 0: 1_000 },
  'a second stood still': Object.fromEntries(Array.from({ length: 10 }, (_, at) => [at * 100, -100])),
  'smeared over a day': Object.fromEntries(Array.from({ length: 40 }, (_, at) => [at * 2_160, -25])),
};

describe('odd moments of the calendar harm nothing', function () {
  this.timeout(3_600_000);
  const own = process.env['TZ'];
  afterEach(() => {
    if (own === undefined) delete process.env['TZ'];
    else process.env['TZ'] = own;
  });

  it('whatever the zone of the machine, and while its clocks are put forward or back', async () => {
    const operations = await deeds();
    let compared = 0;
    let done = 0;
    for (const [zone, at] of SWITCHES.slice(0, scaled(SWITCHES.length)))
      for (const operation of operations.slice(0, scaled(operations.length))) {
        const texts: string[][] = [];
        for (const name of ['UTC', zone]) {
          process.env['TZ'] = name;
          const before = new Date(at - 1_000).getTimezoneOffset();
          assert.equal(
            before === new Date(at).getTimezoneOffset(),
            name === 'UTC',
            `${name} has no switch there`,
          );
          texts.push(await around(at, operation));
        }
        assert.deepEqual(texts[1], texts[0], `${zone} ${operation.kind}`);
        compared += texts[0]?.length ?? 0;
        done += Number(texts[0]?.includes('done'));
      }
    report(
      4,
      `${compared} texts of operations over the switch of a zone's clocks, all as in UTC`,
      `${done} done`,
    );
    // Loans of the prepared account fall due before the later switches.
    assert.ok(done > 0);
  });

  it('a leap second on either side, however it is told', async () => {
    const loans = (await deeds()).slice(0, 3);
    const midnight = START + DAY_MS - (START % DAY_MS);
    const refused: string[] = [];
    let operations = 0;
    for (const [kind, steps] of Object.entries(LEAPS))
      for (const side of ['server', 'machine', 'both'])
        for (let run = 0; run < scaled(40); run += 1) {
          const ends = await overLeap(loans, { side, steps, from: midnight - 50 * run, seed: run + 1 });
          operations += ends.length;
          refused.push(
            ...ends.filter((end) => end !== 'done').map((end) => `${kind} ${side} ${run}: ${end}`),
          );
        }
    report(4, `${operations} operations at a leap second, ${refused.length} not done`);
    assert.deepEqual(refused, []);
  });
});

/** Both clocks at this time of the world. */
function begin(table: Table, at: number): void {
  const ms = at - table.serverTime();
  table.skew += ms;
  table.clock.jump(ms);
}

interface Leap {
  readonly side: string;
  readonly steps: { readonly [at: number]: number };
  /** Server epoch ms: when the operations begin. */
  readonly from: number;
  readonly seed: number;
}

/** Sends operations one after the other while it leaps; how each ended. */
async function overLeap(
  loans: readonly Operation[],
  { side, steps, from, seed }: Leap,
): Promise<readonly string[]> {
  const table = await laid({ random: seeded(seed) });
  try {
    begin(table, from);
    const desk = await table.open(['key']);
    const leap = leapOf(table, side, steps);
    const ends: string[] = [];
    for (const operation of loans) {
      const { state, code, words } = await table.clock.run(desk.execute(operation));
      ends.push(state === 'done' ? state : `${operation.kind} ${plain(words)} ${code}`);
    }
    await table.clock.run(leap);
    assert.equal(table.ledger.commits(), loans.length);
    return ends;
  } finally {
    await table.close();
  }
}

async function leapOf(table: Table, side: string, steps: { readonly [at: number]: number }): Promise<void> {
  let gone = 0;
  for (const [at, ms] of Object.entries(steps).sort(([a], [b]) => Number(a) - Number(b))) {
    await table.clock.sleep(Number(at) - gone);
    gone = Number(at);
    if (side !== 'machine') table.skew += ms;
    if (side !== 'server') table.clock.jump(ms);
  }
}

/** Everything that is written and shown of an operation that begins right before an instant. */
async function around(at: number, operation: Operation): Promise<string[]> {
  const table = await laid({ random: seeded(5) });
  try {
    begin(table, at - 400);
    const desk = await table.open();
    await table.clock.run(desk.refresh());
    const now = table.clock.now();
    const seen = reviewOf(desk, operation);
    const review =
      seen === undefined ? 'none' : reviewText(reviewSections(seen, { locale: 'en', now }), plain);
    const verdict = await table.clock.run(desk.execute(operation, { review }));
    const events = table.journal().map((event) => ({ ...event, id: 'one' }));
    const reader = new RecordReader({
      sources: RECORD_SOURCES,
      ask: (question) => desk.ask(question),
      locale: 'en',
    });
    await table.clock.run(reader.more());
    const dues = duesOf(desk.snapshot, desk.serverNow) ?? [];
    return [
      review,
      verdict.state,
      plain(verdict.words),
      JSON.stringify(events),
      journalDocument({ events, oddLines: 0, heading: 'Test', say: plain }),
      journalCsv(events, { label: 'Test', environment: 'loopback' }),
      recordsCsv(reader.records, { label: 'Test', environment: 'loopback' }),
      calendarOf(dues, {
        account: { label: 'Test', environment: 'paper' },
        now,
        locale: 'en',
        translate: plain,
      }),
      JSON.stringify([...dues, desk.figures, desk.snapshot.parts.position.value]),
    ];
  } finally {
    await table.close();
  }
}
