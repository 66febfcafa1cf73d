import assert from 'node:assert/strict';
import { words } from '../../src/bybit/words';
import { askMany, askOne } from '../../src/ui/flow/quick-pick';
import { Person } from './person';

const FRAME = { title: [words('Borrow')], step: 1, steps: 1, canGoBack: false, notice: undefined };

describe('a list in order beside which something is typed', () => {
  let person: Person;
  before(() => {
    person = new Person();
  });
  after(() => person.leaves());

  it('is left away while something is typed, and comes back in its order', async () => {
    const answer = askOne<string>(
      {
        choices: () => ['4.20', '4.60', '5.60'].map((rate) => ({ value: rate, label: words('{0} %', rate) })),
        typed: (text) => ({ value: text, label: words('{0} %', text) }),
        isTypedAlone: true,
      },
      FRAME,
    );
    const field = await person.looks();
    // A question alone needs no count.
    assert.deepEqual([field.step, field.totalSteps], [undefined, undefined]);
    const labels = () => field.items.map(({ label }) => label);
    const type = async (text: string) => {
      await new Promise<void>((resolve) => {
        const heard = field.onDidChangeValue(() => {
          heard.dispose();
          resolve();
        });
        field.value = text;
      });
      return labels();
    };
    assert.deepEqual(labels(), ['4.20 %', '4.60 %', '5.60 %']);
    assert.deepEqual(await type('4.2'), ['4.2 %']);
    assert.deepEqual(await type(''), ['4.20 %', '4.60 %', '5.60 %']);
    assert.deepEqual(await type('4.6'), ['4.6 %']);
    await person.enters();
    assert.deepEqual(await answer, { kind: 'answer', value: '4.6' });
  });
});

describe('a list of which too little is ticked', () => {
  let person: Person;
  before(() => {
    person = new Person();
  });
  after(() => person.leaves());

  it('answers OK with the reason, also when prices move, and says again what is ticked once something is', async () => {
    let needed = '750.00 USD';
    let redraw: (() => void) | undefined;
    const why = () => words('Tick coins to pledge: {0} more must count', needed);
    const answer = askMany<string>(
      {
        choices: () => ['BTC', 'ETH'].map((coin) => ({ value: coin, label: words('{0}', coin) })),
        remark: (picked) =>
          picked.length === 0
            ? { severity: 'error', words: why() }
            : { severity: 'info', words: words('Enough') },
        watch: (draw) => {
          redraw = draw;
          return () => undefined;
        },
      },
      { ...FRAME, step: 2, steps: 3 },
    );
    const field = await person.looks();
    assert.deepEqual([field.step, field.totalSteps], [2, 3]);
    assert.equal(field.placeholder, 'Tick coins to pledge: 750.00 USD more must count');
    await person.enters();
    await person.isShown();
    const told = 'Not yet: Tick coins to pledge: 750.00 USD more must count';
    assert.equal(field.placeholder, told);
    if ('prompt' in field) assert.equal(field.prompt, told);
    needed = '740.00 USD';
    redraw?.();
    assert.equal(field.placeholder, 'Not yet: Tick coins to pledge: 740.00 USD more must count');
    field.selectedItems = field.items.slice(1);
    await person.isShown();
    assert.equal(field.placeholder, 'Enough');
    // The line stays, and with it the rows where they are.
    if ('prompt' in field) assert.equal(field.prompt, 'Enough');
    await person.enters();
    assert.deepEqual(await answer, { kind: 'answer', value: ['ETH'] });
  });
});
