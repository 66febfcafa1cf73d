import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { decimal } from '../../src/bybit/decimal';
import { plain } from '../../src/bybit/words';
import type { Offers } from '../../src/desk/cost/cost';
import { costTable } from '../../src/desk/tables/cost-table';
import { shownTable } from '../../src/ui/panels/shown-table';
import { FIRST_VIEW, type Table } from '../../src/webview/contract';
import { FIRST_LOOK } from '../../src/webview/look-contract';
import { loanable } from '../unit/desk/fake/market';
import { SOME, snapshot, start } from './messages';
import { THEMES, type ThemeName } from './rates-page';
import { ratesSuite } from './rates-suite';

const PRICES = new Map([
  ['BTC', decimal('60000')],
  ['ETH', decimal('3000')],
  ['USDT', decimal('1')],
]);
const ASK = { amount: decimal('10000'), coin: 'USDT', days: 30 };

/** The costs as the host sends them. */
function costs(): Table {
  const coins = [...PRICES.keys(), ...Array.from({ length: 80 }, (_, index) => `C${index}`)].map(loanable);
  const levels = [{ annualRate: decimal('0.04'), amount: decimal('1000') }];
  const ofBtc: Offers = new Map([['14', { coin: 'BTC', term: '14', side: 'offers', levels }]]);
  const offers = new Map([['BTC', ofBtc]]);
  const made = costTable(coins, { ask: ASK, prices: PRICES, offers, locale: 'en' });
  return shownTable('borrow', made, plain);
}

