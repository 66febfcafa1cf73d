import assert from 'node:assert/strict';
import { words } from '../../../../src/bybit/words';
import type { Remark } from '../../../../src/ui/flow/question';
import { fileStep, inputStep, manyStep, pickStep } from '../../../../src/ui/flow/steps';
import { type Flow, type Step, walk } from '../../../../src/ui/flow/walk';
import { verbatim } from '../../../../src/ui/tree/row';
import { Escaped, RecordedUser } from './recorded-user';

interface Order {
  readonly coin?: string;
  readonly kinds?: readonly string[];
  readonly amounts: ReadonlyMap<string, string>;
}
const EMPTY: Order = { amounts: new Map() };

function rows(...values: readonly string[]) {
  return values.map((value) => ({ value, label: verbatim(value) }));
}

const coin = pickStep<Order, string>(
  'coin',
  (order) => ({ choices: () => rows('BTC', 'ETH'), isCurrent: (value) => value === order.coin }),
  (order, value) => ({ ...order, coin: value }),
);
const kinds = manyStep<Order, string>(
  'kinds',
  (order) => ({
    choices: () => rows('USDT', 'SOL', 'XRP'),
    isPicked: (value) => order.kinds?.includes(value) === true,
    remark: (picked): Remark | undefined =>
      picked.length > 0 ? undefined : { severity: 'error', words: words('Pick one.') },
  }),
  (order, value) => ({ ...order, kinds: value }),
);
function amount(of: string): Step<Order> {
  return inputStep<Order>(
    `amount.${of}`,
    (order) => ({
      prompt: words('How much {0}?', of),
      text: order.amounts.get(of) ?? '',
      check: (text): Remark | undefined =>
        /^\d+$/.test(text) ? undefined : { severity: 'error', words: words('Digits only.') },
    }),
    (order, value) => ({ ...order, amounts: new Map(order.amounts).set(of, value) }),
  );
}
const flow: Flow<Order> = {
  title: words('Borrow'),
  plan: (order) => [coin, kinds, ...(order.kinds ?? []).map(amount)],
};

describe('a flow', () => {
  it('asks its steps in order and counts those still to come', async () => {
    const user = new RecordedUser().picks('ETH').ticks('USDT', 'SOL').types('5').types('7');
    const order = await walk(flow, user, EMPTY);
    user.done();
    assert.equal(order.coin, 'ETH');
    assert.deepEqual(
      [...order.amounts],
      [
        ['USDT', '5'],
        ['SOL', '7'],
      ],
    );
    assert.deepEqual(
      user.seen.map(({ step }) => step),
      ['1/2', '2/2', '3/4', '4/4'],
    );
  });

  it('shows earlier answers again on the way back and forgets nothing on the way on', async () => {
    const user = new RecordedUser()
      .picks('ETH')
      .ticks('USDT', 'SOL')
      .types('5')
      .backs()
      .backs()
      .accepts()
      .accepts()
      .types('7');
    const order = await walk(flow, user, EMPTY);
    user.done();
    assert.equal(order.coin, 'ETH');
    assert.deepEqual(
      [...order.amounts],
      [
        ['USDT', '5'],
        ['SOL', '7'],
      ],
    );
    const again = user.seen.filter(({ rows: [first] }) => first === 'How much USDT?');
    assert.deepEqual(
      again.map(({ text }) => text),
      ['', '5', '5'],
    );
  });

  it('leaves out steps that changed answers no longer call for', async () => {
    const user = new RecordedUser().picks('BTC').ticks('USDT', 'SOL').types('5').backs().backs();
    user.ticks('XRP').types('9');
    const order = await walk(flow, user, EMPTY);
    user.done();
    assert.deepEqual(user.last.step, '3/3');
    assert.deepEqual(order.kinds, ['XRP']);
  });

  it('cannot go back from its first step', async () => {
    const user = new RecordedUser().backs();
    await assert.rejects(walk(flow, user, EMPTY), /does not answer/);
  });

  it('stays at an answer with an error, and says so', async () => {
    const user = new RecordedUser().picks('BTC').ticks().ticks('USDT').types('x').types('5');
    await walk(flow, user, EMPTY);
    user.done();
    assert.deepEqual(user.last.remarks, ['error: Digits only.']);
  });

  it('passes an escape on from every step', async () => {
    const whole = [
      (user: RecordedUser) => user.picks('BTC'),
      (user: RecordedUser) => user.ticks('USDT'),
      (user: RecordedUser) => user.types('5'),
    ];
    for (const [index] of whole.entries()) {
      const user = new RecordedUser();
      for (const act of whole.slice(0, index)) act(user);
      await assert.rejects(walk(flow, user.escapes(), EMPTY), Escaped);
      user.done();
    }
  });

  it('returns from a late failure to the step it is about, with the reason and everything typed', async () => {
    let failures = 1;
    const last: Step<Order> = {
      id: 'last',
      ask: async (context) => {
        failures -= 1;
        const notice: Remark = { severity: 'error', words: words('Too much USDT.') };
        return failures < 0
          ? { kind: 'forward', context }
          : { kind: 'return', to: 'amount.USDT', context, notice };
      },
    };
    const user = new RecordedUser().picks('BTC').ticks('USDT', 'SOL').types('5').types('7');
    user.types('4').accepts();
    const order = await walk({ ...flow, plan: (now) => [...flow.plan(now), last] }, user, EMPTY);
    user.done();
    assert.deepEqual(
      user.seen.map(({ notice }) => notice),
      ['', '', '', '', 'Too much USDT.', ''],
    );
    assert.deepEqual(
      [...order.amounts],
      [
        ['USDT', '4'],
        ['SOL', '7'],
      ],
    );
  });

  it('begins in the middle when told to', async () => {
    const start: Order = { coin: 'BTC', kinds: ['SOL'], amounts: new Map() };
    const notice: Remark = { severity: 'warning', words: words('The price has moved.') };
    const user = new RecordedUser().backs().accepts().types('3');
    const order = await walk(flow, user, start, { at: 'amount.SOL', notice });
    user.done();
    assert.deepEqual(
      user.seen.map(({ step, notice: said }) => `${step} ${said}`),
      ['3/3 The price has moved.', '2/3 ', '3/3 '],
    );
    assert.equal(order.amounts.get('SOL'), '3');
  });

  it('goes back from a file that cannot be used, and says why', async () => {
    const key = fileStep<Order>(
      'file',
      () => ({ open: words('Use') }),
      async (context, path) =>
        path === 'good'
          ? { context: { ...context, coin: path } }
          : { problem: { severity: 'error', words: words('No key in it.') } },
    );
    const user = new RecordedUser()
      .picks('BTC')
      .opens('bad')
      .accepts()
      .opens(undefined)
      .accepts()
      .opens('good');
    const order = await walk({ title: words('Key'), plan: () => [coin, key] }, user, EMPTY);
    user.done();
    assert.equal(order.coin, 'good');
    assert.deepEqual(
      user.seen.filter(({ kind }) => kind === 'pick').map(({ notice }) => notice),
      ['', 'No key in it.', ''],
    );
  });
});

describe('the recorded user', () => {
  it('fails when an answer is left over', async () => {
    const user = new RecordedUser().picks('BTC').ticks('USDT').types('5').types('6');
    await walk(flow, user, EMPTY);
    assert.throws(() => user.done(), /Never asked for/);
  });

  it('fails when an answer is missing', async () => {
    await assert.rejects(walk(flow, new RecordedUser().picks('BTC'), EMPTY), /Nobody knows/);
  });
});
