import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { decimal } from '../../src/bybit/decimal';
import { plain } from '../../src/bybit/words';
import type { Offers } from '../../src/desk/cost/cost';
import { costTable } from '../../src/desk/tables/cost-table';
import { shownTable } from '../../src/ui/panels/shown-table';
import { FIRST_VIEW, type Status } from '../../src/webview/contract';
import { FIRST_LOOK } from '../../src/webview/look-contract';
import { loanable } from '../unit/desk/fake/market';
import { snapshot, start } from './messages';
import { ratesSuite } from './rates-suite';

const COINS = Array.from({ length: 40 }, (_, index) => `C${String(index).padStart(2, '0')}`);
const PRICES = new Map([...COINS, 'USDT'].map((coin) => [coin, decimal('1')]));
const ASK = { amount: decimal('10000'), coin: 'USDT', days: 30 };

/** Offers of one coin: enough for 14 days, at that rate. */
function offersAt(coin: string, annualRate: string): Offers {
  const levels = [{ annualRate: decimal(annualRate), amount: decimal('1000000') }];
  return new Map([['14', { coin, term: '14', side: 'offers', levels }]]);
}

describe('costs while offers are read, on the rates page', () => {
  const suite = ratesSuite();
  const sorted = (column: string) => ({
    ...FIRST_VIEW,
    cost: { amount: '10,000 USDT', days: '30' },
    tables: [{ table: 'borrow' as const, ...FIRST_LOOK, sort: [{ column, descending: false }] }],
  });
  /** Costs with the offers of some coins, as the host sends them. */
  const costs = (
    offers: readonly (readonly [string, string])[],
    reach: NonNullable<Status['costs']>['reach'] = 'sight',
    amount = '10,000 USDT',
  ) => {
    const read = new Map(offers.map(([coin, rate]) => [coin, offersAt(coin, rate)]));
    const made = costTable(COINS.map(loanable), { ask: ASK, prices: PRICES, offers: read, locale: 'en' });
    const told = { amount, days: '30', read: read.size, all: COINS.length, reach };
    return { ...snapshot([], { costs: told }), table: shownTable('borrow', made, plain) };
  };
  /** Once the rows of what is scrolled to are all there. */
  const settled = () =>
    suite.rates.page.waitForFunction(async () => {
      const shown = () =>
        [...document.querySelectorAll('.body [role=row]')]
          .map((row) => row.getAttribute('aria-rowindex'))
          .join();
      const before = shown();
      for (let frames = 0; frames < 5; frames += 1) await new Promise(requestAnimationFrame);
      return before === shown();
    });
  const top = () =>
    suite.rates.grid.locator('.scroller').evaluate((element) => Math.round(element.scrollTop));

  beforeEach(async () => {
    await suite.open('dark', { width: 1280, height: 600 });
    await suite.rates.send(start({ view: sorted('term14') }));
    await suite.rates.send(costs([]));
    await suite.rates.grid.waitFor();
  });

  it('says of how many coins they are read, and of which not', async () => {
    const { rates } = suite;
    await rates.send(costs([['C00', '0.02']]));
    await rates.page.getByText('offers read: 1 of 40').waitFor();
    const cell = (coin: string) => rates.row(coin).locator('[aria-colindex="5"]');
    assert.match((await cell('C00').textContent()) ?? '', /cheapest/);
    assert.match((await cell('C01').textContent()) ?? '', /46\.03 46\.028 C01 · offers unread/);
    assert.equal(await rates.row('C01').locator('.best').count(), 0);
    assert.deepEqual(await rates.axe(), []);
    mkdirSync('out/screenshots', { recursive: true });
    await rates.page.screenshot({ path: 'out/screenshots/cost-unread.png' });
    await rates.page.setViewportSize({ width: 320, height: 480 });
    assert.equal(await rates.page.evaluate(() => document.documentElement.scrollWidth), 320);
    await rates.page.screenshot({ path: 'out/screenshots/cost-unread-narrow.png' });
    await rates.send(costs([['C00', '0.02']], 'reading'));
    await rates.page.getByText('More are being read…').waitFor();
  });

  it('keeps rows where they are when figures arrive, until it is sorted again', async () => {
    const { rates } = suite;
    await rates.grid.locator('[tabindex="0"]').focus();
    await rates.page.keyboard.press('ArrowDown');
    await rates.page.keyboard.press('PageDown');
    await rates.page.keyboard.press('PageDown');
    await settled();
    const before = { names: await rates.names(), at: await rates.focused(), top: await top() };
    assert.ok(before.top > 0);
    const active = before.names[3] ?? '';
    await rates.send(costs(before.names.map((coin, index) => [coin, `0.${90 - index}`])));
    await rates.page.getByText(`offers read: ${before.names.length} of 40`).waitFor();
    assert.deepEqual({ names: await rates.names(), at: await rates.focused(), top: await top() }, before);
    assert.match((await rates.row(active).textContent()) ?? '', /1,001\.1/, 'the figure itself is new');
    await rates.page.getByText('figures came after sorting').waitFor();
    assert.equal(await rates.head('14 days').getAttribute('aria-sort'), 'ascending');
    await rates.page.getByRole('button', { name: 'Sort Again' }).click();
    await rates.page.getByText('figures came after sorting').waitFor({ state: 'detached' });
    await rates.page.keyboard.press('Escape');
    assert.notDeepEqual(await rates.names(), before.names);
  });

  it('is in the order of the figures when it is sorted, filtered or asked anew', async () => {
    const { rates } = suite;
    const first = async () => (await rates.names())[0];
    assert.equal(await first(), 'C00');
    const dear: readonly [string, string] = ['C00', '0.9'];
    await rates.send(costs([dear]));
    await rates.page.getByText('figures came after sorting').waitFor();
    assert.equal(await first(), 'C00');
    await rates.page.getByLabel('Filter coins').fill('C0');
    await rates.row('C12').waitFor({ state: 'detached' });
    assert.deepEqual([await first(), (await rates.names()).at(-1)], ['C01', 'C00']);
    await rates.send(costs([dear, ['C01', '0.8']]));
    await rates.page.getByText('offers read: 2 of 40').waitFor();
    assert.equal(await first(), 'C01');
    await rates.send(costs([dear, ['C01', '0.8']], 'sight', '20,000 USDT'));
    await rates.page.waitForFunction(
      () => document.querySelector('.body [aria-rowindex="2"] .text')?.textContent === 'C02',
    );
    await rates.head('14 days').click();
    assert.equal(await first(), 'C00');
  });

  it('reads the offers of all coins before it saves them, and says so', async () => {
    const { rates } = suite;
    const exports = async () =>
      await rates.page.evaluate(
        () =>
          (window as unknown as { sent: { type: string }[] }).sent.filter(({ type }) => type === 'export')
            .length,
      );
    await rates.page.getByRole('button', { name: 'CSV…' }).click();
    assert.equal((await rates.sent('offers')).length, 1);
    await rates.send(costs([['C00', '0.02']], 'reading'));
    await rates.page.getByText('CSV follows when all are read.').waitFor();
    assert.equal(await exports(), 0);
    await rates.send(
      costs(
        COINS.map((coin) => [coin, '0.02']),
        'all',
      ),
    );
    const [saved] = await rates.sent('export');
    assert.equal(saved?.sheet.rows.length, 40);
    assert.ok(!JSON.stringify(saved?.sheet).includes('offers unread'));
    assert.equal(await rates.page.getByText('CSV follows').count(), 0);
    await rates.page.getByRole('button', { name: 'CSV…' }).click();
    assert.deepEqual(
      [await exports(), (await rates.sent('offers')).length],
      [2, 1],
      'nothing is missing by now',
    );
  });

  it('saves what there is where the others cannot be read, and nothing once they are not wanted', async () => {
    const { rates } = suite;
    await rates.page.getByRole('button', { name: 'CSV…' }).click();
    await rates.send(costs([['C00', '0.02']], 'reading'));
    await rates.page.getByText('CSV follows when all are read.').waitFor();
    await rates.send(costs([['C00', '0.02']], 'sight'));
    await rates.page.getByText('CSV follows when all are read.').waitFor({ state: 'detached' });
    await rates.page.getByRole('button', { name: 'CSV…' }).click();
    await rates.send(costs([['C00', '0.02']], 'all'));
    const saved = await rates.sent('export');
    assert.equal(saved.length, 1);
    assert.ok(JSON.stringify(saved[0]?.sheet).includes('offers unread'));
  });

  it('copies at once, and has the offers read that the copied rows lack', async () => {
    const { rates } = suite;
    await rates.grid.locator('[tabindex="0"]').focus();
    await rates.page.keyboard.press('ArrowDown');
    await rates.page.keyboard.press('Control+a');
    await rates.page.keyboard.press('Control+Shift+c');
    const [copied] = await rates.sent('copy');
    assert.ok(copied?.text.includes('offers unread'));
    assert.equal((await rates.sent('offers')).length, 1);
    await rates.send(costs([['C00', '0.02']], 'reading'));
    await rates.page.getByText('Copied before all were read.').waitFor();
    await rates.send(
      costs(
        COINS.map((coin) => [coin, '0.02']),
        'all',
      ),
    );
    await rates.page.getByText('Copied before all were read.').waitFor({ state: 'detached' });
    await rates.page.keyboard.press('Control+Shift+c');
    assert.equal((await rates.sent('offers')).length, 1, 'nothing is missing by now');
  });
});
