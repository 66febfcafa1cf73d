import assert from 'node:assert/strict';
import type { OperationParams } from '../../../../src/desk/operation';
import { book } from '../books';
import { BOOK, type Change, check, d, map, told } from './situations';

type Held = Readonly<Record<string, string>>;

/** [what is asked, what is found]: sentences as a person reads them. */
type Rule = readonly [string, readonly string[], readonly string[]];

function prove(rules: readonly Rule[]): void {
  for (const [name, found, expected] of rules) assert.deepEqual(found, expected, name);
}

const FEE =
  'warning collateralCoins: A fee comes on top, the higher rate of the coins involved; the exchange does not publish it to programs.';
const REST =
  'warning amount: Interest posted before the repayment arrives stays as a small rest; repay that again.';
const LAST =
  'warning collateral: With the last debt gone the exchange may return the collateral by itself; if not, take it back.';

describe('the check of borrowing', () => {
  const borrow = (amount: string, collateral: Held = {}, change: Change = {}, coin = 'BTC') => {
    const held = Object.entries(collateral).map(([name, pledged]) => ({ coin: name, amount: d(pledged) }));
    return told(check('flexible.borrow', { coin, amount: d(amount), collateral: held }, change));
  };

  it('passes what the exchange would take', () => {
    assert.deepEqual(borrow('0.01'), []);
    assert.deepEqual(borrow('0.05', { ETH: '1', USDT: '1000' }), []);
  });

  it('knows minimum, maximum and decimals of the coin', () => {
    prove([
      ['least', borrow('0.001'), []],
      ['below', borrow('0.0005'), ['error amount: At least 0.001 BTC (148002).']],
      ['below, with many decimals', borrow('0.00000001'), ['error amount: At least 0.001 BTC (148002).']],
      ['decimals', borrow('0.00511'), ['error amount: At most 4 decimals: 0.0051 BTC would pass (148003).']],
      [
        'maximum',
        borrow('1000001', {}, { book: undefined }),
        ['error amount: At most 1,000,000 BTC (148010).'],
      ],
      ['zero', borrow('0'), ['error amount: The amount must be more than 0.']],
      ['negative', borrow('-1'), ['error amount: The amount must be more than 0.']],
    ]);
  });

  it('warns when the maximum is passed together with what is owed', () => {
    const rich = book({
      ...BOOK,
      debts: [{ coin: 'BTC', amount: d('999999.95') }],
      collateral: [{ coin: 'USDT', amount: d('200000000000') }],
      bands: new Map([['USDT', [{ from: d('0'), to: undefined, ratio: d('0.9') }]]]),
    });
    assert.deepEqual(borrow('0.1', {}, { book: rich }), [
      'warning amount: With what is owed already this passes the maximum; 0.05 BTC would not (148010).',
    ]);
  });

  it('knows which coins are lent', () => {
    prove([
      ['none', borrow('1', {}, {}, ''), ['error coin: Choose a coin.']],
      [
        'unknown',
        borrow('1', {}, { book: undefined }, 'XRP'),
        ['error coin: XRP cannot be borrowed here (148014).'],
      ],
      ['not now', borrow('1', {}, {}, 'USDC'), ['error coin: USDC has no flexible loan now (148001).']],
      [
        'cunning',
        borrow('1', {}, { book: undefined }, '__proto__'),
        ['error coin: __proto__ cannot be borrowed here (148014).'],
      ],
    ]);
  });

  it('holds the LTV under the initial line, and says what would pass', () => {
    prove([
      [
        'far over',
        borrow('1', { ETH: '1' }),
        [
          'error amount: The LTV would be 589.29 %, above 80.00 %: at most 0.0493 BTC, or add collateral (148009).',
        ],
      ],
      ['at the most', borrow('0.0493', { ETH: '1' }), []],
      [
        'in German',
        borrow('0.05', {}, { locale: 'de' }),
        [
          'error amount: The LTV would be 102,27 %, above 80,00 %: at most 0,0173 BTC, or add collateral (148009).',
        ],
      ],
      [
        'nothing pledged',
        borrow('0.01', {}, { book: book({ prices: BOOK.prices, wallet: BOOK.wallet }) }),
        ['error collateral: Nothing that counts as collateral stands against it: add some (148012).'],
      ],
      [
        'no price',
        borrow('1', {}, { book: book({ prices: map({ ETH: '1' }) }) }),
        ['warning amount: No price is known for BTC: the LTV after it cannot be told.'],
      ],
      [
        'no room',
        borrow(
          '0.001',
          {},
          {
            book: {
              ...BOOK,
              debts: [
                {
                  coin: 'BTC',
                  system: 'flexible',
                  interest: undefined,
                  hourlyRate: undefined,
                  amount: d('0.13'),
                },
              ],
            },
          },
        ),
        ['error amount: The LTV would be 89.32 %, above 80.00 %: add collateral (148009).'],
      ],
    ]);
  });

  it('counts borrow orders that wait, and warns, since the exchange may', () => {
    const orders = (...rests: readonly (readonly [coin: string, amount: string, filled: string])[]) => ({
      orders: rests.map(([orderCurrency, orderQty, filledQty], n) => ({
        orderId: String(n),
        orderCurrency,
        orderQty: d(orderQty),
        filledQty: d(filledQty),
        annualRate: d('0.05'),
        term: 30,
        orderTime: 1,
        state: 1,
        repayType: 1,
        strategyType: 'PARTIAL',
      })),
    });
    const told =
      'warning amount: Borrow orders still wait for 400 USDC + 0.05 ETH. Were they filled as well, the LTV would be 81.25 % without what they pledge themselves: above 80.00 % the exchange may refuse this (148009).';
    prove([
      ['under the line', borrow('0.01', {}, orders(['USDC', '400', '0'])), []],
      ['above it', borrow('0.01', {}, orders(['USDC', '400', '0'], ['ETH', '0.05', '0'])), [told]],
      ['filled by then', borrow('0.01', {}, orders(['USDC', '400', '0'], ['ETH', '1', '1'])), []],
      ['in part', borrow('0.01', {}, orders(['USDC', '1400', '1000'], ['ETH', '0.05', '0'])), [told]],
      ['without a price', borrow('0.01', {}, orders(['NOSUCH', '400000', '0'])), []],
    ]);
  });

  it('knows what may be pledged', () => {
    const odd = (collateral: readonly (readonly [string, string])[], change: Change = {}) => {
      const held = collateral.map(([coin, amount]) => ({ coin, amount: d(amount) }));
      return told(check('flexible.borrow', { coin: 'BTC', amount: d('0.01'), collateral: held }, change));
    };
    const many = Array.from({ length: 101 }, (_, n) => [`C${n}`, '1'] as const);
    prove([
      [
        'twice',
        odd([
          ['ETH', '1'],
          ['ETH', '1'],
        ]),
        ['error collateral.ETH: ETH is named twice: put it into one amount (148039).'],
      ],
      [
        'no collateral',
        odd([['DUST', '1']]),
        [
          'error collateral.DUST: DUST is not accepted as collateral (148004).',
          'error collateral.DUST: The Funding wallet holds 0 DUST (148012).',
        ],
      ],
      [
        'decimals',
        odd([['ETH', '0.123456789']]),
        ['error collateral.ETH: At most 8 decimals: 0.12345678 ETH would pass (148005).'],
      ],
      [
        'wallet',
        odd([['ETH', '10.00000001']]),
        ['error collateral.ETH: The Funding wallet holds 10 ETH (148012).'],
      ],
      ['all of the wallet', odd([['ETH', '10']]), []],
      ['zero', odd([['ETH', '0']]), ['error collateral.ETH: The amount must be more than 0.']],
      ['unnamed', odd([['', '1']]), ['error collateral.: Choose a coin.']],
      ['many', odd(many), ['error collateral: At most 100 coins in one request (10001).']],
      [
        'full',
        odd([['ETH', '1']], { colRes: '2' }),
        [
          'error collateral: The platform takes no more of this collateral now: choose another coin (148048).',
        ],
      ],
      [
        'nearly full',
        odd([['ETH', '1']], { colRes: '1' }),
        ['warning collateral: The platform is close to its limit for collateral and may refuse more.'],
      ],
      ['full, none added', odd([], { colRes: '2' }), []],
    ]);
  });

  it('says nothing about what was not read yet', () => {
    assert.deepEqual(borrow('0.01', { ETH: '1000' }, { book: undefined, coins: undefined }), []);
  });
});

