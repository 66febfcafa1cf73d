import assert from 'node:assert/strict';
import { firstRows } from '../../src/ui/panels/first-rows';
import type { Row, TableId } from '../../src/webview/contract';
import { many, SOME, snapshot, start, table } from './messages';
import { ratesSuite } from './rates-suite';

const ROWS = many(5000);

describe('the place in a table', () => {
  const suite = ratesSuite();

  const scrolled = () =>
    suite.rates.page
      .locator('.scroller')
      .evaluate(({ scrollTop, scrollLeft }) => ({ scrollTop, scrollLeft }));
  /** Scrolls so that this row is in sight, and waits until the scrolling has ended: then rows are in order again. */
  const scrollTo = async (top: number, name: string) => {
    // A table that has only just come may still be put to its kept place: scrolled again then, as a person would.
    await suite.rates.page.waitForFunction(
      ([to, wanted]) => {
        document.querySelector('.scroller')?.scrollTo({ top: to });
        const names = [...document.querySelectorAll('.body [role=rowheader] .text')];
        return names.some(({ textContent }) => textContent === wanted);
      },
      [top, name] as const,
    );
    await suite.rates.row(name).waitFor();
    await suite.rates.page.waitForFunction(() => {
      const rows = [...document.querySelectorAll('.body [role=row]')];
      const at = rows.map((row) => Number(row.getAttribute('aria-rowindex')));
      return at.every((index, n) => n === 0 || index > (at[n - 1] ?? 0));
    });
  };
  /** Where the row lies under the head, in pixels. */
  const under = async (name: string) => {
    const [row, head] = await Promise.all([
      suite.rates.row(name).boundingBox(),
      suite.rates.page.locator('.grid .head').boundingBox(),
    ]);
    assert.ok(row !== null && head !== null, name);
    return row.y - head.y - head.height;
  };
  const inMenu = (name: string) => suite.rates.row(name).getByRole('button', { name: /Details$/ });
  const open = (name: string) => inMenu(name).click();
  /** Waits until this was told of the table. */
  const told = (of: TableId, part: object) =>
    suite.rates.page.waitForFunction(
      ([table, wanted]) => {
        const { sent } = window as unknown as {
          sent: { type: string; places?: { table: string; [key: string]: unknown }[] }[];
        };
        const last = sent.filter(({ type }) => type === 'places').at(-1)?.places ?? [];
        const own = last.find((one) => one.table === table);
        return Object.entries(wanted).every(
          ([key, value]) => JSON.stringify(own?.[key]) === JSON.stringify(value),
        );
      },
      [of, part] as const,
    );
  const again = async (rows: readonly Row[]) => {
    await suite.rates.page.reload();
    await suite.rates.sent('ready');
    await suite.rates.send(start());
    await suite.rates.send(snapshot(rows));
    await suite.rates.grid.waitFor();
  };
  const reached = () =>
    suite.rates.page
      .locator('.grid [tabindex="0"][aria-colindex]')
      .evaluateAll((cells) =>
        cells.map((cell) => [
          cell.closest('[aria-rowindex]')?.querySelector('.text')?.textContent,
          Number(cell.getAttribute('aria-colindex')) - 1,
        ]),
      );
  const chosen = () => suite.rates.grid.locator('[aria-selected=true] .text').allTextContents();
  const lend = (rows: readonly Row[]) =>
    ({ ...snapshot(rows), of: 'lend', table: { ...table(rows), id: 'lend' } }) as const;

  it('is the same after a reload: what is in sight, open, active and chosen', async () => {
    await suite.show(ROWS);
    const { rates } = suite;
    await scrollTo(60_000, 'C2310');
    await open('C2312');
    await rates.row('C2314').locator('[aria-colindex="2"]').click();
    await rates.page.keyboard.press('Shift+ArrowDown');
    await told('borrow', { open: ['C2312'], chosen: { from: 'C2314' } });
    const before = await under('C2315');
    await again(ROWS);
    await rates.row('C2315').waitFor();
    assert.equal(await under('C2315'), before);
    assert.equal(await inMenu('C2312').getAttribute('aria-expanded'), 'true');
    assert.deepEqual(await reached(), [['C2315', 1]]);
    assert.deepEqual(await chosen(), ['C2314', 'C2315']);
  });

  it('goes with its rows, and lies where they were once they are gone', async () => {
    await suite.show(ROWS);
    const { rates } = suite;
    await scrollTo(52_000, 'C2003');
    await rates.row('C2003').locator('[aria-colindex="3"]').click();
    await told('borrow', { cell: { row: { id: 'C2003', at: 2003 }, column: 'term7' } });
    const before = await under('C2003');
    await again(ROWS.slice(500));
    await rates.row('C2003').waitFor();
    assert.equal(await under('C2003'), before);
    assert.deepEqual(await reached(), [['C2003', 2]]);
    await told('borrow', { cell: { row: { id: 'C2003', at: 1503 }, column: 'term7' } });
    await again(ROWS.slice(0, 1000));
    await rates.row('C0999').waitFor();
    assert.deepEqual(await reached(), [['C0999', 2]]);
  });

  it('is each table’s own, also where another view was between', async () => {
    await suite.show(ROWS);
    const { rates } = suite;
    await rates.send(lend(SOME));
    await open('C0002');
    await scrollTo(30_000, 'C1160');
    const before = await scrolled();
    await rates.page.getByRole('tab', { name: 'Lend' }).click();
    await rates.row('BTC').waitFor();
    assert.equal((await scrolled()).scrollTop, 0);
    await open('ETH');
    for (const between of ['History', 'Fixed market']) {
      await rates.page.getByRole('tab', { name: between }).click();
      await rates.grid.waitFor({ state: 'detached' });
      await rates.page.getByRole('tab', { name: 'Borrow' }).click();
      await rates.row('C1160').waitFor();
      assert.deepEqual(await scrolled(), before);
    }
    await scrollTo(0, 'C0002');
    assert.equal(await inMenu('C0002').getAttribute('aria-expanded'), 'true');
    await rates.page.getByRole('tab', { name: 'Lend' }).click();
    await rates.row('ETH').waitFor();
    assert.equal(await inMenu('ETH').getAttribute('aria-expanded'), 'true');
    assert.equal(await inMenu('BTC').getAttribute('aria-expanded'), 'false');
  });

  it('is not given to a table that is not read yet, nor kept as that one’s', async () => {
    await suite.show(ROWS);
    const { rates } = suite;
    const lendPlace = { top: { id: 'C0900', at: 900, past: 4 } };
    await rates.send(lend(ROWS));
    await rates.page.getByRole('tab', { name: 'Lend' }).click();
    await scrollTo(23_404, 'C0905');
    await told('lend', lendPlace);
    await rates.page.reload();
    await rates.sent('ready');
    await rates.send(start());
    await rates.page.getByRole('tab', { name: 'Borrow' }).click();
    await rates.send(snapshot(ROWS));
    await rates.row('C0002').waitFor();
    await open('C0002');
    await scrollTo(30_000, 'C1160');
    await rates.page.getByRole('tab', { name: 'Lend' }).click();
    await rates.grid.waitFor({ state: 'detached' });
    await told('borrow', { open: ['C0002'] });
    await told('lend', lendPlace);
    await rates.send(lend(ROWS));
    await rates.row('C0905').waitFor();
    assert.equal((await scrolled()).scrollTop, 23_404);
    await rates.page.getByRole('tab', { name: 'Fixed market' }).click();
    await rates.grid.waitFor({ state: 'detached' });
    await rates.send({ ...lend(ROWS), of: 'fixed', table: { ...table(ROWS), id: 'fixed' } });
    await rates.row('C0002').waitFor();
    assert.equal((await scrolled()).scrollTop, 0);
    assert.equal(await inMenu('C0002').getAttribute('aria-expanded'), 'false');
  });

  it('among the first rows is there with them, before the others', async () => {
    await suite.show(ROWS);
    const { rates } = suite;
    await scrollTo(1_000, 'C0040');
    await told('borrow', { top: { id: 'C0038', at: 38, past: 12 } });
    await rates.page.reload();
    await rates.sent('ready');
    await rates.send(start());
    await rates.send(firstRows(snapshot(ROWS), new Set()) ?? assert.fail('all at once'));
    await rates.row('C0040').waitFor();
    await rates.sent('all');
    assert.equal((await scrolled()).scrollTop, 1_000);
    await rates.send(snapshot(ROWS));
    await rates.page.locator('button:enabled', { hasText: 'CSV…' }).waitFor();
    assert.equal((await scrolled()).scrollTop, 1_000);
  });

  it('beyond the first rows waits for all of them', async () => {
    await suite.show(ROWS);
    const { rates } = suite;
    await scrollTo(60_000, 'C2310');
    await told('borrow', { top: { id: 'C2307', at: 2307, past: 18 } });
    await rates.page.reload();
    await rates.sent('ready');
    await rates.send(start());
    await rates.send(firstRows(snapshot(ROWS), new Set()) ?? assert.fail('all at once'));
    await rates.sent('all');
    assert.equal(await rates.grid.count(), 0);
    await rates.send(snapshot(ROWS));
    await rates.row('C2310').waitFor();
    assert.equal((await scrolled()).scrollTop, 60_000);
  });

  it('is nothing to tell of where nobody went on', async () => {
    await suite.show(ROWS);
    const { rates } = suite;
    await open('C0002');
    await told('borrow', { open: ['C0002'] });
    await open('C0002');
    await rates.page.locator('#filter').focus();
    await rates.row('C0003').waitFor();
    await told('borrow', { open: [] });
    const [first, ...others] = await rates.sent('view');
    assert.deepEqual(first?.view.places, []);
    assert.equal(others.length, 0, 'the host need not draw anew');
  });

  it('is the first row again after nothing had matched', async () => {
    await suite.show(SOME);
    const { rates } = suite;
    await rates.page.locator('#filter').focus();
    await rates.page.keyboard.press('ArrowDown');
    await rates.page.keyboard.press('ArrowDown');
    await rates.page.locator('#filter').fill('nope');
    await rates.page.getByText('No coin matches').waitFor();
    await rates.page.locator('#filter').fill('');
    await rates.row('ETH').waitFor();
    await rates.page.keyboard.press('ArrowDown');
    assert.deepEqual(await rates.focused(), { row: 0, column: 0 });
  });
});
