import assert from 'node:assert/strict';
import { deskSuite } from './desk-suite';
import type { Workbench } from './driver';

/** What a loan would cost, out of offers that the page has read as it needs them. */
describe('the story of a cost', () => {
  const suite = deskSuite();
  let desk: Workbench;

  before(async () => {
    ({ desk } = suite);
    await desk.openContainer('Loan Desk');
    await desk.pane('Loans').locator('.welcome-view-content').getByText('Try the Paper Account').click();
    await desk.treeRow('Loans', /^Legacy loans \(5\)/);
    await desk.command('Loan Desk: Open Rates');
  });

  it('is asked for in one sentence, and rests on the offers of what is in sight', async () => {
    const page = await desk.webview();
    await page.getByRole('grid').waitFor();
    await page.getByLabel('Cost of').fill('250,000 USDT for 14 days');
    await page.getByLabel('Cost of').press('Tab');
    await page.getByText(/offers read: [1-9]\d* of \d+/).waitFor();
    assert.equal(await page.getByLabel('Cost of').inputValue(), '250,000 USDT');
    assert.equal(await page.getByLabel('Days', { exact: true }).inputValue(), '14');
    await page.getByText('offers unread').first().waitFor({ state: 'attached' });
  });

  it('rests on those of all coins where the order needs them', async () => {
    const page = await desk.webview();
    await page.getByRole('columnheader', { name: /^30 days/ }).click();
    // Paced, so that it takes its time.
    await page.getByText(/offers read: (\d+) of \1(?!\d)/).waitFor({ timeout: 150_000 });
    await page.getByText('More are being read…').waitFor({ state: 'detached' });
    assert.equal(await page.getByText('offers unread').count(), 0);
    const again = page.getByRole('button', { name: 'Sort Again' });
    if (await again.isVisible()) await again.click();
    await desk.screenshot('costs');
  });
});
