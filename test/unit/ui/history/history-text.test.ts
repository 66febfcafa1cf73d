import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { decimal } from '../../../../src/bybit/decimal';
import { writePieces } from '../../../../src/desk/history/export-file';
import { readImport } from '../../../../src/desk/history/import';
import type { Source } from '../../../../src/desk/history/place';
import { HistoryStore } from '../../../../src/desk/history/store';
import { type HistoryFormat, hasRows, historyPieces } from '../../../../src/ui/history/history-text';
import { temporaryFolder } from '../../desk/bench';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 24);
const HOURS = 9_000;
const SOURCE: Source = { environment: 'testnet', host: 'x', vipLevel: 'VIP0' };

describe('an exported history', () => {
  const folder = temporaryFolder();
  const store = new HistoryStore(join(folder.path, 'store'));
  after(() => folder.remove());

  before(async () => {
    const from = NOW - HOURS * HOUR;
    const covered = [{ from, to: NOW }];
    const rate = (hour: number) => decimal(`0.0${1 + (hour % 9)}`);
    const hourly = Array.from({ length: HOURS }, (_, hour) => ({
      from: from + hour * HOUR,
      to: from + (hour + 1) * HOUR,
      rate: rate(hour),
    }));
    await store.fold(
      [
        ['BTC', new Map([['flexible', hourly]])],
        ['=ETH', new Map([['30', [{ from, to: NOW, rate: decimal('0.05') }]]])],
      ],
      covered,
    );
  });

  it('is made piece by piece, of which none is large', async () => {
    const reads: string[] = [];
    const counted: Pick<HistoryStore, 'coins' | 'read' | 'coverage'> = {
      coins: () => store.coins(),
      coverage: () => store.coverage(),
      read: (coin) => {
        reads.push(coin);
        return store.read(coin);
      },
    };
    const found: { readonly length: number; readonly rows: number; readonly reads: number }[] = [];
    for await (const { text, rows } of historyPieces(SOURCE, counted, 'jsonl'))
      found.push({ length: text.length, rows, reads: reads.length });
    assert.equal(
      found.reduce((sum, { rows }) => sum + rows, 0),
      HOURS + 1,
    );
    assert.ok(found.length > 4);
    for (const { length, rows } of found) assert.ok(rows <= 2_000 && length < 400_000, `${rows} ${length}`);
    assert.equal(found[0]?.reads, 1, 'a coin is read when its turn comes');
  });

  for (const format of ['csv', 'jsonl'] as const satisfies readonly HistoryFormat[]) {
    it(`comes back as it was: ${format}`, async () => {
      const file = join(folder.path, `out.${format}`);
      async function* texts() {
        for await (const { text } of historyPieces(SOURCE, store, format)) yield text;
      }
      await writePieces(file, texts());
      async function* pieces() {
        for await (const piece of createReadStream(file, 'utf8')) yield String(piece);
      }
      const imported = await readImport(pieces, NOW, 'testnet');
      assert.deepEqual([imported.taken, imported.refused], [HOURS + 1, 0]);
      const again = new HistoryStore(join(folder.path, format));
      await again.fold(imported.foreign(), imported.covered);
      assert.deepEqual(await again.coins(), await store.coins());
      assert.deepEqual(await again.coverage(), await store.coverage());
      for (const coin of await store.coins())
        assert.deepEqual(await again.read(coin), await store.read(coin), coin);
    });
  }

  it('has rows or none', async () => {
    assert.equal(await hasRows(historyPieces(SOURCE, store, 'csv')), true);
    const none = new HistoryStore(join(folder.path, 'none'));
    assert.equal(await hasRows(historyPieces(SOURCE, none, 'csv')), false);
  });
});
