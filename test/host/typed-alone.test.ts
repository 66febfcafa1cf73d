import assert from 'node:assert/strict';
import { words } from '../../src/bybit/words';
import { askOne } from '../../src/ui/flow/quick-pick';
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
