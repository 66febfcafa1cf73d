import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { startBrowser, Workbench } from './driver';
import { type Server, startServer } from './server';

/** Without the mouse from beginning to end: commands, flows, the tables. */
describe('by keys alone', () => {
  let browser: Browser;
  let server: Server;
  let desk: Workbench;

  before(async () => {
    [browser, server] = await Promise.all([startBrowser(), startServer()]);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    desk = await Workbench.open({ server, context });
    await desk.typeCommand('Loan Desk: Try the Paper Account');
    await desk.treeRow('Loans', /^Legacy loans/);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk.screenshot(`failed-${this.currentTest.title}`);
  });

  it('borrows and repays', async () => {
    await desk.typeCommand('Loan Desk: Borrow…');
    await desk.quick.getByPlaceholder(/coin/i).waitFor();
    await desk.page.keyboard.type('NOSUCH');
    await desk.quickRow(/Nothing listed has “NOSUCH” in it/);
    await desk.page.keyboard.press('Control+A');
    await desk.typeRow(/coin/i, 'ETH', /^ETH/);
    await desk.typeRow(/How much ETH to borrow/, '2 eth', /^2 ETH/);
    await desk.keyTick(/Tick (the )?coins to pledge/, 'USDT', /^USDT/);
    await desk.typeRow(/How much USDT to pledge/, '10000', /^10,000 USDT/);
    await desk.typeRow(/Before → after/, '', /^Borrow 2 ETH/);
    await desk.notification(/Borrow 2 ETH.*Done/);
    await desk.treeRow('Loans', /^2(\.\d+)? ETH/);

    await desk.typeCommand('Loan Desk: Repay…');
    await desk.typeRow(/Which debt to repay/, 'ETH', /^2(\.\d+)? ETH/);
    await desk.typeRow(/How much to repay/, '1', /^1 ETH/);
    await desk.typeRow(/Before → after/, '', /^Repay 1 ETH/);
    await desk.notification(/Repay 1 ETH.*Done/);
  });

  it('goes through the rate tables, and starts a loan from a row', async () => {
    await desk.typeCommand('Loan Desk: Open Rates');
    const page = await desk.webview();
    await page.getByRole('grid').waitFor();
    await desk.page.keyboard.press('/');
    await page.locator('#filter:focus').waitFor();
    await desk.page.keyboard.type('SOL');
    await desk.page.keyboard.press('ArrowDown');
    await page.locator('[role=rowheader]:focus').waitFor();
    assert.match((await page.locator('[role=rowheader]:focus').textContent()) ?? '', /SOL/);
    await desk.page.keyboard.press('Enter');
    await desk.quickTitle('Borrow');
    await desk.escape();
    await desk.quickGone();
  });
});
