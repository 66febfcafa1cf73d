import assert from 'node:assert/strict';
import { many } from './messages';
import { ratesSuite } from './rates-suite';

describe('copying and saving what is shown', () => {
  const suite = ratesSuite();
  beforeEach(() => suite.show());

  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await suite.rates.page.keyboard.press(key);
  }
  const copied = async () => (await suite.rates.sent('copy')).at(-1)?.text;
  const chosen = () => suite.rates.grid.locator('.body [aria-selected="true"]').count();
  async function enter(): Promise<void> {
    await suite.rates.page.locator('#filter').focus();
    await press('ArrowDown', 'Control+Home');
  }

  it('copies the cell, exactly, with its head where that is wanted', async () => {
    await enter();
    await press('ArrowRight', 'Control+c');
    assert.equal(await copied(), '1.38');
    await press('Control+Shift+C');
    assert.equal(await copied(), 'Flexible (% a year)\n1.38');
    await press('ArrowUp', 'Control+c');
    assert.equal(await copied(), 'Flexible (% a year)');
  });

  it('copies the rows that shift and arrows chose, in the order shown', async () => {
    const { rates } = suite;
    await rates.head('Flexible').click();
    await rates.head('Flexible').click();
    await enter();
    await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowUp');
    assert.equal(await chosen(), 2);
    assert.deepEqual(await rates.axe(), []);
    await press('Control+c');
    assert.equal(await copied(), 'USDT\t5\t\t10\nETH\t1.63\t1.65\t0.001');
    await press('Escape');
    assert.equal(await chosen(), 0);
    await press('Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp');
    assert.equal(await chosen(), 2);
    await press('ArrowDown');
    assert.equal(await chosen(), 0);
  });

  it('copies rows chosen by clicks, and all of them by Control+A, also those not drawn', async () => {
    const { rates } = suite;
    await suite.show(many(3_000));
    await rates.row('C0001').locator('[aria-colindex="2"]').click();
    await rates
      .row('C0003')
      .locator('[aria-colindex="2"]')
      .click({ modifiers: ['Shift'] });
    assert.equal(await chosen(), 3);
    await press('Control+a', 'Control+Shift+C');
    const lines = (await copied())?.split('\n');
    assert.equal(lines?.length, 3_001);
    assert.equal(lines[0], 'Coin\tFlexible (% a year)\t7 days (% a year)\tMinimum (of the coin)');
    assert.match(lines[3_000] ?? '', /^C2999\t/);
    await rates.row('C0002').locator('[aria-colindex="2"]').click();
    assert.equal(await chosen(), 0);
  });

  it('saves what is shown: filtered, sorted, with the columns chosen', async () => {
    const { rates } = suite;
    await rates.head('Flexible').click();
    await rates.head('7 days').focus();
    await press('Alt+Shift+ArrowLeft');
    await rates.page.locator('#filter').fill('usd');
    await rates.page.getByRole('button', { name: 'CSV…' }).click();
    const [message] = await rates.sent('export');
    assert.deepEqual(message?.sheet, {
      columns: [
        { title: 'Coin', isNumber: false },
        { title: '7 days (% a year)', isNumber: true },
        { title: 'Flexible (% a year)', isNumber: true },
        { title: 'Minimum (of the coin)', isNumber: true },
      ],
      rows: [
        ['USDT', null, '5', '10'],
        ['USDC', '4', null, '10'],
      ],
    });
    await rates.page.locator('#filter').fill('nope');
    assert.equal(await rates.page.getByRole('button', { name: 'CSV…' }).isDisabled(), true);
  });
});
