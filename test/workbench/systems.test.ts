import assert from 'node:assert/strict';
import { deskSuite } from './desk-suite';
import type { Workbench } from './driver';

/** The other loan systems by clicks and keys: fixed terms from both sides, legacy loans, the risk unit. */
describe('the stories of the other loan systems', () => {
  const suite = deskSuite();
  let desk: Workbench;

  before(async () => {
    ({ desk } = suite);
    await desk.openContainer('Loan Desk');
    await desk.pane('Loans').locator('.welcome-view-content').getByText('Try the Paper Account').click();
    await desk.treeRow('Loans', /^Legacy loans \(5\)/);
  });

  it('shows a table of everything that is lent, and leads from its rows into the flows', async () => {
    await desk.command('Loan Desk: Open Rates');
    const page = await desk.webview();
    const tab = async (name: string, count: RegExp) => {
      await page.getByRole('tab', { name, exact: true }).click();
      await page.locator('.status [role=status]').getByText(count).waitFor({ timeout: 60_000 });
      await page.getByRole('grid').waitFor();
      await desk.screenshot(`table-${name.toLowerCase().replace(' ', '-')}`);
    };
    const row = (name: RegExp) => page.getByRole('row', { name }).first();
    await tab('Borrow', /^\d+ coins$/);
    await tab('Legacy', /^\d+ coins$/);
    await tab('Institutional', /^5 products$/);
    await tab('Collateral', /^\d+ tiers$/);
    await tab('Lend', /^\d+ coins$/);
    await row(/^ETH/).getByRole('gridcell').first().click();
    await row(/^ETH/).getByRole('button', { name: 'Lend ETH', exact: true }).click();
    assert.match(await desk.quickTitle('Lend at a Fixed Rate'), /Lend/);
    await desk.quickRow(/^30 days/);
    await desk.escape();
    await tab('Fixed market', /^\d+ levels$/);
    assert.equal(await page.locator('#coin').inputValue(), 'ETH');
    await row(/^Lender/)
      .getByRole('gridcell')
      .first()
      .click();
    await row(/^Lender/)
      .getByRole('button', { name: 'Borrow ETH for 7 days' })
      .click();
    await desk.quickTitle('Borrow at a Fixed Rate');
    await desk.quickRow(/at this rate/);
    await desk.escape();
    await desk.command('View: Close Editor');
  });

  it('borrows for a term with the offers in sight, and repays the contract', async () => {
    await desk.command('Loan Desk: Borrow at a Fixed Rate…');
    await desk.quickTitle('Borrow at a Fixed Rate');
    await desk.quickType(/Which coin/, 'ETH');
    await desk.quickPick(/^ETH/);
    await desk.quickRow(/^30 days.*offered/);
    await desk.screenshot('fixed-terms');
    await desk.quickPick(/^30 days/);
    await desk.quickRow(/at this rate/);
    await desk.quickType(/At most which rate/, '5');
    await desk.quickPick(/^5 % a year/);
    // The least there is: no offer is smaller, so the order never becomes two contracts, whatever the market of the day.
    await desk.quickAmount('ETH', '0.1');
    await desk.quickPick(/^Turn into a flexible loan/);
    await desk.quickTick(/^USDT/);
    await desk.quickOk();
    await desk.quickPick(/^All of it/);
    await desk.quickRow(/^Borrow 0\.1 ETH for 30 days/);
    const review = (await desk.quickRows()).join('\n');
    assert.match(review, /not given back/);
    await desk.screenshot('fixed-review');
    await desk.quickPick(/^Borrow 0\.1 ETH for 30 days/);
    await desk.notification(/The order|the order/);
    await desk.dismissNotifications();
    // Orders are matched once a minute.
    await desk.treeRow('Loans', /^0\.1 ETH.*due in/, 120_000);
    await desk.screenshot('fixed-loan');
    await desk.treeAction('Loans', /^0\.1 ETH.*due in/, 'Repay');
    await desk.quickPick(/^Repay fixed loan/);
    await desk.notification(/Repay fixed loan/);
    await desk.dismissNotifications();
  });

  it('lends, sees the order wait, and cancels it', async () => {
    await desk.command('Loan Desk: Lend at a Fixed Rate…');
    await desk.quickType(/Which coin/, 'USDC');
    await desk.quickPick(/^USDC/);
    await desk.quickPick(/^30 days/);
    await desk.quickType(/At least which rate/, '90');
    await desk.quickPick(/^90 % a year/);
    await desk.quickAmount('USDC', '5000');
    await desk.quickRow(/^Supply 5,000 USDC/);
    assert.match((await desk.quickRows()).join('\n'), /Net interest for 30 days/);
    await desk.screenshot('supply-review');
    await desk.quickPick(/^Supply 5,000 USDC/);
    await desk.notification(/Supply 5,000 USDC/);
    await desk.dismissNotifications();
    await desk.treeAction('Loans', /^Lend 5,000 USDC/, 'Cancel an Order');
    await desk.quickPick(/^Cancel what is open/);
    await desk.notification(/Cancel what is open/);
    await desk.dismissNotifications();
  });

  it('repays part of a legacy loan from its row', async () => {
    await (await desk.treeRow('Loans', /^Legacy loans/)).click();
    await desk.treeAction('Loans', /SOL.*LTV/, 'Repay');
    await desk.quickAmount('SOL', '5');
    await desk.quickPick(/^Repay 5 SOL of legacy loan/);
    await desk.notification(/Repay 5 SOL of legacy loan/);
    await desk.dismissNotifications();
    await desk.treeRow('Loans', /^15\.\d+ SOL/);
  });

  it('repays the risk unit after a warning, and refuses a second time meanwhile', async () => {
    await (await desk.treeRow('Loans', /^Institutional unit/)).click();
    await desk.treeAction('Loans', /principal 255,000 USDT/, 'Repay');
    await desk.quickAmount('USDT', '1000');
    await desk.quickRow(/^Repay 1,000 USDT of the institutional loan/);
    assert.match((await desk.quickRows()).join('\n'), /urgent cases/);
    await desk.screenshot('unit-review');
    await desk.quickPick(/^Repay 1,000 USDT of the institutional loan/);
    await desk.treeRow('Loans', /Repay 1,000 USDT of the institutional loan/, 120_000);
    await desk.command('Loan Desk: Borrow…');
    await desk.notification(/no end yet/);
    await desk.screenshot('unit-repaying');
  });
});