describe('the check of repaying', () => {
  const repay = (amount: string, coin = 'BTC', change: Change = {}) =>
    told(check('flexible.repay', { coin, amount: d(amount) }, change));

  it('knows the debt and the decimals', () => {
    prove([
      ['part', repay('0.05'), []],
      ['all', repay('0.1'), [REST, LAST]],
      ['more', repay('0.10000001'), ['error amount: The debt is 0.1 BTC (148038).']],
      ['zero', repay('0'), ['error amount: The amount must be more than 0.']],
      ['no debt', repay('1', 'ETH'), ['error coin: Nothing is owed in ETH as a flexible loan (148032).']],
      ['no coin', repay('1', ''), ['error coin: Choose a coin.']],
      ['as many decimals as pass', repay('0.01234567'), []],
      [
        'one more',
        repay('0.012345678'),
        ['error amount: At most 8 decimals: 0.01234567 BTC would pass (148028).'],
      ],
      ['too small to round', repay('0.000000001'), ['error amount: At most 8 decimals (148028).']],
      ['nothing read', repay('5', 'ETH', { book: undefined }), []],
    ]);
  });

  it('lets the whole debt leave with all its decimals, also the first time it is more precise', () => {
    const dusty = {
      ...BOOK,
      debts: BOOK.debts.map((debt) => ({ ...debt, amount: d('0.100000000000000019') })),
    };
    assert.deepEqual(repay('0.100000000000000019', 'BTC', { book: dusty }), [REST, LAST]);
    assert.deepEqual(repay('0.100000000000000018', 'BTC', { book: dusty }), []);
    assert.deepEqual(repay('0.1000000000000000181', 'BTC', { book: dusty }), [
      'error amount: At most 18 decimals: 0.100000000000000018 BTC would pass (148028).',
    ]);
  });

  it('knows what the wallet holds', () => {
    const poor = { ...BOOK, wallet: map({ BTC: '0.04' }) };
    assert.deepEqual(repay('0.05', 'BTC', { book: poor }), [
      'error amount: The Funding wallet holds 0.04 BTC (148029).',
    ]);
    assert.deepEqual(repay('0.04', 'BTC', { book: poor }), []);
  });

  it('does not speak of a return of the collateral while other debts remain', () => {
    const two = book({ ...BOOK, debts: [...BOOK.debts, { coin: 'USDT', amount: d('5') }] });
    assert.deepEqual(repay('0.1', 'BTC', { book: two }), [REST]);
  });
});

