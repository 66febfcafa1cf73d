import assert from 'node:assert/strict';
import type { ColumnFilter } from '../../src/webview/look-contract';
import { SOME, snapshot, start } from './messages';
import { THEMES, type ThemeName } from './rates-page';
import { ratesSuite } from './rates-suite';

describe('filters of columns', () => {
  const suite = ratesSuite();
  const field = () => suite.rates.page.locator('#condition');

  /** Opens the filter of a column by its icon. */
  async function ask(title: string): Promise<void> {
    await suite.rates.head(title).hover();
    await suite.rates.head(title).getByRole('button').click();
    await field().waitFor();
  }
  async function names(wanted: readonly string[]): Promise<void> {
    await suite.rates.page.getByText(new RegExp(`^${wanted.length} of 5 coins$`)).waitFor();
    assert.deepEqual(await suite.rates.names(), wanted);
  }
  async function kept(): Promise<readonly ColumnFilter[] | undefined> {
    return (await suite.rates.sent('view')).at(-1)?.view.tables[0]?.filters;
  }

  it('hold while they are typed, add to each other, show in head and status, and go by one button', async () => {
    await suite.show();
    const { rates } = suite;
    await ask('Flexible');
    await field().fill('>1.5');
    await names(['ETH', 'USDT', 'SOL']);
    await rates.page.getByRole('button', { name: 'Done' }).click();
    await ask('7 days');
    await field().fill('1..2');
    await names(['ETH']);
    await rates.page.keyboard.press('Escape');
    await rates.page.getByText('Flexible >1.5 % a year · 7 days 1..2 % a year').waitFor();
    assert.equal(await rates.page.locator('.head .filtered').count(), 2);
    assert.deepEqual(await kept(), [
      { column: 'flexible', kind: 'rate', op: '>', values: ['1.5'], period: 'year' },
      { column: 'term7', kind: 'rate', op: '..', values: ['1', '2'], period: 'year' },
    ]);
    await rates.page.locator('#filter').fill('e');
    await rates.page.getByRole('button', { name: 'Clear Filters' }).click();
    await rates.page.getByText('5 coins', { exact: true }).waitFor();
    assert.deepEqual(await kept(), []);
    assert.equal(await rates.page.locator('.head .filtered').count(), 0);
    assert.equal(await rates.page.evaluate(() => document.activeElement?.id), 'filter');
  });

  it('are left by Enter, which then presses nothing else', async () => {
    await suite.show();
    const { rates } = suite;
    await ask('Flexible');
    await field().fill('>1.5');
    await rates.page.keyboard.press('Enter');
    await names(['ETH', 'USDT', 'SOL']);
    assert.equal(await field().isVisible(), false);
    await rates.page.getByRole('button', { name: 'Columns' }).click();
    await rates.page.getByRole('dialog').getByRole('button', { name: 'Done' }).focus();
    await rates.page.keyboard.press('Enter');
    assert.equal(await rates.page.getByRole('dialog').isVisible(), false);
  });

  it('are reached, typed, corrected and left by keys alone', async () => {
    await suite.show();
    const { rates } = suite;
    await rates.page.locator('#filter').focus();
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowRight', 'Alt+ArrowDown'])
      await rates.page.keyboard.press(key);
    await field().waitFor();
    await rates.page.keyboard.type('<abc');
    await rates.page.getByText('That is no number. These pass: >5 · <=3 · 2.5..4').waitFor();
    assert.equal(await field().getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await rates.axe(), []);
    // What is no filter changes nothing.
    assert.deepEqual(await rates.names(), ['BTC', 'ETH', 'USDT', 'USDC', 'SOL']);
    await rates.page.keyboard.press('Control+a');
    await rates.page.keyboard.type('<=1.63');
    await names(['BTC', 'ETH', 'SOL']);
    await rates.page.keyboard.press('Enter');
    assert.deepEqual(await rates.focused(), { row: -1, column: 1 });
    await rates.page.keyboard.press('Alt+ArrowDown');
    assert.equal(await field().inputValue(), '<=1.63');
    await rates.page.keyboard.press('Tab');
    await rates.page.keyboard.press('Enter');
    await rates.page.getByText('5 coins', { exact: true }).waitFor();
  });

  it('name themselves where nothing passes, with the heads still there', async () => {
    await suite.show();
    const { rates } = suite;
    await rates.page.locator('#filter').fill('btc');
    await ask('Flexible');
    await field().fill('5');
    await rates.page.getByText('No coin matches “btc” · Flexible 5 % a year.').waitFor();
    // Typing goes on although the rows are gone.
    assert.equal(await rates.page.evaluate(() => document.activeElement?.id), 'condition');
    await rates.page.keyboard.press('Escape');
    assert.equal(await rates.head('Flexible').isVisible(), true);
    assert.deepEqual(await rates.axe(), []);
    await rates.page.locator('.instead').getByRole('button', { name: 'Clear Filters' }).click();
    await rates.row('SOL').waitFor();
  });

  it('do not close over what is no filter, and leave none of it behind', async () => {
    await suite.show();
    const { rates } = suite;
    const type = async (text: string) => {
      await field().fill('');
      await field().pressSequentially(text);
    };
    const isOpen = () => rates.page.locator('.filter-popup').evaluate((one) => one.matches(':popover-open'));
    await ask('Flexible');
    for (const text of ['2-4', '>5,5', '4..2', '>1 >3']) {
      await type(text);
      await rates.page.keyboard.press('Enter');
      assert.ok(await isOpen(), text);
      await rates.page.getByRole('button', { name: 'Done' }).click();
      assert.ok(await isOpen(), text);
      assert.equal(await rates.page.evaluate(() => document.activeElement?.id), 'condition');
    }
    await rates.page.keyboard.press('Escape');
    await rates.page.getByText('5 coins', { exact: true }).waitFor();
    assert.deepEqual(await kept(), []);
    // What there was before comes back, also where a person just goes elsewhere.
    await ask('Flexible');
    await type('>1.5');
    await rates.page.keyboard.press('Enter');
    await names(['ETH', 'USDT', 'SOL']);
    await ask('Flexible');
    await type('>3 <x');
    await rates.page.locator('#condition-help.notice').waitFor();
    await rates.page.mouse.click(500, 560);
    await names(['ETH', 'USDT', 'SOL']);
    assert.equal(await isOpen(), false);
    await ask('7 days');
    await type('>1.65 <4');
    await rates.page.keyboard.press('Enter');
    await names(['SOL']);
    await rates.page.getByText('7 days >1.65 <4 % a year').waitFor();
  });

  it('keep the unit they were typed in', async () => {
    await suite.show();
    const { rates } = suite;
    await ask('Flexible');
    await field().fill('>1.5');
    await rates.page.keyboard.press('Enter');
    await rates.page.getByRole('radio', { name: 'Hourly' }).check();
    await names(['ETH', 'USDT', 'SOL']);
    await rates.page.getByText('Flexible >1.5 % a year').waitFor();
    await ask('7 days');
    await field().fill('>0.0001');
    await names(['ETH', 'SOL']);
    await rates.page.getByText('7 days >0.0001 % an hour').waitFor();
  });

  it('read numbers as the person writes them', async () => {
    const { rates } = suite;
    await rates.send(start({ locale: 'de' }));
    await rates.send(snapshot(SOME));
    await rates.grid.waitFor();
    await ask('Flexible');
    await field().fill('>1.5');
    await rates.page.getByText('The decimal mark here is “,”').waitFor();
    await field().fill('>1,5');
    await names(['ETH', 'USDT', 'SOL']);
    await rates.page.getByText('Flexible >1,5 % a year').waitFor();
  });

  it('find names by a part of them, and are there again after a reload', async () => {
    await suite.show();
    const { rates } = suite;
    await ask('Coin');
    await field().fill('usd');
    await names(['USDT', 'USDC']);
    await rates.page.reload();
    await rates.sent('ready');
    await suite.show();
    await names(['USDT', 'USDC']);
    await ask('Coin');
    assert.equal(await field().inputValue(), 'usd');
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`break no rule of axe in ${theme}, and fit a narrow panel`, async () => {
      await suite.open(theme, { width: 320, height: 256 });
      await suite.show();
      await ask('Flexible');
      await field().fill('>x');
      assert.deepEqual(await suite.rates.axe(), []);
      const box = await suite.rates.page.locator('.filter-popup').boundingBox();
      assert.ok(
        box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= 320 && box.y + box.height <= 256,
      );
      await suite.rates.page.keyboard.press('Escape');
    });
  }
});
