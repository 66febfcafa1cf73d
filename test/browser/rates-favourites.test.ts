import assert from 'node:assert/strict';
import { many } from './messages';
import { SESSION } from './page-server';
import { ratesSuite } from './rates-suite';

describe('favourites in the tables', () => {
  const suite = ratesSuite();
  beforeEach(async () => {
    await suite.show();
    await suite.rates.send({ type: 'favourites', coins: ['SOL'] });
    await suite.rates.page.locator('button.star.on').waitFor();
  });

  it('come from the host and stay on top of every sort', async () => {
    const { rates } = suite;
    assert.deepEqual(await rates.names(), ['SOL', 'BTC', 'ETH', 'USDT', 'USDC']);
    await rates.head('Flexible').click();
    assert.deepEqual(await rates.names(), ['SOL', 'BTC', 'ETH', 'USDT', 'USDC']);
    await rates.head('Flexible').click();
    assert.deepEqual(await rates.names(), ['SOL', 'USDT', 'ETH', 'BTC', 'USDC']);
    await rates.send({ type: 'favourites', coins: [] });
    await rates.page.locator('button.star.on').waitFor({ state: 'detached' });
    assert.deepEqual(await rates.names(), ['USDT', 'ETH', 'SOL', 'BTC', 'USDC']);
  });

  it('are set by the star and told to the host, without a jump', async () => {
    const { rates } = suite;
    await rates.row('USDT').hover();
    await rates.row('USDT').getByRole('button', { name: 'Add USDT to favourites' }).click();
    assert.deepEqual(await rates.names(), ['USDT', 'SOL', 'BTC', 'ETH', 'USDC']);
    await rates.row('SOL').getByRole('button', { name: 'Remove SOL from favourites' }).click();
    assert.deepEqual(await rates.names(), ['USDT', 'BTC', 'ETH', 'USDC', 'SOL']);
    assert.deepEqual(await rates.sent('favourite'), [
      { type: 'favourite', coin: 'USDT', isFavourite: true, session: SESSION },
      { type: 'favourite', coin: 'SOL', isFavourite: false, session: SESSION },
    ]);
    const all = await rates.page.evaluate(() => (window as unknown as { sent: { type: string }[] }).sent);
    assert.ok(all.every(({ type }) => type !== 'deed'));
  });

  it('are set by Space, and taken back by another Space: the cursor goes with its coin', async () => {
    const { rates } = suite;
    await rates.page.locator('#filter').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', ' ']) await rates.page.keyboard.press(key);
    assert.deepEqual(await rates.names(), ['ETH', 'SOL', 'BTC', 'USDT', 'USDC']);
    assert.deepEqual(await rates.focused(), { row: 0, column: 0 });
    await rates.page.getByRole('rowheader', { name: 'ETH, favourite' }).waitFor();
    await rates.row('SOL').hover();
    assert.deepEqual(await rates.axe(), []);
    await rates.page.keyboard.press(' ');
    assert.deepEqual(await rates.names(), ['SOL', 'BTC', 'ETH', 'USDT', 'USDC']);
    assert.deepEqual(await rates.focused(), { row: 2, column: 0 });
  });

  it('are brought into sight by keys, and scroll nothing by the mouse', async () => {
    const { rates } = suite;
    const { page } = rates;
    await suite.show(many(300));
    await rates.row('C0000').locator('[aria-colindex="2"]').click();
    const top = () => rates.grid.locator('.scroller').evaluate(({ scrollTop }) => scrollTop);
    await page.keyboard.press('Control+End');
    const end = await top();
    assert.ok(end > 1_000);
    await rates.row('C0298').hover();
    await rates.row('C0298').getByRole('button', { name: 'Add C0298 to favourites' }).click();
    assert.equal(await top(), end);
    assert.equal((await rates.sent('favourite')).at(-1)?.coin, 'C0298');
    await page.keyboard.press('Control+End');
    await page.keyboard.press(' ');
    assert.equal((await rates.sent('favourite')).at(-1)?.coin, 'C0299');
    assert.ok((await rates.focused())?.row === 1 && (await top()) < 100);
    await page.keyboard.press(' ');
    const { coin, isFavourite } = (await rates.sent('favourite')).at(-1) ?? {};
    assert.deepEqual([coin, isFavourite], ['C0299', false]);
  });
});
