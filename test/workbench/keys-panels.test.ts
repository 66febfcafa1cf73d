import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyFile, PageByKeys } from './by-keys';
import { deskSuite } from './desk-suite';
import type { Workbench } from './driver';

const HISTORY = 'Loan Desk: Open Account History';
const POSITION = 'Loan Desk: Open Position';

/** What each page of the account has to press, choose and type into, reached by Tab and arrows. */
describe('by keys alone, on the pages', () => {
  const suite = deskSuite();
  let desk: Workbench;
  const folder = mkdtempSync(join(tmpdir(), 'loan-desk-pages-'));

  before(async () => {
    ({ desk } = suite);
    await desk.typeCommand('Loan Desk: Try the Paper Account');
    await desk.treeRow('Loans', /^Legacy loans/);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  afterEach(() => desk.typeCommand('View: Close All Editors'));

  describe('account history', () => {
    /** Columns of the table. */
    const [WHEN, WHAT, AMOUNT, COIN, SYSTEM] = [0, 1, 2, 3, 5];
    let keys: PageByKeys;
    let all: string[][];

    /** What stands in the cells; few enough entries for all to be drawn. */
    const rows = () =>
      keys.page
        .locator('.scroller [role=row]')
        .evaluateAll((elements) =>
          elements.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').trim())),
        );
    const shows = async (wanted: readonly string[][]) => {
      const count = wanted.length === all.length ? '' : ` of ${all.length}`;
      await keys.page
        .getByRole('status')
        .getByText(`${wanted.length}${count} entries`, { exact: true })
        .waitFor();
      assert.deepEqual(await rows(), wanted);
    };
    const cell = (row: readonly string[] | undefined, column: number) => row?.[column] ?? assert.fail();
    const dayOf = (row: readonly string[] | undefined) => cell(row, WHEN).slice(0, 10);
    /** As the field takes it: month, day, year. */
    const typed = (day: string) => `${day.slice(5, 7)}${day.slice(8)}${day.slice(0, 4)}`;

    beforeEach(async () => {
      keys = await PageByKeys.open(desk, HISTORY, 'footer');
      await keys.page.getByText('This is all that the exchange still tells.').waitFor();
      all = await rows();
    });

    it('narrows it down by coin, kind and days, and saves what is left', async () => {
      const { page } = keys;
      const solana = all.filter((row) => cell(row, COIN) === 'SOL');
      await keys.typeInto(page.getByLabel('Filter coins'), 'sol');
      await shows(solana);
      await keys.chooseText();
      await keys.press('Delete');
      await shows(all);

      const kind = page.getByLabel('Kind');
      await keys.tabTo(kind);
      await desk.page.keyboard.type('Coll');
      await shows(all.filter((row) => cell(row, WHAT) === 'Collateral added'));
      // Orders, of which there is none.
      await keys.press('ArrowDown');
      await page.getByText('Nothing that was read so far matches the filter.').waitFor();
      await keys.pressOn(page.getByRole('button', { name: 'Clear Filter' }));
      await shows(all);
      assert.equal(await kind.inputValue(), '');

      const [first, last] = [dayOf(all[12]), dayOf(all[4])];
      await keys.tabTo(page.getByLabel('From (UTC)'));
      await desk.page.keyboard.type(typed(first));
      const later = all.filter((row) => dayOf(row) >= first);
      await shows(later);
      await keys.tabTo(page.getByLabel('To (UTC)'));
      await desk.page.keyboard.type(typed(last));
      const between = later.filter((row) => dayOf(row) <= last);
      await shows(between);
      assert.ok(between.length > 0 && between.length < later.length && later.length < all.length);

      writeFileSync(join(folder, 'before.csv'), '');
      await keys.pressOn(page.getByRole('button', { name: 'Save as CSV…' }));
      await keyFile(desk, { folder, name: 'entries.csv', beside: 'before.csv' });
      await desk.notification(`${between.length} entries were saved.`);
      const saved = readFileSync(join(folder, 'entries.csv'), 'utf8').trim().split('\n');
      assert.equal(saved.length, between.length + 1);
      assert.match(saved[1] ?? '', new RegExp(dayOf(between[0])));

      await page.waitForFunction('document.hasFocus()');
      // From behind, the button of the calendar comes first, then the year.
      await keys.tabTo(page.getByLabel('To (UTC)'), 'Shift+Tab');
      await keys.press('Shift+Tab', 'Delete');
      await shows(later);
      await keys.tabTo(page.getByLabel('From (UTC)'), 'Shift+Tab');
      await keys.press('Shift+Tab', 'Delete');
      await shows(all);
    });

    it('reads it anew', async () => {
      const { page } = keys;
      const age = page.locator('.status .age');
      const before = (await age.textContent()) ?? assert.fail();
      const again = age.filter({ hasText: /Read/ }).filter({ hasNotText: before });
      // What is read within the same second says the same.
      for (const end = Date.now() + 10_000; (await again.count()) === 0 && Date.now() < end; ) {
        await keys.pressOn(page.getByRole('button', { name: 'Refresh' }));
      }
      await again.waitFor();
      await shows(all);
    });

    it('sorts by each column both ways, and by two at once', async () => {
      const { page } = keys;
      const value = (row: readonly string[], column: number) =>
        column === AMOUNT ? Number(cell(row, column).replaceAll(',', '')) : cell(row, column);
      const by = (column: number, sign: number) => (a: readonly string[], b: readonly string[]) => {
        const [one, other] = [value(a, column), value(b, column)];
        return one === other ? 0 : one < other ? -sign : sign;
      };
      const head = (sort: string) => page.locator(`[role=columnheader]:focus[aria-sort=${sort}]`);
      await keys.tabTo(page.locator('[role=grid] [tabindex="0"]'));
      await keys.press('ArrowUp', 'Home');
      for (const column of (all[0] ?? assert.fail()).keys()) {
        if (column > 0) await keys.press('ArrowRight');
        await keys.press('Enter');
        await head('ascending').waitFor();
        await shows([...all].sort(by(column, 1)));
        await keys.press('Enter');
        await head('descending').waitFor();
        await shows([...all].sort(by(column, -1)));
        await keys.press('Enter');
        await head('none').waitFor();
        await shows(all);
      }
      await keys.press('Home', ...Array.from({ length: SYSTEM }, () => 'ArrowRight'), 'Enter');
      await keys.press('Home', ...Array.from({ length: COIN }, () => 'ArrowRight'), 'Shift+Enter');
      await head('ascending').waitFor();
      await shows([...all].sort((a, b) => by(SYSTEM, 1)(a, b) || by(COIN, 1)(a, b)));
    });
  });

  describe('position', () => {
    let keys: PageByKeys;

    beforeEach(async () => {
      keys = await PageByKeys.open(desk, POSITION, '[role=tab]');
    });

    /** Percent of each slider, the one of the market first; what an LTV then is also moves with every poll. */
    const moves = async () => {
      const sliders = await keys.page.locator('.slider input[type=range]').all();
      return Promise.all(sliders.map(async (slider) => Number(await slider.inputValue())));
    };

    it('moves one price and all, by slider and by typing, and takes it back', async () => {
      const { page } = keys;
      const outcome = page.locator('.outcome');
      const gauge = page.locator('svg.gauge').first();
      await outcome.getByText(/^Drag a coin/).waitFor();
      const slider = page.getByLabel('BTC', { exact: true });
      await keys.tabTo(slider);
      await keys.press('ArrowLeft', 'ArrowLeft', 'PageDown');
      assert.match(
        (await slider.getAttribute('aria-valuetext')) ?? '',
        /^−\d+ %, [\d,.]+ USD → [\d,.]+ USD$/,
      );
      await outcome.getByText(/Institutional unit.*: LTV [\d.]+ % → [\d.]+ %/).waitFor();
      const moved = await moves();
      const market = page.getByLabel('All but stable coins', { exact: true });
      await keys.typeInto(page.getByLabel('All but stable coins: move in percent'), '-20', 'Shift+Tab');
      await keys.press('Enter');
      await market.and(page.locator('[aria-valuetext="−20 %"]')).waitFor();
      await page.locator('svg.gauge[aria-label*="today"]').first().waitFor();
      const both = await moves();
      assert.deepEqual(both, [-20, ...moved.slice(1)]);
      // What does not pass is said, and moves nothing.
      await keys.typeInto(page.getByLabel('ETH: move in percent'), 'much');
      await keys.press('Enter');
      await page.locator('.slider .problem').waitFor();
      assert.deepEqual(await moves(), both);
      await keys.pressOn(page.getByRole('button', { name: 'Undo' }), 'Shift+Tab');
      await market.and(page.locator('[aria-valuetext="0 %"]')).waitFor();
      assert.deepEqual(await moves(), moved);
      await outcome.getByText(/Institutional unit.*: LTV [\d.]+ % → [\d.]+ %/).waitFor();
      await keys.pressOn(page.getByRole('button', { name: 'Reset' }));
      await outcome.getByText(/^Drag a coin/).waitFor();
      assert.deepEqual(
        await moves(),
        moved.map(() => 0),
      );
      assert.doesNotMatch((await gauge.getAttribute('aria-label')) ?? '', /today/);
    });

    it('types a target for one of the LTVs, and goes from a way into its flow', async () => {
      const { page } = keys;
      await keys.typeInto(page.getByLabel('Target LTV'), '30');
      const ways = page.getByRole('table', { name: 'Ways to the target' });
      await ways.getByRole('row', { name: /^Repay [\d.]+ BTC/ }).waitFor();
      await keys.tabTo(page.getByLabel('LTV of'));
      // The last of them owes USDT against BTC.
      await keys.press('End');
      const way = ways.getByRole('row', { name: /^Repay [\d,.]+ USDT/ });
      await way.waitFor();
      const [amount = ''] = /[\d,.]+(?= USDT)/.exec((await way.textContent()) ?? '') ?? [];
      await keys.pressOn(way.getByRole('button', { name: /^Repay/ }));
      await desk.quickTitle('Repay');
      assert.equal(await desk.quickValue(), amount.replaceAll(',', ''));
      await keys.leaveFlow('Repay');
    });

    it('repays from a row of the debts, and sees the debt go down', async () => {
      const { page } = keys;
      const debts = page.getByRole('table', { name: 'Debts' });
      await keys.pressOn(debts.getByRole('button', { name: /^Repay… of 20[\d.]* SOL/ }));
      await desk.typeRow(/SOL/, '5', /^5 SOL/);
      await desk.typeRow(/Before → after/, '', /^Repay 5 SOL of legacy loan/);
      await desk.notification(/Repay 5 SOL of legacy loan.*Done/);
      await debts.getByRole('row', { name: /^15[\d.]* SOL/ }).waitFor();
    });

    it('starts what a due date and a pledged coin offer', async () => {
      const { page } = keys;
      await keys.pressOn(
        page
          .locator('.ladder li')
          .nth(1)
          .getByRole('button', { name: /^Collateral…/ }),
      );
      await keys.leaveFlow('Collateral');
      const pledged = page.getByRole('table', { name: 'Collateral' });
      await keys.pressOn(pledged.getByRole('button', { name: 'Collateral… SOL' }));
      await keys.leaveFlow('Collateral');
    });

    it('tells how old the data is, and reads it anew', async () => {
      const { page } = keys;
      await keys.pressOn(page.getByText('How old the data is'), 'Shift+Tab');
      const ages = page.locator('.ages li');
      await ages.first().waitFor();
      const [time = ''] = /\d\d:\d\d:\d\d/.exec((await ages.first().textContent()) ?? '') ?? [];
      await keys.pressOn(page.getByRole('button', { name: 'Refresh' }));
      await ages
        .first()
        .filter({ hasText: /read \d\d:\d\d:\d\d/ })
        .filter({ hasNotText: time })
        .waitFor();
    });

    it('compares a debt with other terms over other days, and goes on to one of them', async () => {
      const { page } = keys;
      const debts = page.getByRole('table', { name: 'Debts' });
      await keys.pressOn(debts.getByRole('button', { name: /^Compare of [\d.]+ XRP/ }));
      const debt = page.getByLabel('Debt', { exact: true });
      await page
        .locator('.answer')
        .getByText(/^Over 30 days/)
        .waitFor();
      assert.match((await debt.locator('option:checked').textContent()) ?? '', /^[\d.]+ XRP · Legacy/);
      await keys.tabTo(page.getByRole('tab', { name: 'Refinance' }));
      await keys.press('ArrowLeft');
      await debts.waitFor();
      await keys.press('ArrowRight');
      await keys.tabTo(debt);
      await keys.press('Home');
      await page
        .locator('.answer')
        .getByText(/^Over 30 days.* SOL/)
        .waitFor();
      await keys.typeInto(page.getByLabel('Compare over'), '60');
      await page.getByRole('columnheader', { name: 'Cost over 60 days' }).waitFor();
      await keys.pressOn(page.getByRole('button', { name: 'Borrow fixed… Move to 90 days fixed' }));
      await keys.leaveFlow('Borrow at a Fixed Rate');
    });
  });
});