describe('what a loan costs, on the rates page', () => {
  const suite = ratesSuite();
  beforeEach(async () => {
    await suite.open('dark', { width: 1280, height: 600 });
    await suite.show();
  });

  const ask = async () => {
    const { rates } = suite;
    await rates.page.getByLabel('Cost of').fill('10,000 USDT');
    await rates.send({ ...snapshot(SOME), table: costs() });
    await rates.row('BTC').locator('.note').first().waitFor();
  };

  it('is asked for by an amount and days, which the host is told', async () => {
    const { rates } = suite;
    await rates.page.getByLabel('Cost of').fill('10,000 USDT');
    await rates.page.getByLabel('Days', { exact: true }).fill('14');
    const views = await rates.sent('view');
    assert.deepEqual(views.at(-1)?.view.cost, { amount: '10,000 USDT', days: '14' });
    await rates.page.getByRole('button', { name: 'Show rates' }).click();
    assert.deepEqual((await rates.sent('view')).at(-1)?.view.cost, { amount: '', days: '14' });
  });

  it('is asked for in one sentence, which fills both fields', async () => {
    const { rates } = suite;
    const amount = rates.page.getByLabel('Cost of');
    const days = rates.page.getByLabel('Days', { exact: true });
    const told = async () => (await rates.sent('view')).at(-1)?.view.cost;
    await amount.pressSequentially('10,000 USDT for 14 days');
    assert.equal(await amount.inputValue(), '10,000 USDT for 14 days', 'left alone while one types');
    assert.equal(await days.inputValue(), '14');
    assert.deepEqual(await told(), { amount: '10,000 USDT for 14 days', days: '14' });
    await amount.press('Enter');
    assert.equal(await amount.inputValue(), '10,000 USDT');
    assert.deepEqual(await told(), { amount: '10,000 USDT', days: '14' });
    await amount.fill('2 BTC for 2 weeks');
    await days.focus();
    assert.equal(await amount.inputValue(), '2 BTC for 2 weeks', 'what is not understood stays');
    assert.equal(await days.inputValue(), '14');
  });

  it('takes days with their unit', async () => {
    const { rates } = suite;
    await rates.page.getByLabel('Cost of').fill('10,000 USDT');
    const days = rates.page.getByLabel('Days', { exact: true });
    await days.fill('');
    await days.pressSequentially('3650 days');
    assert.equal(await days.inputValue(), '3650 days');
    await days.press('Tab');
    assert.equal(await days.inputValue(), '3650');
    assert.deepEqual((await rates.sent('view')).at(-1)?.view.cost, { amount: '10,000 USDT', days: '3650' });
  });

  it('says what is wrong with what was typed, and keeps it', async () => {
    const { rates } = suite;
    await rates.page.getByLabel('Cost of').fill('10 NOCOIN');
    await rates.send(snapshot(SOME, { costProblem: 'No price is known of a coin NOCOIN.' }));
    const box = rates.page.getByLabel('Cost of');
    await rates.page.getByText('No price is known of a coin NOCOIN.').waitFor();
    assert.equal(await box.getAttribute('aria-invalid'), 'true');
    assert.equal(await box.inputValue(), '10 NOCOIN');
  });

  it('says that prices are being read, without a fault of what was typed', async () => {
    const { rates } = suite;
    await rates.page.getByLabel('Cost of').fill('10 BTC');
    await rates.send(snapshot(SOME, { isReadingPrices: true }));
    await rates.page.getByText('Reading the prices…').waitFor();
    assert.equal(await rates.page.getByLabel('Cost of').getAttribute('aria-invalid'), 'false');
    await rates.row('BTC').waitFor();
    await rates.send({ ...snapshot(SOME), table: costs() });
    await rates.page.getByText('Reading the prices…').waitFor({ state: 'detached' });
  });

  it('is narrowed as the rates were, and says by what', async () => {
    const { rates } = suite;
    const dear = { column: 'flexible', kind: 'rate', op: '>', values: ['50'], period: 'year' } as const;
    const filters = [{ ...dear, values: [...dear.values] }];
    const view = { ...FIRST_VIEW, tables: [{ table: 'borrow' as const, ...FIRST_LOOK, filters }] };
    await rates.send(start({ view }));
    await rates.page.getByLabel('Cost of').fill('10,000 USDT');
    await rates.send({ ...snapshot(SOME), table: costs() });
    await rates.page.getByText('No coin matches Flexible >50 % a year.').waitFor();
    await rates.page.getByRole('button', { name: 'Clear Filter' }).click();
    await rates.row('BTC').locator('.note').first().waitFor();
  });

  it('is in the order of the rates that stand behind it, and says so', async () => {
    const { rates } = suite;
    const sort = [{ column: 'maximum', descending: true }];
    const view = { ...FIRST_VIEW, tables: [{ table: 'borrow' as const, ...FIRST_LOOK, sort }] };
    await rates.send(start({ view }));
    await rates.page.getByLabel('Cost of').fill('10,000 USDT');
    const shown = costs();
    const at = shown.columns.length + (shown.behind ?? []).findIndex(({ id }) => id === 'maximum');
    const rows = shown.rows.map((row, index) => ({
      ...row,
      cells: row.cells.map((cell, place) => (place === at ? String(10 + index) : cell)),
    }));
    await rates.send({ ...snapshot(SOME), table: { ...shown, rows } });
    await rates.row('BTC').waitFor({ state: 'detached' });
    assert.match((await rates.grid.getByRole('rowheader').first().textContent()) ?? '', /C79/);
    await rates.page.getByText('sorted by Maximum, falling').waitFor();
    assert.deepEqual(await rates.axe(), []);
    await rates.page.screenshot({ path: 'out/screenshots/unseen-sort.png' });
    await rates.page.setViewportSize({ width: 320, height: 480 });
    assert.equal(await rates.page.evaluate(() => document.documentElement.scrollWidth), 320);
    await rates.page.screenshot({ path: 'out/screenshots/unseen-sort-narrow.png' });
    await rates.page.getByRole('button', { name: 'Clear Sort' }).click();
    await rates.row('BTC').waitFor();
    assert.equal(await rates.page.getByText('sorted by').count(), 0);
    assert.deepEqual((await rates.sent('view')).at(-1)?.view.tables[0]?.sort, []);
  });

  it('stands in US dollars above and in the coin below, the cheapest marked in words', async () => {
    const { rates } = suite;
    await ask();
    const cell = rates.row('BTC').getByRole('gridcell').nth(3);
    // 10,002 USD at 4 % for 14 days, three times.
    assert.equal(await cell.locator('.text').textContent(), '46.04');
    assert.match((await rates.row('BTC').locator('.best').textContent()) ?? '', /cheapest/);
    assert.equal(await rates.row('BTC').locator('.best').count(), 1);
  });

  it('stands with the dollars of a column under each other, what limits it under them, and whole in a title', async () => {
    const { rates } = suite;
    await rates.page.getByLabel('Cost of').fill('10,000 USDT');
    const made = costs();
    const at = made.columns.findIndex(({ id }) => id === 'term14');
    const limited = {
      value: '1',
      text: '0.00076728 BTC',
      limit: 'offers: 1,123.2347',
      mark: 'weak' as const,
    };
    const rows = made.rows.map((row) =>
      row.id === 'BTC' ? { ...row, notes: row.notes?.with(at, limited) ?? null } : row,
    );
    await rates.send({ ...snapshot(SOME), table: { ...made, rows } });
    const cell = (name: string) =>
      rates
        .row(name)
        .getByRole('gridcell')
        .nth(at - 1);
    const dollars = (name: string) => cell(name).locator('.text');
    await dollars('BTC').waitFor();
    for (const name of ['BTC', 'ETH']) assert.match((await dollars(name).textContent()) ?? '', /^[\d.,]+$/);
    const [a, b] = [await dollars('BTC').boundingBox(), await dollars('ETH').boundingBox()];
    assert.equal((a?.x ?? 0) + (a?.width ?? 0), (b?.x ?? 1) + (b?.width ?? 1));
    assert.equal(await cell('ETH').locator('.note').textContent(), '0.015343 ETH · offers unread');
    assert.ok(
      await cell('ETH')
        .locator('.note')
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth),
      'usual ones are whole',
    );
    await cell('BTC').hover();
    assert.equal(await cell('BTC').getAttribute('title'), '46.04\n0.00076728 BTC · offers: 1,123.2347');
  });

  it('tells in the details of a row what each figure is, and the cheapest in words', async () => {
    const { rates } = suite;
    await rates.page.setViewportSize({ width: 320, height: 700 });
    await rates.page.getByRole('button', { name: 'Options' }).click();
    await ask();
    const details = rates.page.locator('.detail');
    await rates.row('ETH').getByRole('button', { name: 'Show Details' }).click();
    const unread = await details.locator('div', { hasText: '14 days' }).textContent();
    assert.match(unread ?? '', /ETH · offers unread\s*$/);
    await rates.row('ETH').getByRole('button', { name: 'Hide Details' }).click();
    await rates.row('BTC').getByRole('button', { name: 'Show Details' }).click();
    const text = ((await details.textContent()) ?? '').replace(/\s+/g, ' ');
    assert.match(text, /Flexible 72\.28 USD 0\.0012046 BTC 7 days/);
    assert.match(text, /14 days ✓cheapest 46\.04 USD 0\.00076728 BTC 30 days – no offers/);
    assert.ok(await details.getByTitle('cheapest', { exact: true }).isVisible());
    const best = details.locator('dd', { has: rates.page.getByTitle('cheapest', { exact: true }) });
    assert.ok(await best.evaluate((own) => own.scrollWidth <= own.clientWidth), 'nothing of it is cut off');
    assert.deepEqual(await rates.axe(), []);
    await rates.page.screenshot({ path: 'out/screenshots/cost-details-narrow.png' });
  });

  it('tells the host which rows are in sight, and again once other ones are', async () => {
    const { rates } = suite;
    await ask();
    const [first] = await rates.sent('sight');
    assert.equal(first?.rows[0], 'BTC');
    assert.ok((first?.rows.length ?? 0) < 20);
    await rates.grid.locator('.scroller').evaluate((element) => element.scrollTo(0, 1_500));
    await rates.page.waitForFunction(
      () =>
        (window as unknown as { sent: { type: string }[] }).sent.filter(({ type }) => type === 'sight')
          .length > 1,
    );
    const later = (await rates.sent('sight')).at(-1);
    assert.ok(later !== undefined && !later.rows.includes('BTC'));
  });

  it('goes by keys from row to row, each as high as the next', async () => {
    const { rates } = suite;
    await ask();
    await rates.grid.locator('[tabindex="0"]').focus();
    await rates.page.keyboard.press('ArrowDown');
    await rates.page.keyboard.press('ArrowRight');
    assert.deepEqual(await rates.focused(), { row: 1, column: 1 });
    const tops = await rates.grid
      .locator('.body [role=row]')
      .evaluateAll((rows) => rows.slice(0, 3).map((row) => row.getBoundingClientRect().top));
    assert.equal((tops[1] ?? 0) - (tops[0] ?? 0), (tops[2] ?? 0) - (tops[1] ?? 0));
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`breaks no rule of axe in ${theme}`, async () => {
      const { rates } = suite;
      await rates.wear(theme);
      await ask();
      assert.deepEqual(await rates.axe(), []);
      mkdirSync('out/screenshots', { recursive: true });
      await rates.page.screenshot({ path: `out/screenshots/cost-${theme}.png` });
    });
  }

  it('stays usable in a panel 320 px wide', async () => {
    const { rates } = suite;
    await rates.page.setViewportSize({ width: 320, height: 480 });
    await rates.page.getByRole('button', { name: 'Options' }).click();
    await ask();
    assert.ok(await rates.page.getByLabel('Cost of').isVisible());
    assert.equal(await rates.page.evaluate(() => document.documentElement.scrollWidth), 320);
    await rates.page.screenshot({ path: 'out/screenshots/cost-narrow.png' });
  });
});
