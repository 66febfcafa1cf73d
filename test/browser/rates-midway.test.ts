import assert from 'node:assert/strict';
import type { Row } from '../../src/webview/contract';
import { many, row, SOME, snapshot, start } from './messages';
import { ratesSuite } from './rates-suite';

const rowsOf = (...coins: string[]) => coins.map((coin) => row({ coin }));

describe('what a person is in the middle of when other rows or columns come', () => {
  const suite = ratesSuite();
  const lastView = async () => (await suite.rates.sent('view')).at(-1)?.view;

  /** The rows without the column at that place, once that is on the screen. */
  async function without(at: number, title: string, rows: readonly Row[] = SOME): Promise<void> {
    const { table, ...rest } = snapshot(rows);
    assert.ok(table !== null);
    const cut = <T>(list: readonly T[]) => list.filter((_, index) => index !== at);
    const cutRows = table.rows.map((one) => ({ ...one, cells: cut(one.cells) }));
    await suite.rates.send({ ...rest, table: { ...table, columns: cut(table.columns), rows: cutRows } });
    await suite.rates.page.getByRole('columnheader', { name: title }).waitFor({ state: 'detached' });
  }

  /** The rows, once the one that is new is on the screen. */
  async function rowsCome(added: string, ...coins: string[]): Promise<void> {
    await suite.rates.send(snapshot(rowsOf(...coins)));
    await suite.rates.row(added).waitFor();
  }

  it('is the keyboard: Enter acts on the row that has the focus', async () => {
    const { rates } = suite;
    await suite.show(rowsOf('BTC', 'ETH', 'SOL'));
    await rates.row('ETH').locator('[role=rowheader] .text').click();
    await rowsCome('XRP', 'BTC', 'SOL', 'XRP');
    const focused = await rates.page.evaluate(
      () => document.activeElement?.closest('[role=row]')?.querySelector('.text')?.textContent,
    );
    await rates.page.keyboard.press('Enter');
    const deed = (await rates.sent('deed')).at(-1)?.deed;
    assert.equal(deed !== undefined && 'coin' in deed ? deed.coin : undefined, focused);
  });

  for (const [what, item] of [
    ['star', 'Add LINK to favourites'],
    ['details', 'Show Details'],
  ] as const) {
    it(`is the menu of a row: ${what} of the row that it was opened on`, async () => {
      const { rates } = suite;
      await rates.send(start());
      await rates.send({ type: 'favourites', coins: [] });
      await suite.show(rowsOf('BTC', 'LINK'));
      await rates.row('LINK').locator('[role=rowheader] .text').click({ button: 'right' });
      await rowsCome('AAVE', 'AAVE', 'BTC', 'LINK');
      await rates.page.getByRole('menuitem', { name: item }).click();
      if (what === 'star') assert.equal((await rates.sent('favourite')).at(-1)?.coin, 'LINK');
      else await rates.row('LINK').getByRole('button', { name: 'Hide Details' }).waitFor();
    });
  }

  it('is the menu of a column: it sorts the one that it was opened on', async () => {
    const { rates } = suite;
    await suite.show();
    await rates.head('7 days').click({ button: 'right' });
    await without(1, 'Flexible');
    await rates.page.getByRole('menuitem', { name: 'Sort', exact: true }).click();
    assert.equal((await lastView())?.tables[0]?.sort[0]?.column, 'term7');
  });

  it('is the focus, which comes back out of a menu into the table', async () => {
    const { rates } = suite;
    await suite.show();
    await rates.row('ETH').locator('[role=rowheader] .text').click();
    await rates.page.keyboard.press('Shift+F10');
    await rates.page.getByRole('menu').waitFor();
    await without(3, 'Minimum');
    await rates.page.keyboard.press('Escape');
    assert.deepEqual(await rates.focused(), { row: 1, column: 0 });
  });

  it('is the place that was scrolled to, away from the row with the cursor', async () => {
    const { rates } = suite;
    await suite.show(many(500));
    await rates.row('C0002').locator('[role=rowheader] .text').click();
    const scroller = rates.page.locator('.scroller');
    await scroller.evaluate((element) => element.scrollTo({ top: 5200 }));
    await rates.row('C0205').waitFor();
    await without(3, 'Minimum', many(500));
    assert.equal(await scroller.evaluate(({ scrollTop }) => scrollTop), 5200);
  });

  it('is the level, chosen by two quick keys', async () => {
    const { rates } = suite;
    await suite.show();
    await rates.send(snapshot(SOME, { tiers: ['VIP0', 'VIP1', 'VIP2'].map((id) => ({ id, title: id })) }));
    await rates.page.getByRole('option', { name: 'VIP2' }).waitFor({ state: 'attached' });
    await rates.page.locator('#tier').focus();
    for (let n = 0; n < 2; n += 1) await rates.page.keyboard.press('ArrowDown');
    assert.equal((await lastView())?.tier, 'VIP2');
  });
});
