import assert from 'node:assert/strict';
import { words } from '../../src/bybit/words';
import { askOne } from '../../src/ui/flow/quick-pick';
import { Person } from './person';

const FRAME = { title: [words('Borrow')], step: 1, steps: 1, canGoBack: false, notice: undefined };

describe('a list that is drawn anew while an Enter is on its way', () => {
  let person: Person;
  before(() => {
    person = new Person();
  });
  after(() => person.leaves());

  /** Asks for one of the coins, which may change while it stands. */
  function ask(coins: readonly string[]) {
    let shown = coins;
    let redraw: () => void = () => undefined;
    const answer = askOne<string>(
      {
        // A name in brackets only informs.
        choices: () =>
          shown.map((coin) => ({
            value: coin.startsWith('(') ? undefined : coin,
            label: words('{0}', coin),
          })),
        watch: (again) => {
          redraw = again;
          return () => undefined;
        },
      },
      FRAME,
    );
    const change = (to: readonly string[]) => {
      shown = to;
      redraw();
    };
    return { answer, change };
  }

  it('takes no neighbour of the row that was seen, but marks that one', async () => {
    const { answer, change } = ask(['BTC', 'ETH', 'SOL']);
    const field = await person.looks();
    field.activeItems = field.items.filter(({ label }) => label === 'ETH');
    await person.enters(() => change(['ADA', 'BTC', 'ETH', 'SOL']));
    await person.enters();
    assert.deepEqual(await answer, { kind: 'answer', value: 'ETH' });
  });

  it('takes the row that was seen at once where it stands where it stood', async () => {
    const { answer, change } = ask(['BTC', 'ETH', 'SOL']);
    const field = await person.looks();
    field.activeItems = field.items.filter(({ label }) => label === 'ETH');
    await person.enters(() => change(['BTC', 'ETH', 'TON']));
    assert.deepEqual(await answer, { kind: 'answer', value: 'ETH' });
  });

  it('takes what was pressed after it was on the screen, wherever rows went', async () => {
    const { answer, change } = ask(['BTC', 'ETH', 'SOL']);
    const field = await person.looks();
    change(['SOL', 'ETH', 'BTC']);
    field.activeItems = field.items.filter(({ label }) => label === 'BTC');
    await person.isShown();
    await person.enters();
    assert.deepEqual(await answer, { kind: 'answer', value: 'BTC' });
  });

  it('keeps the row that a person is at, also one that only informs', async () => {
    const { answer, change } = ask(['BTC', '(LTV)', 'SOL']);
    const field = await person.looks();
    field.activeItems = field.items.filter(({ label }) => label === '(LTV)');
    await person.isShown();
    change(['BTC', '(LTV)', 'TON']);
    await person.isShown();
    assert.deepEqual(
      field.activeItems.map(({ label }) => label),
      ['(LTV)'],
    );
    field.activeItems = field.items.filter(({ label }) => label === 'TON');
    await person.enters();
    assert.deepEqual(await answer, { kind: 'answer', value: 'TON' });
  });
});
