import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimal } from '../../../../src/bybit/decimal';
import { TransportError } from '../../../../src/bybit/errors';
import type { Exchange } from '../../../../src/bybit/exchange';
import { words } from '../../../../src/bybit/words';
import { RecordReader } from '../../../../src/desk/records/reader';
import type { AccountRecord } from '../../../../src/desk/records/record';
import type { RecordSource } from '../../../../src/desk/records/source';

const EXCHANGE = {} as Exchange;
const ask: ConstructorParameters<typeof RecordReader>[0]['ask'] = (question, signal) =>
  question(EXCHANGE, signal);

function record(source: string, id: string, time: number): AccountRecord {
  return {
    id,
    system: 'flexible',
    kind: 'borrow',
    time,
    coin: source,
    amount: decimal('1'),
    what: words('Borrowed'),
    state: 'done',
    details: [],
  };
}

/** A history of these times, newest first, in pages of a size; the cursor behind the last page leads to an empty one. */
function history(
  id: string,
  times: readonly number[],
  size: number,
  fails = 0,
): RecordSource & { reads: number } {
  const rows = [...times].sort((a, b) => b - a).map((time, index) => record(id, `${index}`, time));
  const source = {
    id,
    name: words('{0}', id),
    reads: 0,
    read: async (_: unknown, cursor: string | undefined) => {
      source.reads += 1;
      if (source.reads <= fails) {
        throw new TransportError({
          endpoint: id,
          effect: 'none',
          words: words('no network'),
          advice: undefined,
        });
      }
      const from = Number(cursor ?? 0);
      const records = rows.slice(from, from + size);
      return { records, next: records.length === 0 ? undefined : String(from + size) };
    },
  };
  return source;
}

const reader = (...sources: readonly RecordSource[]) => new RecordReader({ sources, ask, locale: 'en' });

async function toTheEnd(book: RecordReader): Promise<void> {
  for (let rounds = 0; !book.isComplete && rounds < 1000; rounds += 1) await book.more();
}

describe('the records of an account', () => {
  it('come newest first out of all histories, and never above what was shown', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(times, fc.integer({ min: 1, max: 7 })), { maxLength: 5 }),
        async (all) => {
          const book = reader(...all.map(([each, size], index) => history(`h${index}`, each, size)));
          let shown: readonly AccountRecord[] = [];
          for (let rounds = 0; !book.isComplete && rounds < 200; rounds += 1) {
            await book.more();
            const now = book.records;
            for (const [index, each] of now.entries()) {
              assert.ok(index === 0 || (now[index - 1]?.time ?? 0) >= each.time);
            }
            // What was shown stays on top; of rows of one moment more may join at the end of it.
            const last = shown.at(-1)?.time ?? Number.POSITIVE_INFINITY;
            const newer = (rows: readonly AccountRecord[]) => rows.filter(({ time }) => time > last);
            assert.deepEqual(newer(now), newer(shown));
            assert.ok(now.length >= shown.length);
            shown = now;
          }
          assert.ok(book.isComplete);
          assert.equal(
            shown.length,
            all.reduce((sum, [each]) => sum + each.length, 0),
          );
        },
      ),
    );
  });

  it('reads on only where the rest is held back', async () => {
    const busy = history('busy', [90, 80, 70, 60], 2);
    const quiet = history('quiet', [10], 2);
    const book = reader(busy, quiet);
    await book.more();
    assert.deepEqual(
      book.records.map(({ time }) => time),
      [90, 80],
    );
    await book.more();
    assert.deepEqual([busy.reads, quiet.reads], [2, 1]);
    assert.deepEqual(
      book.records.map(({ time }) => time),
      [90, 80, 70, 60],
    );
    await toTheEnd(book);
    assert.deepEqual(
      book.records.map(({ time }) => time),
      [90, 80, 70, 60, 10],
    );
  });

  it('shows the others when one history fails, says which, and reads it again', async () => {
    const book = reader(history('good', [30, 20], 5), history('bad', [25], 5, 1));
    await book.more();
    await book.more();
    assert.deepEqual(book.failures, []);
    const again = reader(history('good', [30, 20], 5), history('bad', [25], 5, 2));
    await again.more();
    assert.deepEqual(
      again.failures.map(({ source, name }) => [source, name.args[0]]),
      [['bad', 'bad']],
    );
    assert.deepEqual(
      again.records.map(({ time }) => time),
      [30, 20],
    );
    assert.equal(again.isComplete, false);
    await toTheEnd(again);
    assert.deepEqual(again.failures, []);
    assert.deepEqual(
      again.records.map(({ time }) => time),
      [30, 25, 20],
    );
  });

  it('ends where cursors go in a circle', async () => {
    const circle: RecordSource = {
      id: 'circle',
      name: words('circle'),
      read: async () => ({ records: [record('circle', '1', 5)], next: 'same' }),
    };
    const book = reader(circle);
    await toTheEnd(book);
    assert.equal(book.isComplete, true);
    assert.equal(book.records.length, 1);
  });
});
