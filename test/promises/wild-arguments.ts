import { pick } from './scale';

/** What nobody would type on purpose, and what somebody would. */
export const TEXTS = [
  '0.01',
  '0.001',
  '100',
  '1',
  'max',
  '1,5',
  '1.000',
  '-1',
  '1e3',
  'NaN',
  '',
  '9'.repeat(400),
  'BTC',
  '😀',
  '<img>',
];
const COINS = [
  'BTC',
  'ETH',
  'USDT',
  'SOL',
  '__proto__',
  'constructor',
  '',
  '😀',
  '=HYPERLINK(1)',
  'x'.repeat(400),
  'x'.repeat(5000),
];

/** Arguments as another extension, a link or a keybinding could hand them over. */
export function argumentsOf(random: () => number, accounts: readonly string[]): readonly unknown[] {
  const wild = (): unknown =>
    pick<unknown>(random, [
      undefined,
      null,
      true,
      0,
      Number.NaN,
      10n,
      Symbol('x'),
      [],
      {},
      () => true,
      new Map(),
      new Proxy({}, {}),
      ...TEXTS,
      ...COINS,
    ]);
  const subject: Record<string, unknown> = {};
  const some = (name: string, value: () => unknown) => {
    if (random() < 0.5) subject[name] = random() < 0.15 ? wild() : value();
  };
  some('coin', () => pick(random, COINS));
  some('amount', () => pick(random, TEXTS));
  some('sold', () => pick(random, COINS));
  some('term', () => pick(random, ['7', '30', '180', ...TEXTS]));
  some('direction', () => pick(random, ['add', 'reduce', 'withdraw']));
  some('record', () => pick(random, ['1', '2161229378942404216', ...TEXTS]));
  some('operationId', () => pick(random, TEXTS));
  some('accountId', () => pick(random, accounts));
  for (const name of [
    'confirm',
    'confirmed',
    'yes',
    'force',
    'execute',
    'skipReview',
    'host',
    'operation',
    'then',
    'toJSON',
  ]) {
    if (random() < 0.2)
      subject[name] = pick<unknown>(random, [true, 1, 'yes', () => true, { kind: 'flexible.borrow' }]);
  }
  return pick<readonly unknown[]>(random, [
    [subject],
    [{ about: subject }],
    [subject, subject],
    [wild()],
    [],
    [{ about: wild() }],
    [[subject]],
  ]);
}
