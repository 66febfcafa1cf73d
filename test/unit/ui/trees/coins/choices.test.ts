import assert from 'node:assert/strict';
import { CoinChoices, type Keeper } from '../../../../../src/ui/trees/coins/choices';

/** A memento: what is kept goes through JSON, as VS Code's does. */
class FakeKeeper implements Keeper {
  readonly kept = new Map<string, string>();

  get(key: string): unknown {
    const text = this.kept.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.kept.set(key, JSON.stringify(value));
  }
}

describe('the choices of the Coins tree', () => {
  it('begin with all coins by name', () => {
    const choices = new CoinChoices(new FakeKeeper(), () => undefined);
    assert.deepEqual(choices.current, { filter: '', order: 'name', favourites: new Set() });
  });

  it('come back after a restart', async () => {
    const keeper = new FakeKeeper();
    const choices = new CoinChoices(keeper, () => undefined);
    await choices.setFilter(' usd ');
    await choices.setOrder('flexible');
    await choices.toggleFavourite('__proto__');
    await choices.toggleFavourite('BTC');
    await choices.toggleFavourite('BTC');
    const again = new CoinChoices(keeper, () => undefined);
    assert.deepEqual(again.current, {
      filter: 'usd',
      order: 'flexible',
      favourites: new Set(['__proto__']),
    });
  });

  it('set a favourite as often as one likes, and none that could not be kept', async () => {
    const keeper = new FakeKeeper();
    const choices = new CoinChoices(keeper, () => undefined);
    await choices.setFavourite('BTC', true);
    await choices.setFavourite('BTC', true);
    await choices.setFavourite('ETH', false);
    await choices.setFavourite('x'.repeat(401), true);
    assert.deepEqual(choices.current.favourites, new Set(['BTC']));
    for (let n = 0; n < 1_000; n += 1) await choices.setFavourite(`C${n}`, true);
    assert.equal(new CoinChoices(keeper, () => undefined).current.favourites.size, 1_000);
    await choices.setFavourite('BTC', false);
    assert.equal(choices.current.favourites.has('BTC'), false);
  });

  it('tell of every change, with a new value each time', async () => {
    const seen: unknown[] = [];
    const choices: CoinChoices = new CoinChoices(new FakeKeeper(), () => seen.push(choices.current));
    await choices.toggleFavourite('BTC');
    choices.tryFilter('u');
    await choices.setOrder('fixed');
    assert.equal(new Set(seen).size, 3);
  });

  it('keep a filter only when it was accepted', async () => {
    const keeper = new FakeKeeper();
    const choices = new CoinChoices(keeper, () => undefined);
    choices.tryFilter('us');
    assert.equal(choices.current.filter, 'us');
    assert.equal(keeper.kept.size, 0);
  });

  it('forget what was kept and makes no sense', () => {
    const bad: readonly unknown[] = [
      42,
      { filter: 'a', order: 'toString', favourites: [] },
      { filter: 'a', order: 'name', favourites: [1] },
      { filter: 'x'.repeat(500), order: 'name', favourites: [] },
      { filter: 'a', order: 'name' },
    ];
    for (const value of bad) {
      const keeper = new FakeKeeper();
      keeper.kept.set('loanDesk.coins', JSON.stringify(value));
      assert.equal(new CoinChoices(keeper, () => undefined).current.filter, '', JSON.stringify(value));
    }
  });
});
