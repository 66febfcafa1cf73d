import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { TABLE_IDS, type TableId } from '../../src/webview/contract';
import { startBrowser } from '../workbench/driver';
import { start } from './messages';
import { type PageServer, SESSION, servePages } from './page-server';
import { paperTables } from './paper-tables';
import { RatesPage, THEMES, type ThemeName } from './rates-page';

/** What the tab of a table is called, and what its rows are. */
const TABLES: Readonly<Record<TableId, { readonly tab: string; readonly rows: string }>> = {
  borrow: { tab: 'Borrow', rows: 'coins' },
  lend: { tab: 'Lend', rows: 'coins' },
  fixed: { tab: 'Fixed market', rows: 'levels' },
  legacy: { tab: 'Legacy', rows: 'coins' },
  institutional: { tab: 'Institutional', rows: 'products' },
  collateral: { tab: 'Collateral', rows: 'tiers' },
};

describe('the tables of the rates page', function () {
  this.timeout(120_000);
  let browser: Browser;
  let server: PageServer;
  let context: BrowserContext;
  let rates: RatesPage;
  let tables: Awaited<ReturnType<typeof paperTables>>;

  before(async () => {
    mkdirSync('out/screenshots', { recursive: true });
    [browser, server, tables] = await Promise.all([startBrowser(), servePages('rates'), paperTables()]);
  });
  after(async () => {
    await browser.close();
    await server.close();
  });
  afterEach(async () => {
    assert.deepEqual(await rates.violations(), []);
    await context.close();
  });

  async function open(theme: ThemeName = 'dark', viewport = { width: 1100, height: 600 }): Promise<void> {
    context = await browser.newContext({ viewport });
    rates = await RatesPage.open(context, server, theme);
    await rates.send(start());
    await rates.send(found('borrow'));
    await rates.grid.waitFor();
  }

  const found = (id: TableId) => tables.get(id) ?? assert.fail(id);
  const tab = (id: TableId) => rates.page.getByRole('tab', { name: TABLES[id].tab, exact: true });
  const lastView = async () => (await rates.sent('view')).at(-1)?.view;

  /** Chooses the tab, as a person does, and answers as the host does. */
  async function choose(id: TableId): Promise<void> {
    await tab(id).click();
    assert.equal((await lastView())?.table, id);
    await rates.send(found(id));
    await rates.page.locator(`#panel-${id} [role=grid]`).waitFor();
  }

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`break no rule of axe in ${theme}`, async () => {
      await open(theme);
      for (const id of TABLE_IDS) {
        await choose(id);
        await rates.grid.locator('.body [role=row]').nth(1).hover();
        assert.deepEqual(await rates.axe(), [], id);
        await rates.page.screenshot({ path: `out/screenshots/table-${id}-${theme}.png` });
      }
    });
  }

  it('say how many rows there are of what, and how many the filter leaves', async () => {
    await open();
    for (const id of TABLE_IDS) {
      await choose(id);
      const all = found(id).table?.rows ?? [];
      const { rows } = TABLES[id];
      await rates.page.getByText(`${all.length} ${rows}`, { exact: true }).waitFor();
      const [first] = await rates.names();
      await rates.page.locator('#filter').fill(first ?? '');
      const left = all.filter(({ cells: [name] }) => name?.includes(first ?? '')).length;
      await rates.page.getByText(`${left} of ${all.length} ${rows}`, { exact: true }).waitFor();
      await rates.page.locator('#filter').fill('zzzz');
      await rates.page.getByText('matches “zzzz”').waitFor();
    }
  });

  it('are tabs that arrows go through, the charts last', async () => {
    await open();
    await tab('borrow').focus();
    for (const id of TABLE_IDS.slice(1)) {
      await rates.page.keyboard.press('ArrowRight');
      assert.equal(await tab(id).getAttribute('aria-selected'), 'true');
      assert.ok(await tab(id).evaluate((element) => element === document.activeElement));
      assert.equal((await lastView())?.table, id);
    }
    await rates.page.keyboard.press('ArrowRight');
    assert.equal((await lastView())?.tab, 'history');
    await rates.page.keyboard.press('ArrowRight');
    assert.deepEqual([(await lastView())?.tab, (await lastView())?.table], ['rates', 'borrow']);
  });

  it('say that they are being read until the host answers, and keep what they had', async () => {
    await open();
    await tab('lend').click();
    await rates.page.getByText('Reading what borrowers bid, coin by coin…').waitFor();
    // What comes late for another table is not shown in this one.
    await rates.send(found('borrow'));
    await rates.page.getByText('Reading what borrowers bid, coin by coin…').waitFor();
    await rates.send(found('lend'));
    await rates.grid.waitFor();
    await tab('borrow').click();
    await rates.head('Flexible').waitFor();
    await tab('lend').click();
    await rates.head('Best bid').waitFor();
  });

  it('say when rows are still missing, and what stopped the reading, beside what was read', async () => {
    await open();
    await tab('lend').click();
    const whole = found('lend');
    const { table, status } = whole;
    const rows = table?.rows.slice(0, 20) ?? [];
    const part = { ...whole, table: table && { ...table, rows } };
    const line = rates.page.locator('.status [role=status]');
    await rates.send({ ...part, status: { ...status, isPartial: true } });
    await line.getByText('More are being read…').waitFor();
    assert.equal(await line.getAttribute('aria-busy'), 'true');
    const before = await rates.row('ETH').boundingBox();
    const failure = { text: 'The exchange did not answer in time.', advice: null, offline: false };
    await rates.send({ ...part, status: { ...status, failure } });
    await line.getByText('20 coins').waitFor();
    await rates.page.locator('footer [role=status]').getByText(failure.text).waitFor();
    assert.equal(await line.getAttribute('aria-busy'), 'false');
    assert.deepEqual(await rates.row('ETH').boundingBox(), before, 'nothing jumps');
    await rates.page.getByRole('button', { name: 'Try Again' }).click();
    assert.equal((await rates.sent('retry')).length, 1);
  });

  it('say in words where there are no rows', async () => {
    await open();
    for (const id of TABLE_IDS) {
      await tab(id).click();
      const whole = found(id);
      const { table } = whole;
      await rates.send({ ...whole, table: table && { ...table, rows: [] } });
      await rates.page
        .locator('.instead')
        .getByText(table?.empty ?? '-', { exact: true })
        .waitFor();
    }
  });

  it('show nothing of another account', async () => {
    await open();
    await choose('lend');
    const other = found('borrow');
    await rates.send({ ...other, status: { ...other.status, source: 'Another account' } });
    await tab('borrow').click();
    await rates.page.getByText('Another account').waitFor();
    await tab('lend').click();
    await rates.page.getByText('Reading what borrowers bid, coin by coin…').waitFor();
  });

  it('keep a filter and an order each', async () => {
    await open();
    await rates.page.locator('#filter').fill('b');
    await rates.head('Flexible').click();
    await choose('lend');
    assert.equal(await rates.page.locator('#filter').inputValue(), '');
    await rates.page.locator('#filter').fill('eth');
    await rates.head('Best bid').click();
    await choose('borrow');
    assert.equal(await rates.page.locator('#filter').inputValue(), 'b');
    assert.equal(await rates.head('Flexible').getAttribute('aria-sort'), 'ascending');
    await choose('lend');
    assert.equal(await rates.page.locator('#filter').inputValue(), 'eth');
    assert.deepEqual(
      (await lastView())?.tables.map(({ table, filter }) => [table, filter]),
      [
        ['borrow', 'b'],
        ['lend', 'eth'],
      ],
    );
  });

  it('lead lenders to lending', async () => {
    await open();
    await choose('lend');
    await rates.row('ETH').hover();
    await rates.row('ETH').getByRole('button', { name: 'Lend ETH', exact: true }).click();
    assert.deepEqual(await rates.sent('deed'), [
      { type: 'deed', deed: { kind: 'supply', coin: 'ETH', term: null }, session: SESSION },
    ]);
  });

  describe('the order book', () => {
    it('begins with the coin of the row that was looked at', async () => {
      await open();
      await rates.row('SOL').locator('[aria-colindex="2"]').click();
      await choose('fixed');
      assert.equal((await lastView())?.coin, 'SOL');
      await rates.page.locator('#coin').selectOption('ETH');
      await choose('borrow');
      await choose('fixed');
      assert.equal((await lastView())?.coin, 'ETH', 'no other row was looked at since');
    });

    it('is of the coin that is chosen', async () => {
      await open();
      await choose('fixed');
      const coin = rates.page.getByLabel('Coin');
      assert.equal(await coin.inputValue(), 'USDT');
      await coin.selectOption('BTC');
      assert.equal((await lastView())?.coin, 'BTC');
    });

    it('leads to the other side, with coin and term', async () => {
      await open();
      await choose('fixed');
      const rows = found('fixed').table?.rows ?? [];
      const offer = rows.findIndex(({ deed }) => deed?.kind === 'borrowFixed' && deed.term === '30');
      const bid = rows.findIndex(({ deed }) => deed?.kind === 'supply' && deed.term === '7');
      await rates.page.locator('#filter').focus();
      await rates.page.keyboard.press('ArrowDown');
      for (let row = 0; row < bid; row++) {
        if (row === offer) await rates.page.keyboard.press('Enter');
        await rates.page.keyboard.press('ArrowDown');
      }
      await rates.page.keyboard.press('Enter');
      assert.deepEqual(
        (await rates.sent('deed')).map(({ deed }) => deed),
        [
          { kind: 'borrowFixed', coin: 'USDT', term: '30' },
          { kind: 'supply', coin: 'USDT', term: '7' },
        ],
      );
    });
  });

  it('stay usable in a panel 320 px wide', async () => {
    await open('light', { width: 320, height: 480 });
    const line = await rates.page.locator('.tabs').boundingBox();
    for (const id of TABLE_IDS) {
      await choose(id);
      assert.deepEqual(await rates.page.locator('.tabs').boundingBox(), line, 'the tabs keep to one line');
      assert.equal(await rates.page.evaluate(() => document.documentElement.scrollWidth), 320, id);
      const box = await tab(id).boundingBox();
      assert.ok(box !== null && box.x > -1 && box.x + box.width < 321, `the tab of ${id} is in sight`);
      assert.deepEqual(await rates.axe(), [], id);
      await rates.page.screenshot({ path: `out/screenshots/table-${id}-narrow.png` });
    }
  });
});
