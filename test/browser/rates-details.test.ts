import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { many, SOME, snapshot } from './messages';
import { THEMES, type ThemeName } from './rates-page';
import { ratesSuite } from './rates-suite';

describe('a row that is open', () => {
  const suite = ratesSuite();
  beforeEach(() => suite.show());

  const details = () => suite.rates.page.locator('.detail');
  /** Top and bottom of the rows in the order of the table, in pixels. */
  const places = (page: Page) =>
    page.locator('.body .row').evaluateAll((rows) =>
      rows
        .map((row) => row.getBoundingClientRect())
        .sort((a, b) => a.top - b.top)
        .map(({ top, bottom }) => ({ top, bottom })),
    );
  async function assertTidy(): Promise<void> {
    const found = await places(suite.rates.page);
    for (const [index, { top }] of found.entries()) {
      const above = found[index - 1];
      if (above !== undefined) assert.ok(Math.abs(above.bottom - top) < 1, `${above.bottom} ${top}`);
    }
  }

  it('shows all it holds with titles and units, and makes room for it', async () => {
    const { rates } = suite;
    await rates.row('ETH').getByRole('button', { name: 'Show Details' }).click();
    const text = ((await details().textContent()) ?? '').replace(/\s+/g, ' ');
    assert.match(text, /Flexible 1\.63 % a year/);
    assert.match(text, /7 days 1\.65 % a year/);
    assert.match(text, /Minimum 0\.001 ETH/);
    await assertTidy();
    await rates.row('ETH').getByRole('button', { name: 'Hide Details' }).click();
    await details().waitFor({ state: 'detached' });
    await assertTidy();
  });

  it('opens by Alt+Enter and from the menu, and the focus stays', async () => {
    const { rates } = suite;
    await rates.page.locator('#filter').focus();
    await rates.page.keyboard.press('ArrowDown');
    await rates.page.keyboard.press('ArrowDown');
    await rates.page.keyboard.press('Alt+Enter');
    await details().waitFor();
    assert.deepEqual(await rates.focused(), { row: 1, column: 0 });
    await rates.page.keyboard.press('ArrowDown');
    assert.deepEqual(await rates.focused(), { row: 2, column: 0 });
    await rates.page.keyboard.press('Shift+F10');
    await rates.page.getByRole('menuitem', { name: 'Show Details' }).click();
    await assertTidy();
    assert.equal(await details().count(), 2);
  });

  it('stays with its row when others come, are sorted or filtered', async () => {
    const { rates } = suite;
    await rates.row('SOL').getByRole('button', { name: 'Show Details' }).click();
    await rates.send(snapshot([...SOME].reverse()));
    await assertTidy();
    assert.equal(await rates.row('SOL').locator('.detail').count(), 1);
    await rates.head('Flexible').click();
    assert.equal(await rates.row('SOL').locator('.detail').count(), 1);
    await rates.page.locator('#filter').fill('BTC');
    await details().waitFor({ state: 'detached' });
    await rates.page.locator('#filter').fill('');
    assert.equal(await rates.row('SOL').locator('.detail').count(), 1);
    await assertTidy();
  });

  it('is found among thousands, and the end is still the end', async () => {
    const { rates } = suite;
    await rates.send(snapshot(many(5_000)));
    await rates.row('C0003').getByRole('button', { name: 'Show Details' }).click();
    await rates.page.locator('.scroller').evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await rates.row('C4999').waitFor();
    const bottom = await rates.row('C4999').evaluate((row) => row.getBoundingClientRect().bottom);
    const end = await rates.page
      .locator('.scroller')
      .evaluate((element) => element.getBoundingClientRect().top + element.clientHeight);
    assert.ok(Math.abs(bottom - end) < 2, `${bottom} ${end}`);
  });

  it('shows all of a long text, with room for it however wide the panel is', async () => {
    const { rates } = suite;
    const { page } = rates;
    const { table, ...rest } = snapshot([]);
    assert.ok(table !== null);
    const columns = [
      ...table.columns.slice(0, 1),
      { id: 'cost', title: 'Flexible', kind: 'cost' as const, hint: null },
      { id: 'details', title: 'Details', kind: 'long' as const, hint: null },
    ];
    const long = 'paid in advance · loan 2355764432681830123456789 · 4.45 % a year · '.repeat(6);
    const note = {
      value: null,
      text: '2.5956 LINK',
      limit: 'offers: 1,937.5 of 20,000 LINK',
      mark: 'weak' as const,
    };
    const rows = many(60).map(({ id, coin }, at) => ({
      id,
      coin,
      deed: null,
      cells: [id, '41.05', at % 2 === 0 ? long : 'short'],
      notes: [null, note, null],
    }));
    await rates.send({ ...rest, table: { ...table, columns, rows } });
    for (const name of ['C0000', 'C0001', 'C0004'])
      await rates.row(name).getByRole('button', { name: 'Show Details' }).click();
    const cut = () =>
      details().evaluateAll((all) =>
        all.flatMap((one) => {
          const room = one.getBoundingClientRect();
          return [...one.querySelectorAll('dd')].flatMap((text) => {
            const range = document.createRange();
            range.selectNodeContents(text);
            const { right, bottom } = range.getBoundingClientRect();
            const isCut = right > room.right || bottom > room.bottom || text.scrollWidth > text.clientWidth;
            return isCut || getComputedStyle(text).overflow !== 'visible' ? [text.textContent] : [];
          });
        }),
      );
    for (const width of [1000, 320, 600, 1400]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForFunction((room) => document.querySelector('.detail')?.clientWidth === room, width);
      // Heights are told before a frame is painted.
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      assert.deepEqual(await cut(), [], `${width} px`);
      await assertTidy();
    }
    // Another row takes the place of what scrolled out, and its height is its own.
    await page.locator('.scroller').evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await rates.row('C0059').waitFor();
    await page.locator('.scroller').evaluate((element) => element.scrollTo(0, 0));
    await rates.row('C0000').waitFor();
    assert.equal(await details().count(), 3);
    assert.deepEqual(await cut(), []);
    await assertTidy();
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`breaks no rule of axe in ${theme}, and is whole in a panel 320 px wide`, async () => {
      await suite.open(theme, { width: 320, height: 600 });
      await suite.show();
      const { rates } = suite;
      await rates.row('ETH').getByRole('button', { name: 'Show Details' }).click();
      assert.deepEqual(await rates.axe(), []);
      await assertTidy();
      const right = await details().evaluate((element) => element.getBoundingClientRect().right);
      assert.ok(right <= 320, String(right));
      mkdirSync('out/screenshots', { recursive: true });
      await rates.page.screenshot({ path: `out/screenshots/details-${theme}.png` });
    });
  }
});
