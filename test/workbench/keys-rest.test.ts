import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PaperProcess } from '../clients/paper-process';
import { keyFile } from './by-keys';
import { deskSuite } from './desk-suite';
import type { Workbench } from './driver';

const BORROW = '/v5/crypto-loan-flexible/borrow';
/** What tells whether a loan was made. */
const READS = ['/v5/crypto-loan-flexible/borrow-history', '/v5/crypto-loan-common/position'];

/** The flows that the other stories go through with the mouse or not at all, without it. */
describe('the other flows by keys alone', () => {
  const suite = deskSuite({ paper: ['--control', '--seed', '3'] });
  let desk: Workbench;
  let paper: PaperProcess;
  const folder = mkdtempSync(join(tmpdir(), 'loan-desk-keys-'));

  before(async () => {
    ({ desk, paper } = suite);
    await desk.typeCommand('Loan Desk: Try the Paper Account');
    await desk.treeRow('Loans', /^Legacy loans/);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What stands in a dialog, whose named button has the keyboard. */
  const dialogOn = async (button: string) => {
    const text = await desk.dialogText();
    await desk.page.locator('.monaco-dialog-box :focus', { hasText: button }).waitFor();
    return text;
  };

  it('moves collateral of a legacy loan both ways', async () => {
    await desk.typeCommand('Loan Desk: Add or Release Collateral…');
    await desk.typeRow(/Which collateral/, 'SOL', /SOL/);
    await desk.typeRow(/Which way/, '', /^Add/);
    await desk.typeRow(/How much [A-Z]+ to pledge/, 'max', /^All/);
    await desk.typeRow(/Before → after/, '', /^Pledge/);
    await desk.notification(/legacy loan.*Done/);
    await desk.typeCommand('Loan Desk: Add or Release Collateral…');
    await desk.typeRow(/Which collateral/, 'SOL', /SOL/);
    await desk.typeRow(/Which way/, '', /^Release/);
    await desk.typeRow(/How much [A-Z]+ to take back/, '10%', /^10 %/);
    await desk.typeRow(/Before → after/, '', /^Take Back/);
    await desk.notification(/legacy loan.*Done/);
  });

  it('sells collateral for a fixed loan', async () => {
    await desk.typeCommand('Loan Desk: Borrow at a Fixed Rate…');
    await desk.typeRow(/Which coin/, 'ETH', /^ETH/);
    await desk.typeRow(/Borrow for how long/, '', /^30 days/);
    await desk.typeRow(/At most which rate/, '5', /^5 % a year/);
    await desk.typeRow(/How much ETH to borrow/, '0.1', /^0\.1 ETH/);
    await desk.typeRow(/What happens at the due date/, '', /^Repay out of/);
    await desk.keyTick(/Tick (the )?coins to pledge/, 'USDT', /^USDT/);
    await desk.typeRow(/How much USDT to pledge/, '1000', /^1,000 USDT/);
    await desk.typeRow(/Before → after/, '', /^Borrow 0\.1 ETH for 30 days/);
    await desk.notification(/Borrow 0\.1 ETH for 30 days/);
    const contract = desk.pane('Loans').locator('.monaco-list-row', { hasText: /^0\.1 ETH.*due/ });
    // Its order waits until the exchange matches it.
    while (!(await contract.isVisible())) await desk.typeCommand('Loan Desk: Refresh');
    await desk.typeCommand('Loan Desk: Repay with Collateral…');
    await desk.keyTick(/Tick the pledged coins to sell/, 'USDT', /^USDT/);
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
    await desk.typeCommand('Loan Desk: Toggle Favourite');
    await desk.typeRow(/./, 'SOL', /^SOL/);
    await desk.pane('Coins').locator('.monaco-list-row', { hasText: /^SOL/ }).first().waitFor();
  });

  it('hides amounts, and shows them again', async () => {
    await desk.typeCommand('Loan Desk: Hide or Show Amounts');
    await desk.notification(/Amounts are hidden/);
    await desk.typeCommand('Loan Desk: Hide or Show Amounts');
    await desk.notification(/Amounts are shown/);
  });

  it('saves the journal and the due dates', async () => {
    await desk.typeCommand('Loan Desk: Export Journal…');
    await desk.typeRow(/What is the file for/, 'Table', /^Table/);
    await keyFile(desk, { folder, name: 'journal.csv', beside: '..' });
    await desk.notification(/The journal was saved/);
    assert.match(readFileSync(join(folder, 'journal.csv'), 'utf8'), /legacy/);
    await desk.typeCommand('Loan Desk: Export Due Dates as Calendar…');
    await keyFile(desk, { folder, name: 'due.ics', beside: '..' });
    await desk.notification(/due dates? (was|were) saved/);
    assert.match(readFileSync(join(folder, 'due.ics'), 'utf8'), /BEGIN:VEVENT/);
  });

  it('looks at what is watched, and keeps an alert silent', async () => {
    await desk.typeCommand('Loan Desk: Show Watch…');
    await desk.typeRow(/./, 'alert', /alert/i);
    await desk.page.keyboard.press('Escape');
  });

  it('begins the paper account anew, after a question', async () => {
    await desk.typeCommand('Loan Desk: Reset Paper Account…');
    assert.match(await dialogOn('Reset Paper Account'), /Begin the paper account anew/);
    await desk.page.keyboard.press('Enter');
    await desk.notification(/anew|reset/i);
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
    for (const path of READS)
      await paper.control('POST', '/paper/fault', { path, kind: 'http-500', count: 10_000 });
    await paper.control('POST', '/paper/fault', { path: BORROW, kind: 'http-500', count: 1 });
    await desk.typeCommand('Loan Desk: Borrow…');
    await desk.typeRow(/coin/i, 'USDT', /^USDT/);
    await desk.typeRow(/How much USDT to borrow/, '700', /^700 USDT/);
    await desk.keyTick(/Tick (the )?coins to pledge/, 'ETH', /^ETH/);
    await desk.typeRow(/How much ETH to pledge/, '1', /^1 ETH/);
    await desk.typeRow(/Before → after/, '', /^Borrow 700 USDT/);
    assert.match(await dialogOn('Borrow 700 USDT'), /Steered/);
    await desk.page.keyboard.press('Enter');
    await desk.treeRow('Loans', /Borrow 700 USDT/);
    await desk.typeCommand('Loan Desk: Look Again');
    await desk.treeRow('Loans', /Borrow 700 USDT/);
    await desk.typeCommand('Loan Desk: Resolve by Hand…');
    await desk.typeRow(/did it happen/, '', /^It did not happen/);
    assert.match(await dialogOn('It Did Not Happen'), /Nothing is sent/);
    await desk.page.keyboard.press('Enter');
    await desk.notification(/Borrow 700 USDT/);
    const { pledged } = await paper.control('GET', '/paper/state');
    assert.deepEqual(pledged, {});
  });
});
