import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyFile, keyFixedTerms } from './by-keys';
import { deskSuite } from './desk-suite';
import type { Workbench } from './driver';
import { keyTo } from './key-to';

/** Without the mouse from beginning to end: commands, flows, the tables. */
describe('by keys alone', () => {
  const suite = deskSuite();
  let desk: Workbench;
  const folder = mkdtempSync(join(tmpdir(), 'loan-desk-keys-'));

  before(async () => {
    ({ desk } = suite);
    await desk.typeCommand('Loan Desk: Try the Paper Account');
    await desk.treeRow('Loans', /^Legacy loans/);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('opens the desk from the palette, both views with their rows', async () => {
    await desk.treeRow('Loans', /^Paper/);
    await desk.treeRow('Coins', /^AAVE/);
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

  it('moves collateral both ways', async () => {
    await desk.typeCommand('Loan Desk: Add or Release Collateral…');
    await desk.typeRow(/Which collateral/, '', /^Collateral of the flexible/);
    await desk.typeRow(/Which way/, '', /^Add/);
    await desk.typeRow(/Which coin to pledge/, 'USDC', /^USDC/);
    await desk.typeRow(/How much/, '500', /^500 USDC/);
    await desk.typeRow(/Before → after/, '', /^Add 500 USDC/);
    await desk.notification(/Add 500 USDC.*Done/);
    await desk.typeCommand('Loan Desk: Add or Release Collateral…');
    await desk.typeRow(/Which collateral/, '', /^Collateral of the flexible/);
    await desk.typeRow(/Which way/, '', /^Release/);
    await desk.typeRow(/Which coin to take back/, 'USDC', /^USDC/);
    await desk.typeRow(/How much/, '200', /^200 USDC/);
    await desk.typeRow(/Before → after/, '', /^Take 200 USDC/);
    await desk.notification(/Take 200 USDC.*Done/);
  });

  it('repays with collateral', async () => {
    await desk.typeCommand('Loan Desk: Repay with Collateral…');
    await desk.keyTick(/Tick at least one pledged coin/, 'USDT', /^USDT/);
    await desk.typeRow(/How much to repay/, '0.5', /^0\.5 ETH/);
    await desk.typeRow(/Before → after/, '', /^Repay 0\.5 ETH/);
    await desk.notification(/Repay 0\.5 ETH/);
  });

  it('borrows for a term', async () => {
    await keyFixedTerms(desk);
    await desk.typeRow(/What happens at the due date/, '', /^Turn into a flexible loan/);
    await desk.keyTick(/Tick (the )?coins to pledge/, 'USDT', /^USDT/);
    await desk.typeRow(/How much USDT to pledge/, '', /^All of it/);
    await desk.typeRow(/Before → after/, '', /^Borrow 0\.1 ETH for 30 days/);
    await desk.notification(/Borrow 0\.1 ETH for 30 days/);
  });

  it('renews what was repaid of a loan for a term', async () => {
    const contract = desk.pane('Loans').locator('.monaco-list-row', { hasText: /^0\.1 ETH.*due/ });
    // Its order waits until the exchange matches it.
    while (!(await contract.isVisible())) await desk.typeCommand('Loan Desk: Refresh');
    await desk.typeCommand('Loan Desk: Repay…');
    await desk.typeRow(/Which debt to repay/, 'contract', /^0\.1 ETH/);
    await desk.typeRow(/Before → after/, '', /^Repay fixed loan \d+: 0\.1 ETH/);
    await desk.notification(/Repay fixed loan \d+: 0\.1 ETH.*Done/);
    await contract.waitFor({ state: 'detached' });
    await desk.typeCommand('Loan Desk: Renew a Fixed Loan…');
    await desk.typeRow(/Which contract to renew/, '', /^0\.1 ETH again.*30 days/);
    await desk.keyTick(/Tick (the )?coins to pledge/, 'USDC', /^USDC/);
    await desk.typeRow(/How much USDC to pledge/, '1000', /^1,000 USDC/);
    await desk.typeRow(/Before → after/, '', /^Renew fixed loan \d+: borrow 0\.1 ETH again/);
    await desk.notification(/Renew fixed loan \d+.*Done/);
    await contract.waitFor();
    await desk.typeCommand('Loan Desk: Focus on Loans View');
    await keyTo(desk.pane('Loans'), /^0\.1 ETH.*due/);
    await desk.page.keyboard.press('ArrowRight');
    await desk.treeRow('Loans', /^Term30 days/);
    // A view that has the keyboard takes it again when it is drawn anew, also from a question that has just begun.
    await desk.typeCommand('View: Focus Active Editor Group');
  });

  it('borrows across price levels', async () => {
    await desk.typeCommand('Loan Desk: Borrow Across Price Levels…');
    await desk.typeRow(/Which coin/, 'ETH', /^ETH/);
    await desk.typeRow(/Borrow for how long/, '', /^30 days/);
    await desk.typeRow(/How much ETH to borrow in all/, '1', /^1 ETH/);
    await desk.typeRow(/What happens at the due date/, '', /^Turn into a flexible loan/);
    await desk.keyTick(/Tick (the )?coins to pledge/, 'SOL', /^SOL/);
    await desk.typeRow(/How much SOL to pledge/, '50', /^50 SOL/);
    await desk.typeRow(/Before → after/, '', /^(\d+ orders: )?Borrow [\d.]+ ETH for 30 days/);
    await desk.notification(/Borrow [\d.]+ ETH for 30 days/);
  });

  it('repays a legacy loan', async () => {
    await desk.typeCommand('Loan Desk: Repay…');
    await desk.typeRow(/Which debt to repay/, 'SOL', /^[\d.]+ SOL/);
    await desk.typeRow(/SOL/, '5', /^5 SOL/);
    await desk.typeRow(/Before → after/, '', /^Repay 5 SOL of legacy loan/);
    await desk.notification(/Repay 5 SOL of legacy loan/);
  });

  it('lends, and cancels the order', async () => {
    await desk.typeCommand('Loan Desk: Lend at a Fixed Rate…');
    await desk.typeRow(/Which coin/, 'USDC', /^USDC/);
    await desk.typeRow(/Lend for how long/, '', /^30 days/);
    await desk.typeRow(/At least which rate/, '90', /^90 % a year/);
    await desk.typeRow(/How much USDC to lend/, '5000', /^5,000 USDC/);
    await desk.typeRow(/Before → after/, '', /^Supply 5,000 USDC/);
    await desk.notification(/Supply 5,000 USDC/);
    await desk.typeCommand('Loan Desk: Cancel an Order…');
    await desk.typeRow(/Which order to cancel/, '', /5,000 USDC/);
    await desk.typeRow(/Before → after/, '', /^Cancel what is open/);
    await desk.notification(/Cancel what is open/);
  });

  it('lets a UID of the unit go, and takes it in again', async () => {
    await desk.typeCommand('Loan Desk: Unbind a UID…');
    await desk.quick.getByPlaceholder(/Which UID to let go/).waitFor();
    const uid = (await desk.quickRows()).flatMap((row) => /^\d+/.exec(row) ?? [])[0] ?? assert.fail();
    await desk.typeRow(/Which UID to let go/, uid, new RegExp(`^${uid}`));
    await desk.typeRow(/Before → after/, '', new RegExp(`^Unbind UID ${uid}`));
    await desk.notification(new RegExp(`Unbind UID ${uid}.*Done`));
    await desk.typeCommand('Loan Desk: Bind a UID…');
    await desk.keyInput(/UID of an account of yours/, uid);
    await desk.typeRow(/Before → after/, '', new RegExp(`^Bind UID ${uid}`));
    await desk.notification(new RegExp(`Bind UID ${uid}.*Done`));
  });

  it('sets an alert on a rate, and narrows the coins down', async () => {
    await desk.typeCommand('Loan Desk: Add a Rate Alert…');
    await desk.typeRow(/Whose rate/, 'USDT', /^USDT/);
    await desk.typeRow(/Which of its rates/, '', /^Flexible/);
    await desk.typeRow(/When should it be told/, '', /^At or below a rate/);
    await desk.keyInput(/percent/, '4');
    await desk.notification(/Alert set: USDT flexible ≤ 4\.00 % a year/);
    await desk.typeCommand('Loan Desk: Filter Coins…');
    await desk.keyInput(/Part of a coin’s name/, 'SOL');
    await desk.treeRow('Coins', /^SOL/);
    assert.deepEqual(
      (await desk.treeRows('Coins')).filter((row) => /^(BTC|ETH|USDT)/.test(row)),
      [],
    );
    await desk.typeCommand('Loan Desk: Clear Coin Filter');
    await desk.treeRow('Coins', /^AAVE/);
  });

  it('takes rates of a file into the history, says why not, and saves all of them', async () => {
    const line = '2020-01-01T00:00:00Z,2020-01-02T00:00:00Z,ETH,flexible,0.0123,paper';
    const wrong = '2020-01-03T00:00:00Z,2020-01-04T00:00:00Z,ETH,flexible,0.05,mainnet';
    writeFileSync(
      join(folder, 'rates.csv'),
      `from,to,coin,series,annualRate,environment\n${line}\n${wrong}\n`,
    );
    await desk.typeCommand('Loan Desk: Import Rate History…');
    await keyFile(desk, { folder, name: 'rates.csv' });
    await desk.notification(/1 line about 1 coin was taken in.*1 line was refused/);
    await desk.typeCommand('Notifications: Accept Notification Primary Action');
    await desk.editorText(/Line.3:.It.is.a.rate.of.another.environment:.mainnet/);
    await desk.typeCommand('Loan Desk: Export Rate History…');
    await desk.typeRow(/What is the file for/, 'Table', /^Table/);
    await keyFile(desk, { folder, name: 'saved.csv', beside: 'rates.csv' });
    await desk.notification(/lines were saved to .*saved\.csv/);
    assert.ok(readFileSync(join(folder, 'saved.csv'), 'utf8').split('\r\n').includes(line));
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

  it('removes the account, after a question', async () => {
    await desk.typeCommand('Loan Desk: Remove Account…');
    await desk.typeRow(/Choose an account/, '', /^Paper/);
    assert.match(await desk.dialogText(), /Remove Paper/);
    await desk.page.locator('.monaco-dialog-box :focus', { hasText: 'Remove Account' }).waitFor();
    await desk.page.keyboard.press('Enter');
    await desk.pane('Loans').locator('.welcome-view-content').getByText('Try the Paper Account').waitFor();
  });
});
