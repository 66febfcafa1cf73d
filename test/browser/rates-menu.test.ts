import assert from 'node:assert/strict';
import { SOME, snapshot, start } from './messages';
import { SESSION } from './page-server';
import { THEMES, type ThemeName } from './rates-page';
import { ratesSuite } from './rates-suite';

describe('the menu of the tables', () => {
  const suite = ratesSuite();
  beforeEach(() => suite.show());

  const menu = () => suite.rates.page.getByRole('menu');
  const item = (name: string) => suite.rates.page.getByRole('menuitem', { name, exact: true });
  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await suite.rates.page.keyboard.press(key);
  }
  async function enter(): Promise<void> {
    await suite.rates.page.locator('#filter').focus();
    await press('ArrowDown');
  }

  for (const key of ['Shift+F10', 'ContextMenu']) {
    it(`opens by ${key}, is walked by arrows and letters, and gives the focus back`, async () => {
      const { rates } = suite;
      await enter();
      await press('ArrowDown', key);
      await menu().waitFor();
      assert.deepEqual(await rates.axe(), []);
      const focused = () =>
        rates.page.evaluate(() => document.activeElement?.querySelector('span')?.textContent);
      assert.equal(await focused(), 'Borrow ETH');
      await press('ArrowDown', 'ArrowDown');
      assert.equal(await focused(), 'Add ETH to favourites');
      await press('ArrowUp', 'ArrowUp', 'ArrowUp');
      assert.equal(await focused(), 'Select All');
      await press('c', 'c');
      assert.equal(await focused(), 'Copy with Heads');
      await press('Escape');
      await menu()
        .waitFor({ state: 'detached' })
        .catch(() => menu().waitFor({ state: 'hidden' }));
      assert.deepEqual(await rates.focused(), { row: 1, column: 0 });
    });
  }

  it('names keys in the language of the page, and on a Mac as that keyboard has them', async () => {
    const { rates } = suite;
    const strings = { Ctrl: 'Strg', Shift: 'Umschalt', Enter: 'Eingabe', Space: 'Leertaste' };
    const named = async () => {
      await rates.send(start({ strings }));
      await rates.send(snapshot(SOME));
      await rates.row('ETH').locator('[aria-colindex="2"]').click({ button: 'right' });
      const ofRow = await menu().locator('kbd').allTextContents();
      await press('Escape');
      await rates.head('Flexible').click({ button: 'right' });
      const ofHead = await menu().locator('kbd').allTextContents();
      await press('Escape');
      return { ofRow, ofHead };
    };
    const open = async (platform: string) => {
      await rates.page.addInitScript((name) => {
        Object.defineProperty(navigator, 'platform', { get: () => name, configurable: true });
      }, platform);
      await rates.page.reload();
      await rates.sent('ready');
      return await named();
    };
    assert.deepEqual(await open('Win32'), {
      ofRow: ['Eingabe', 'Leertaste', 'Alt+Eingabe', 'Strg+C', 'Strg+Umschalt+C', 'Strg+A'],
      ofHead: ['Eingabe', 'Alt+↓', 'Alt+→', 'Alt+←', 'Alt+Umschalt+←', 'Alt+Umschalt+→'],
    });
    assert.deepEqual(await open('MacIntel'), {
      ofRow: ['Eingabe', 'Leertaste', '⌥Eingabe', '⌘C', '⇧⌘C', '⌘A'],
      ofHead: ['Eingabe', '⌥↓', '⌥→', '⌥←', '⌥⇧←', '⌥⇧→'],
    });
  });

  it('does what a row offers, by a right click', async () => {
    const { rates } = suite;
    const cell = (name: string) => rates.row(name).locator('[aria-colindex="2"]');
    await cell('SOL').click({ button: 'right' });
    await item('Borrow SOL').click();
    assert.deepEqual(await rates.sent('deed'), [
      { type: 'deed', deed: { kind: 'borrow', coin: 'SOL', term: null }, session: SESSION },
    ]);
    await cell('SOL').click({ button: 'right' });
    await item('Copy').click();
    assert.equal((await rates.sent('copy')).at(-1)?.text, '1.63');
    await cell('USDC').click({ button: 'right' });
    assert.equal(await rates.page.getByRole('menuitem', { name: /^Borrow/ }).count(), 0);
    await item('Add USDC to favourites').click();
    assert.equal((await rates.names())[0], 'USDC');
    await cell('ETH').click({ button: 'right' });
    await item('Show History').click();
    const view = (await rates.sent('view')).at(-1)?.view;
    assert.deepEqual([view?.tab, view?.history.coins], ['history', ['ETH']]);
  });

  it('leads from a term to a loan for that term, and from any cell to both ways', async () => {
    const { rates } = suite;
    const { page } = rates;
    const last = async () => (await rates.sent('deed')).at(-1)?.deed;
    const titles = () => page.getByRole('menuitem', { name: /^Borrow/ }).allTextContents();
    const cell = (name: string, at: number) => rates.row(name).locator(`[aria-colindex="${at}"]`);
    await cell('SOL', 3).click();
    await page.keyboard.press('Enter');
    assert.deepEqual(await last(), { kind: 'borrowFixed', coin: 'SOL', term: '7' });
    // Nothing is offered for the term.
    await cell('USDT', 3).click();
    await page.keyboard.press('Enter');
    assert.deepEqual(await last(), { kind: 'borrow', coin: 'USDT', term: null });
    await cell('SOL', 3).click({ button: 'right' });
    const offered = (await titles()).map((title) => title.trim());
    assert.deepEqual(offered, ['Borrow SOL for 7 daysEnter', 'Borrow SOL']);
    await item('Borrow SOL').click();
    assert.deepEqual(await last(), { kind: 'borrow', coin: 'SOL', term: null });
    await cell('SOL', 2).click({ button: 'right' });
    await item('Borrow SOL at a fixed rate').click();
    assert.deepEqual(await last(), { kind: 'borrowFixed', coin: 'SOL', term: null });
  });

  it('sets an alert on a coin, also where nothing can be borrowed', async () => {
    const { rates } = suite;
    await rates.send(snapshot(SOME, { canAct: false }));
    await rates.row('USDC').locator('[aria-colindex="2"]').click({ button: 'right' });
    await item('Add a Rate Alert…').click();
    assert.deepEqual(await rates.sent('deed'), [
      { type: 'deed', deed: { kind: 'addRateAlert', coin: 'USDC', term: null }, session: SESSION },
    ]);
  });

  it('closes by a click elsewhere', async () => {
    const { rates } = suite;
    await rates.row('ETH').locator('[aria-colindex="2"]').click({ button: 'right' });
    await menu().waitFor();
    await rates.page.locator('#filter').click();
    await menu().waitFor({ state: 'hidden' });
  });

  it('has what can be done with a column, on its head', async () => {
    const { rates } = suite;
    await rates.head('7 days').click({ button: 'right' });
    await item('Move Left').click();
    const heads = () => rates.grid.locator('.head .title .name').allTextContents();
    assert.deepEqual(await heads(), ['Coin', '7 days', 'Flexible', 'Minimum']);
    await press('Shift+F10');
    await item('Hide').click();
    assert.deepEqual(await heads(), ['Coin', 'Flexible', 'Minimum']);
    await rates.head('Flexible').click({ button: 'right' });
    await item('Filter…').click();
    await rates.page.locator('#condition').waitFor();
  });

  it('is typed to find a row', async () => {
    const { rates } = suite;
    await enter();
    await press('s');
    assert.deepEqual(await rates.focused(), { row: 4, column: 0 });
    await rates.page.clock.install();
    // Time stands still from here on, so that a slow machine types as fast as any.
    await rates.page.clock.pauseAt(new Date(Date.now() + 60_000));
    await press('u', 's', 'd', 'c');
    assert.deepEqual(await rates.focused(), { row: 3, column: 0 });
    await rates.page.clock.fastForward(2_000);
    await press('/');
    assert.equal(await rates.page.evaluate(() => document.activeElement?.id), 'filter');
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`breaks no rule of axe in ${theme}, in a narrow panel`, async () => {
      await suite.open(theme, { width: 320, height: 400 });
      await suite.show();
      await enter();
      await press('Shift+F10');
      await menu().waitFor();
      assert.deepEqual(await suite.rates.axe(), []);
      const box = await suite.rates.page.locator('.popup.menu').boundingBox();
      assert.ok(
        box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= 320 && box.y + box.height <= 400,
      );
    });
  }
});