describe('the check of repaying with collateral', () => {
  const sell = (amount: string, coins: readonly string[], change: Change = {}) => {
    const params: OperationParams['flexible.repayWithCollateral'] = {
      coin: 'BTC',
      amount: d(amount),
      collateralCoins: coins,
    };
    return told(check('flexible.repayWithCollateral', params, change));
  };

  it('knows the debt and what is pledged', () => {
    prove([
      ['part', sell('0.05', ['USDT']), [FEE]],
      ['all', sell('0.1', ['USDT', 'ETH']), [FEE, REST]],
      ['more than the debt', sell('0.2', ['USDT']), ['error amount: The debt is 0.1 BTC (148038).']],
      [
        'more than is pledged',
        sell('0.09', ['USDT']),
        [
          'error amount: The coins to sell are worth 5,000.00 USD: at most 0.08333333 BTC, or more coins (148012).',
          FEE,
        ],
      ],
      ['no coin', sell('0.05', []), ['error collateralCoins: Choose at least one pledged coin to sell.']],
      [
        'twice',
        sell('0.05', ['USDT', 'USDT']),
        ['error collateralCoins.USDT: USDT is named twice (148039).'],
      ],
      ['not pledged', sell('0.05', ['BTC']), ['error collateralCoins.BTC: No BTC is pledged (148040).']],
      ['two in one', sell('0.05', ['USDT,ETH']), ['error collateralCoins.USDT,ETH: Choose a coin.']],
      ['unnamed', sell('0.05', ['']), ['error collateralCoins.: Choose a coin.']],
    ]);
  });

  it('keeps under the value the exchange takes at a time', () => {
    const rich = book({
      ...BOOK,
      debts: [{ coin: 'BTC', amount: d('20') }],
      collateral: [{ coin: 'USDT', amount: d('9000000') }],
    });
    assert.deepEqual(sell('4.9999', ['USDT'], { book: rich }), [FEE]);
    assert.deepEqual(sell('5', ['USDT'], { book: rich }), [
      'error amount: Less than 300,000.00 USD at a time: about 4.95 BTC, the rest after it (148047).',
      FEE,
    ]);
  });
});

