import assert from 'node:assert/strict';
import type { PaperProcess } from '../clients/paper-process';
import { deskSuite } from './desk-suite';
import type { Workbench } from './driver';

/** A price falls; the desk warns, helps, and says when it is over. On a server whose prices can be steered. */
describe('the story of a warning', () => {
  const suite = deskSuite({
    settings: { 'loanDesk.watch.interval': 15 },
    paper: ['--control', '--seed', '3'],
  });
  let desk: Workbench;
  let paper: PaperProcess;

  const price = (coin: string, usd: string) => paper.control('POST', '/paper/price', { coin, usd });

  before(async () => {
    ({ desk, paper } = suite);
    await desk.openContainer('Loan Desk');
    await price('ETH', '2500');
  });

  it('adds the account of a server on this machine, after what its key may do was shown', async () => {
    await desk.pane('Loans').locator('.welcome-view-content').getByText('Add an API Key').click();
    await desk.quickPick(/^Loopback/);
    await desk.quickAnswer(/Port of the server/, new URL(paper.url).port);
    await desk.quickAnswer(/name/i, 'Steered');
    await desk.quickAnswer(/API key\. It is kept/, paper.apiKey);
    await desk.quickPick(/^Secret/);
    await desk.quickAnswer(/API secret/, paper.apiSecret);
    await desk.quickRow(/^Add This Account/);
    await desk.screenshot('key-report');
    await desk.quickPick(/^Add This Account/);
    await desk.treeRow('Loans', /^Steered/);
  });

  it('borrows USDT against ETH, after a dialog that names the environment', async () => {
    await desk.command('Loan Desk: Borrow…');
    await desk.quickType(/Which coin to borrow/, 'USDT');
    await desk.quickPick(/^USDT/);
    await desk.quickAmount('USDT', '7000');
    await desk.quickTick(/^ETH/);
    await desk.quickOk();
    await desk.quickAmount('ETH', '4');
    await desk.quickPick(/^Borrow 7,000 USDT against 4 ETH/);
    assert.match(await desk.dialogText(), /Environment: Loopback/);
    await desk.screenshot('borrow-dialog');
    await desk.dialogButton('Borrow 7,000 USDT');
    await desk.notification(/Borrow 7,000 USDT/);
    await desk.dismissNotifications();
    await desk.treeRow('Loans', /^7,000(\.\d+)? USDT/);
  });

  it('warns once the price has fallen, with the deed that helps', async () => {
    await price('ETH', '2250');
    const warning = await desk.notification(/LTV [\d.]+ %: it has reached 80\.00 %/);
    assert.match((await warning.textContent()) ?? '', /Steered: LTV 81\.\d\d %/);
    await desk.screenshot('warned');
  });

  it('adds collateral from the warning, and says that it is over', async () => {
    await desk.notificationButton(/it has reached 80\.00 %/, 'Add Collateral');
    await desk.quickPick(/^ETH/);
    await desk.quickRow(/^To an LTV of 50 %/);
    await desk.screenshot('add-collateral');
    await desk.quickPick(/^To an LTV of 50 %/);
    await desk.quickPick(/^(Add|Pledge) 2\.5\d* ETH/);
    await desk.dialogButton('Pledge');
    await desk.notification(/LTV back under 7\d\.00 %/);
    await desk.screenshot('warning-ended');
  });
});
