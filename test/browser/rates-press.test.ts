import assert from 'node:assert/strict';
import { many, row, snapshot } from './messages';
import { ratesSuite } from './rates-suite';

/** Longer than it takes until scrolling counts as ended, in milliseconds. */
const SETTLED = 1_000;
/** A row in sight after the scrolling of these tests; its element stands elsewhere in the document than it in the table. */
const NAME = 'C0025';

describe('a press on a row', () => {
  const suite = ratesSuite();

  it('does what a click does, though other columns and rows above it come meanwhile', async () => {
    const rowsOf = (...coins: string[]) => coins.map((coin) => row({ coin }));
    const { page } = suite.rates;
    await suite.show(rowsOf('BTC', 'LINK'));
    const box = await suite.rates.row('LINK').locator('.twist').boundingBox();
    assert.ok(box !== null);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    const { table, ...rest } = snapshot(rowsOf('AAVE', 'BTC', 'LINK'));
    assert.ok(table !== null);
    const columns = table.columns.slice(0, -1);
    const rows = table.rows.map((one) => ({ ...one, cells: one.cells.slice(0, -1) }));
    await suite.rates.send({ ...rest, table: { ...table, columns, rows } });
    await page.getByText('3 coins').waitFor();
    await page.mouse.up();
    await suite.rates.row('LINK').getByRole('button', { name: 'Hide Details' }).waitFor();
    // What came meanwhile is shown now.
    await suite.rates.row('AAVE').waitFor();
    await page.getByRole('columnheader', { name: 'Minimum' }).waitFor({ state: 'detached' });
  });
});

describe('a press on a row just scrolled to', () => {
  const suite = ratesSuite();

  /** Names of the rows in the order of the document. */
  const names = () => suite.rates.grid.locator('.body [role=row] .text').allTextContents();
  async function assertOrdered(isOrdered: boolean): Promise<void> {
    const found = await names();
    assert.equal(found.join() === [...found].sort().join(), isOrdered, found.join());
  }

  /** The page's time stands still: what is due when the scrolling ends is so when the test says. */
  beforeEach(async () => {
    await suite.show(many(500));
    const { page } = suite.rates;
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.mouse.move(400, 300);
    for (const by of [400, 300, -150]) {
      const before = await names();
      await page.mouse.wheel(0, by);
      await page.waitForFunction(
        (old) =>
          [...document.querySelectorAll('.body [role=row] .text')].map((one) => one.textContent).join() !==
          old,
        before.join(),
      );
    }
    const found = await names();
    assert.ok(found.indexOf(NAME) < found.indexOf('C0024'), found.join());
    const box = await suite.rates.row(NAME).locator('.twist').boundingBox();
    assert.ok(box !== null && box.y > 0 && box.y < 560);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
  });

  it('does what a click does, though the scrolling ends and rates come meanwhile', async () => {
    const { rates } = suite;
    const { page } = rates;
    await page.clock.runFor(SETTLED);
    await assertOrdered(false);
    await rates.send(snapshot([...many(500)].reverse()));
    await page.getByText('500 coins').waitFor();
    await rates.send(snapshot(many(500)));
    await page.clock.runFor(SETTLED);
    await assertOrdered(false);
    await page.mouse.up();
    await rates.row(NAME).getByRole('button', { name: 'Hide Details' }).waitFor();
    assert.deepEqual(await rates.focused(), { row: 25, column: 0 });
    await page.clock.runFor(1);
    await assertOrdered(true);
    assert.deepEqual(await rates.focused(), { row: 25, column: 0 });
  });

  for (const [what, type] of [
    ['is cancelled', 'pointercancel'],
    ['ends unseen', 'blur'],
  ] as const) {
    it(`keeps the rows out of order no longer when it ${what}`, async () => {
      const { page } = suite.rates;
      await page.clock.runFor(SETTLED);
      await assertOrdered(false);
      // A browser's word for it: a mouse that tests move cannot be taken from the page.
      await page.evaluate((kind) => window.dispatchEvent(new Event(kind)), type);
      await page.clock.runFor(1);
      await assertOrdered(true);
    });
  }
});