describe('the check of moving collateral', () => {
  const move = (direction: 'add' | 'reduce', amount: string, coin = 'ETH', change: Change = {}) =>
    told(check('common.adjustCollateral', { coin, amount: d(amount), direction }, change));

  it('knows what may be added', () => {
    prove([
      ['some', move('add', '1'), []],
      ['all', move('add', '10'), []],
      ['more', move('add', '11'), ['error amount: The Funding wallet holds 10 ETH (148012).']],
      [
        'no collateral',
        move('add', '1', 'DUST'),
        [
          'error coin: DUST is not accepted as collateral (148004).',
          'error amount: The Funding wallet holds 0 DUST (148012).',
        ],
      ],
      [
        'decimals',
        move('add', '0.123456789'),
        ['error amount: At most 8 decimals: 0.12345678 ETH would pass (148005).'],
      ],
      ['zero', move('add', '0'), ['error amount: The amount must be more than 0.']],
      ['unnamed', move('add', '1', ''), ['error coin: Choose a coin.']],
      [
        'full',
        move('add', '1', 'ETH', { colRes: '2' }),
        ['error coin: The platform takes no more of this collateral now: choose another coin (148048).'],
      ],
      ['full, taken out', move('reduce', '0.1', 'ETH', { colRes: '2' }), []],
    ]);
  });

  it('knows what may be taken out', () => {
    prove([
      ['some', move('reduce', '0.5'), []],
      [
        'near',
        move('reduce', '0.6'),
        [
          'warning amount: The LTV would be 81.52 %, above the initial line of 80.00 % and close to a margin call.',
        ],
      ],
      [
        'too much',
        move('reduce', '0.9'),
        ['error amount: The LTV would pass 85.00 %: at most 0.72549019 ETH (148037).'],
      ],
      [
        'the most',
        move('reduce', '0.72549019'),
        [
          'warning amount: The LTV would be 85.00 %, above the initial line of 80.00 % and close to a margin call.',
        ],
      ],
      [
        'a digit more',
        move('reduce', '0.7254902'),
        ['error amount: The LTV would pass 85.00 %: at most 0.72549019 ETH (148037).'],
      ],
      ['more than pledged', move('reduce', '3'), ['error amount: 2 ETH is pledged (148037).']],
      ['not pledged', move('reduce', '1', 'BTC'), ['error amount: 0 BTC is pledged (148037).']],
      ['nothing read', move('reduce', '1', 'ETH', { book: undefined }), []],
    ]);
  });

  it('needs a loan, or what is still pledged from one', () => {
    const empty = book({ prices: BOOK.prices, wallet: BOOK.wallet });
    const [first] = move('add', '1', 'ETH', { book: empty });
    assert.equal(first, 'error coin: Without a loan there is no collateral to adjust (148013).');
    const idle = book({ ...BOOK, debts: [] });
    assert.deepEqual(move('reduce', '2', 'ETH', { book: idle }), []);
  });
});
