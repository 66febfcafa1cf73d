import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PaperProcess } from '../clients/paper-process';
import { keyBorrow, keyFile, keyFixedTerms, PageByKeys } from './by-keys';
import { deskSuite } from './desk-suite';
import type { Workbench } from './driver';
import { keyTo } from './key-to';

const BORROW = '/v5/crypto-loan-flexible/borrow';
/** What tells whether a loan was made. */
const READS = ['/v5/crypto-loan-flexible/borrow-history', '/v5/crypto-loan-common/position'];

/** The flows that the other stories go through with the mouse or not at all, without it. */
describe('the other flows by keys alone', () => {
  const suite = deskSuite({ paper: ['--control', '--seed', '3'] });
  let desk: Workbench;
  let paper: PaperProcess;
  const folder = mkdtempSync(join(tmpdir(), 'loan-desk-keys-'));

  before(() => {
    ({ desk, paper } = suite);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What stands in a dialog, whose named button has the keyboard. */
  const dialogOn = async (button: string) => {
    const text = await desk.dialogText();
    await desk.page.locator('.monaco-dialog-box :focus', { hasText: button }).waitFor();
    return text;
  };

  it('goes on from a page that has no account', async () => {
    const page = await PageByKeys.open(desk, 'Loan Desk: Open Position', 'button');
    await desk.screenshot('position-without-account');
    await page.pressOn(page.page.getByRole('button', { name: /Try the Paper Account/ }));
    await page.page.getByText('What if prices move?').waitFor();
    await desk.typeCommand('View: Close Editor');
    await desk.typeCommand('Loan Desk: Focus on Loans View');
    await desk.treeRow('Loans', /^Legacy loans/);
    // A view that has the keyboard takes it again when it is drawn anew, also from a question that has just begun.
    await desk.typeCommand('View: Focus Active Editor Group');
  });

  it('moves collateral of a legacy loan both ways', async () => {
    await desk.typeCommand('Loan Desk: Add or Release Collateral…');
    await desk.typeRow(/Which collateral/, 'SOL', /SOL/);
    await desk.typeRow(/Which way/, '', /^Add/);
    await desk.typeRow(/How much ETH to pledge/, '1', /^1 ETH/);
    await desk.typeRow(/Before → after/, '', /^Add 1 ETH/);
    await desk.notification(/legacy loan.*Done/);
    await desk.typeCommand('Loan Desk: Add or Release Collateral…');
    await desk.typeRow(/Which collateral/, 'SOL', /SOL/);
    await desk.typeRow(/Which way/, '', /^Release/);
    await desk.typeRow(/How much ETH to take back/, '0.5', /^0\.5 ETH/);
    await desk.typeRow(/Before → after/, '', /^Take 0\.5 ETH/);
    await desk.notification(/legacy loan.*Done/);
  });

  it('sells collateral for a fixed loan', async () => {
    await keyFixedTerms(desk);
    await desk.typeRow(/What happens at the due date/, '', /^Repay from the Funding wallet/);
    await desk.keyTick(/Tick (the )?coins to pledge/, 'USDT', /^USDT/);
    await desk.typeRow(/How much USDT to pledge/, '1000', /^1,000 USDT/);
    await desk.typeRow(/Before → after/, '', /^Borrow 0\.1 ETH for 30 days/);
    await desk.notification(/Borrow 0\.1 ETH for 30 days/);
    const contract = desk.pane('Loans').locator('.monaco-list-row', { hasText: /^0\.1 ETH.*due/ });
    // Its order waits until the exchange matches it.
    while (!(await contract.isVisible())) await desk.typeCommand('Loan Desk: Refresh');
    await desk.typeCommand('Loan Desk: Repay with Collateral…');
    await desk.keyTick(/Tick at least one pledged coin/, 'USDT', /^USDT/);
    await desk.typeRow(/How much to repay/, '0.05', /^0\.05 ETH/);
    await desk.typeRow(/Before → after/, '', /^Repay 0\.05 ETH/);
    await desk.notification(/Repay .*0\.05 ETH/);
  });

  it('sorts coins, and makes one a favourite', async () => {
    await desk.typeCommand('Loan Desk: Sort Coins…');
    await desk.typeRow(/./, 'flexible', /^Flexible rate, highest first/);
    await desk
      .pane('Coins')
      .getByText(/by flexible rate, falling/)
      .waitFor();
    await desk.typeCommand('Loan Desk: Focus on Coins View');
    await keyTo(desk.pane('Coins'), /^TIA/);
    await desk.page.keyboard.press('Shift+F10');
    const item = desk.page.locator('.context-view .monaco-menu .action-item.focused', {
      hasText: 'Toggle Favourite',
    });
    for (let steps = 0; steps < 20 && !(await item.isVisible()); steps += 1)
      await desk.page.keyboard.press('ArrowDown');
    await desk.page.keyboard.press('Enter');
    // Favourites come first, whatever the order.
    await desk.pane('Coins').locator('.monaco-list-row[data-index="0"]', { hasText: /^TIA/ }).waitFor();
    await desk.typeCommand('View: Focus Active Editor Group');
  });

  it('hides amounts, and shows them again', async () => {
    await desk.typeCommand('Loan Desk: Hide or Show Amounts');
    await desk.treeRow('Loans', /^••• USDT/);
    await desk.typeCommand('Loan Desk: Hide or Show Amounts');
    await desk.treeRow('Loans', /^[\d,.]+ USDT/);
  });

  it('saves the journal and the due dates', async () => {
    await desk.typeCommand('Loan Desk: Export Journal…');
    await desk.typeRow(/What is the file for/, 'Table', /^Table/);
    writeFileSync(join(folder, 'before.csv'), '');
    await keyFile(desk, { folder, name: 'journal.csv', beside: 'before.csv' });
    await desk.notification(/The journal was saved/);
    assert.match(readFileSync(join(folder, 'journal.csv'), 'utf8'), /legacy\.adjustCollateral/);
    await desk.typeCommand('Loan Desk: Export Due Dates as Calendar…');
    writeFileSync(join(folder, 'before.ics'), '');
    await keyFile(desk, { folder, name: 'due.ics', beside: 'before.ics' });
    await desk.notification(/due dates? (was|were) saved/);
    assert.match(readFileSync(join(folder, 'due.ics'), 'utf8'), /BEGIN:VEVENT/);
  });

  it('begins the paper account anew, after a question', async () => {
    await desk.typeCommand('Loan Desk: Reset Paper Account…');
    assert.match(await dialogOn('Reset Paper Account'), /Begin the paper account anew/);
    // Collateral was moved out of it.
    await desk.treeRow('Loans', /^(?!10 )[\d.]+ ETH/);
    await desk.page.keyboard.press('Enter');
    await desk.treeRow('Loans', /^10 ETH/);
  });

  it('repays the institutional loan', async () => {
    await desk.typeCommand('Loan Desk: Repay…');
    await desk.typeRow(/Which debt to repay/, 'principal', /USDT/);
    await desk.typeRow(/How much to repay/, '1000', /^1,000 USDT/);
    await desk.typeRow(/Before → after/, '', /^Repay 1,000 USDT of the institutional loan/);
    await desk.treeRow('Loans', /Repay 1,000 USDT of the institutional loan/, 120_000);
  });

  it('adds another account, and switches to and fro', async () => {
    await desk.typeCommand('Loan Desk: Add Account…');
    await desk.typeRow(/./, 'Loopback', /^Loopback/);
    await desk.keyInput(/Port of the server/, new URL(paper.url).port);
    await desk.keyInput(/name/i, 'Steered');
    await desk.keyInput(/API key\. It is kept/, paper.apiKey);
    await desk.typeRow(/How does the key sign/, '', /^Secret/);
    await desk.keyInput(/API secret/, paper.apiSecret);
    await desk.typeRow(/What the exchange says of the key/, '', /^Add This Account/);
    await desk.treeRow('Loans', /^Steered/);
    await desk.typeCommand('Loan Desk: Switch Account…');
    await desk.typeRow(/Choose an account/, '', /^Paper/);
    await desk.treeRow('Loans', /^Paper/);
    await desk.typeCommand('Loan Desk: Switch Account…');
    await desk.typeRow(/Choose an account/, '', /^Steered/);
    await desk.treeRow('Loans', /^Steered/);
  });

  it('looks again at what has no end, and ends it by hand after a question', async () => {
    const fault = (path: string, kind: string, count: number) =>
      paper.control('POST', '/paper/fault', { path, kind, count });
    await fault(BORROW, 'timeout-before', 1);
    await keyBorrow(desk);
    assert.match(await dialogOn('Borrow 700 USDT'), /Steered/);
    await desk.page.keyboard.press('Enter');
    await desk.treeRow('Loans', /^Borrow 700 USDT/);
    for (const path of READS) await fault(path, 'http-500', 10_000);
    await desk.treeRow('Loans', /^New operations wait/);
    await desk.typeCommand('Loan Desk: Look Again');
    await desk.treeRow('Loans', /^Borrow 700 USDT/);
    await desk.typeCommand('Loan Desk: Resolve by Hand…');
    await desk.typeRow(/did it happen/, '', /^It did not happen/);
    assert.match(await dialogOn('It Did Not Happen'), /Nothing is sent/);
    await desk.page.keyboard.press('Enter');
    await desk.notification(/Borrow 700 USDT/);
    const { pledged } = await paper.control('GET', '/paper/state');
    assert.deepEqual(pledged, {});
  });

  it('finds the alarm in the watch, and keeps it silent', async () => {
    // The position cannot be read any more, which is told after the third time.
    const alarm = /The LTV cannot be read/;
    await desk.notification(alarm);
    await desk.typeCommand('Notifications: Clear All Notifications');
    await desk.typeCommand('Loan Desk: Show Watch…');
    await desk.quickTitle('Watch · Steered');
    await keyTo(desk.quick, alarm);
    await desk.page.keyboard.press('Enter');
    await desk.notification(alarm);
    await desk.typeCommand('Notifications: Focus Notification Toast');
    const snooze = desk.page.locator('.notifications-toasts :focus', { hasText: /^Snooze…$/ });
    for (let stops = 0; stops < 20 && !(await snooze.isVisible()); stops += 1)
      await desk.page.keyboard.press('Tab');
    await desk.page.keyboard.press('Enter');
    await desk.quickTitle('Silence this for');
    await keyTo(desk.quick, /^One hour/);
    await desk.page.keyboard.press('Enter');
    await desk.quickGone();
  });
});
