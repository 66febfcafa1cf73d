import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import { deskSuite } from './desk-suite';
import type { Workbench } from './driver';

const THEMES = ['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast'];
const PANELS = ['Open Rates', 'Open Position', 'Open Account History'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What holds figures: rows of a grid or of a table, and cards. */
const FIGURES = 'main [role=grid] .body [role=row], main table td, main .card';

/** Rules of axe that a page breaks, with where. */
async function broken(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(axe.source);
  const { violations } = await frame.evaluate<axe.AxeResults>(
    `axe.run(document, ${JSON.stringify({ runOnly: RULES })})`,
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
  );
}

/** Waits until there is something to judge: figures, not what stands in their place while they are on their way. */
async function figured(page: Frame, tab: string): Promise<void> {
  await page.locator('.loading').waitFor({ state: 'detached' });
  if (tab === 'History') await page.locator('figure canvas, .chart canvas').nth(2).waitFor();
  else await page.locator(FIGURES).first().waitFor();
}

/** Every panel and every tab of it, in the real workbench, in every kind of theme. */
describe('the panels in every kind of theme', function () {
  // Nine tabs in four themes.
  this.timeout(600_000);
  const suite = deskSuite();
  let desk: Workbench;

  before(async () => {
    ({ desk } = suite);
    await desk.openContainer('Loan Desk');
    await desk.pane('Loans').locator('.welcome-view-content').getByText('Try the Paper Account').click();
    await desk.treeRow('Loans', /^Legacy loans/);
  });

  for (const panel of PANELS) {
    it(`break no rule of axe: ${panel}`, async () => {
      await desk.command(`Loan Desk: ${panel}`);
      await (await desk.webview()).locator('main').waitFor();
      for (const theme of THEMES) {
        await desk.wear(theme);
        const page = await desk.webview();
        const tabs = page.getByRole('tab');
        await page.locator('main').waitFor();
        for (let index = 0; index < Math.max(1, await tabs.count()); index += 1) {
          const tab = tabs.nth(index);
          const name = (await tabs.count()) === 0 ? '' : ((await tab.textContent()) ?? '').trim();
          if (name !== '') {
            await tab.click();
            await page.locator('[role=tabpanel]').first().waitFor();
          }
          await figured(page, name);
          await desk.screenshot(`${panel} ${name} ${theme}`.toLowerCase().replace(/\W+/g, '-'));
          assert.deepEqual(await broken(page), [], `${name} in ${theme}`);
        }
      }
      await desk.command('View: Close Editor');
    });
  }
});
