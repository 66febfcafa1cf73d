import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import type { RecordsPageMessage, RecordsState } from '../../src/webview/records-contract';
import { startBrowser } from '../workbench/driver';
import { type PageServer, SESSION, servePages } from './page-server';
import { RatesPage, THEMES, type ThemeName } from './rates-page';
import { recordsState } from './records-messages';

describe('the page of the account history', () => {
  let browser: Browser;
  let context: BrowserContext;
  let server: PageServer;
  let shown: RatesPage;

  before(async () => {
    [browser, server] = await Promise.all([startBrowser(), servePages('records')]);
  });

  after(async () => {
    await browser?.close();
    await server?.close();
  });

  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1100, height: 600 } });
    shown = await RatesPage.open(context, server);
    await shown.post({ type: 'start', locale: 'en', strings: {}, session: SESSION });
  });

  afterEach(() => context.close());

  const show = (change: Partial<RecordsState> = {}) =>
    shown.post({ type: 'records', state: recordsState(change), session: SESSION });
  const sent = () =>
    shown.page.evaluate(() => (window as unknown as { sent: RecordsPageMessage[] }).sent.map((one) => one));

  it('shows exact amounts and text that stays text', async () => {
    await show();
    await shown.grid.waitFor();
    await shown.page.getByText('0.123456789012345678').first().waitFor();
    await shown.page.getByText('<img src=x onerror=alert(1)>').waitFor();
    assert.equal(await shown.page.locator('.grid img').count(), 0);
    assert.deepEqual(await shown.violations(), []);
  });

  it('leaves the keyboard on the button that reads on, which asks once until it is answered', async () => {
    await show();
    await shown.page.getByRole('button', { name: 'Read Older' }).focus();
    await shown.page.keyboard.press('Enter');
    await show({ isReading: true });
    await shown.page.getByRole('button', { name: 'Reading…' }).waitFor();
    await shown.page.keyboard.press('Enter');
    assert.equal((await sent()).filter(({ type }) => type === 'more').length, 1);
    await show();
    await shown.page.getByRole('button', { name: 'Read Older' }).waitFor();
    assert.match((await shown.page.locator(':focus').textContent()) ?? '', /Read Older/);
  });

  it('filters by kind, coin and day, keeps the filter, and saves what it shows', async () => {
    await show();
    await shown.page.getByLabel('Kind').selectOption('borrow');
    assert.deepEqual(await shown.names(), ['2026-11-24 00:00']);
    await shown.page.getByLabel('Kind').selectOption('');
    await shown.page.getByLabel('From (UTC)').fill('2026-11-25');
    assert.equal((await shown.names()).length, 2);
    await shown.page.getByLabel('Filter coins').fill('btc');
    assert.equal((await shown.names()).length, 1);
    await shown.page.getByRole('button', { name: 'Save as CSV…' }).click();
    const filter = { kind: '', coin: 'btc', from: '2026-11-25', to: '' };
    assert.deepEqual((await sent()).at(-1), { type: 'export', filter, session: SESSION });
    await shown.page.reload();
    await shown.post({ type: 'start', locale: 'en', strings: {}, session: SESSION });
    await show();
    await shown.grid.waitFor();
    assert.equal(await shown.page.getByLabel('Filter coins').inputValue(), 'btc');
  });

  it('reads on when asked, and says when there is no more', async () => {
    await show();
    await shown.page.getByRole('button', { name: 'Read Older' }).click();
    assert.deepEqual((await sent()).at(-1), { type: 'more', all: false, session: SESSION });
    await shown.page.getByRole('button', { name: 'Read All' }).click();
    assert.deepEqual((await sent()).at(-1), { type: 'more', all: true, session: SESSION });
    await show({ isComplete: true });
    await shown.page.getByText('This is all that the exchange still tells.').waitFor();
    assert.equal(await shown.page.getByRole('button', { name: 'Read Older' }).count(), 0);
  });

  it('has a sentence and a way on where there is nothing to show', async () => {
    await show({ rows: [], isComplete: true });
    await shown.page.getByText('Nothing has happened on this account yet.').waitFor();
    await show({
      rows: [],
      obstacle: { text: 'No account is chosen.', waysOn: ['tryPaper', 'addAccount'] },
    });
    await shown.page.getByText('No account is chosen.').waitFor();
    await shown.page.getByRole('button', { name: 'Add an API Key' }).click();
    assert.deepEqual((await sent()).at(-1), { type: 'wayOn', way: 'addAccount', session: SESSION });
    await show({ rows: [], failures: [{ text: 'Missing here: renewals. No network.', advice: null }] });
    await shown.page
      .getByText('There is nothing in the histories that could be read.')
      .waitFor({ timeout: 5_000 });
    assert.equal(await shown.page.getByText('Nothing has happened').count(), 0);
    await show({ failures: [{ text: 'Missing here: renewals. No network.', advice: null }] });
    await shown.page.getByText('Missing here: renewals. No network.').waitFor();
    await shown.page.getByRole('button', { name: 'Try Again' }).click();
    assert.equal((await sent()).at(-1)?.type, 'more');
    await shown.page.getByLabel('Filter coins').fill('nothing of that name');
    await shown.page.getByText('Nothing that was read so far matches the filter.').waitFor();
    await shown.page.getByRole('button', { name: 'Clear Filter' }).click();
    await shown.grid.waitFor();
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`breaks no rule of axe in ${theme}`, async () => {
      await shown.wear(theme);
      await show({ failures: [{ text: 'Missing here: renewals. No network.', advice: null }] });
      await shown.grid.waitFor();
      assert.deepEqual(await shown.axe(), []);
      await show({ rows: [], isComplete: true });
      await shown.page.getByText('Nothing has happened').waitFor();
      assert.deepEqual(await shown.axe(), []);
    });
  }
});
