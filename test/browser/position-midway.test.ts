import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { decimal as d } from '../../src/bybit/decimal';
import type { PositionPageMessage, PositionState } from '../../src/webview/position-contract';
import { startBrowser } from '../workbench/driver';
import { type PageServer, SESSION, servePages } from './page-server';
import { FIXED, facts, legacy, loan, position, shared } from './position-messages';
import { RatesPage } from './rates-page';

const BTC = loan({ id: 'flexible BTC', coin: 'BTC', owed: d('0.1') });

describe('what a person is at on the position page when the account changes', () => {
  let browser: Browser;
  let context: BrowserContext;
  let server: PageServer;
  let shown: RatesPage;
  let page: Page;

  before(async () => {
    [browser, server] = await Promise.all([startBrowser(), servePages('position', 'position-panel')]);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
    shown = await RatesPage.open(context, server);
    page = shown.page;
    await shown.post({ type: 'start', locale: 'en', strings: {}, session: SESSION });
  });
  afterEach(() => context.close());

  const show = (change: Partial<PositionState> = {}) =>
    shown.post({ type: 'position', state: position(change), session: SESSION });
  const deeds = async () => {
    const sent = await page.evaluate(() => [...(window as unknown as { sent: PositionPageMessage[] }).sent]);
    return sent.filter(({ type }) => type === 'deed');
  };
  const detached = (locator: Locator) => locator.waitFor({ state: 'detached' });
  /** Enter where the focus is; what was started by it. */
  async function entered() {
    await page.keyboard.press('Enter');
    return await deeds();
  }

  it('is no button of another loan: the one with the focus goes with its due date', async () => {
    await show();
    const button = page.locator('.ladder').getByRole('button', { name: 'Repay… of 30 SOL', exact: true });
    await button.focus();
    await show({ loans: [FIXED, BTC], ladder: [{ loan: FIXED.id, short: null }] });
    await detached(button);
    assert.deepEqual(await entered(), []);
  });

  it('is no button of another loan: a press that its loan leaves starts nothing', async () => {
    await show();
    const button = page.locator('.ladder').getByRole('button', { name: 'Repay… of 30 SOL', exact: true });
    await button.scrollIntoViewIfNeeded();
    const box = await button.boundingBox();
    assert.ok(box !== null);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await show({ loans: [FIXED, BTC], ladder: [{ loan: FIXED.id, short: null }] });
    await detached(button);
    await page.mouse.up();
    assert.deepEqual(await deeds(), []);
  });

  it('is no button of another debt, nor of another collateral', async () => {
    const two = [
      { coin: 'ETH', amount: d('3') },
      { coin: 'USDC', amount: d('20000') },
    ];
    await show({ loans: [BTC, loan()], ladder: [], pools: [shared({ collateral: two })] });
    const debts = page.getByRole('table', { name: 'Debts' });
    const repay = debts.getByRole('button', { name: 'Repay… of 0.1 BTC', exact: true });
    await repay.focus();
    await show({ loans: [loan()], ladder: [], pools: [shared({ collateral: two })] });
    await detached(repay);
    assert.deepEqual(await entered(), []);
    const collateral = page.getByRole('button', { name: 'Collateral… USDC' });
    await collateral.focus();
    await show({ loans: [loan()], ladder: [], pools: [shared({ collateral: two.slice(0, 1) })] });
    await detached(collateral);
    assert.deepEqual(await entered(), []);
  });

  it('is no other way to a target: what is read of the wallet moves none under the focus', async () => {
    await show();
    await page.locator('#target').fill('60');
    const repay = page.getByRole('button', { name: 'Repay… 1,441 USDT' });
    await repay.focus();
    await show({ pools: [shared({ wallet: [{ coin: 'SOL', amount: d('40') }] }), legacy()] });
    await page
      .getByRole('table', { name: 'Ways to the target' })
      .getByText(/^Pledge .* SOL/)
      .first()
      .waitFor();
    for (const sent of await entered())
      assert.ok(sent.type === 'deed' && sent.deed.command === 'repay', JSON.stringify(sent));
  });

  it('is no other term, and no other debt that terms are compared for', async () => {
    await show({ loans: [loan()], ladder: [], pools: [shared()] });
    await page.getByRole('tab', { name: 'Refinance' }).click();
    await shown.post({ type: 'refinance', facts: facts(), session: SESSION });
    const week = page.getByRole('button', { name: /Move to 7 days fixed/ });
    await week.focus();
    await show({ loans: [BTC, loan()], ladder: [], pools: [shared()] });
    await page.getByRole('option', { name: /^0\.1 BTC/ }).waitFor({ state: 'attached' });
    assert.equal(await page.locator('#loan').inputValue(), 'flexible USDT');
    await shown.post({
      type: 'refinance',
      facts: facts({ offers: facts().offers.slice(1) }),
      session: SESSION,
    });
    await detached(week);
    assert.deepEqual(await entered(), []);
  });

  it('is the field of a coin: typing goes on there when another loan is in more danger', async () => {
    const owing = (coin: string, amount: string) => [
      { coin, system: 'legacy' as const, amount: d(amount), interest: d('0'), hourlyRate: null },
    ];
    const pools = (first: string, second: string) => [
      shared(),
      legacy({ id: 'legacy 1', record: '1', debts: owing('SOL', first) }),
      legacy({
        id: 'legacy 2',
        record: '2',
        title: 'Legacy two',
        collateral: [{ coin: 'ADA', amount: d('5000') }],
        prices: [
          { coin: 'ADA', usd: d('1') },
          { coin: 'DOT', usd: d('150') },
        ],
        bands: [{ coin: 'ADA', bands: [{ from: d('0'), to: null, ratio: d('1') }] }],
        debts: owing('DOT', second),
      }),
    ];
    await show({ pools: pools('30', '20') });
    const field = page.getByLabel('SOL: move in percent');
    await field.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('-2');
    await show({ pools: pools('20', '30') });
    await page.locator('section', { hasText: 'Legacy two' }).first().waitFor();
    await page.keyboard.type('5');
    assert.equal(await field.inputValue(), '-25');
  });
});
