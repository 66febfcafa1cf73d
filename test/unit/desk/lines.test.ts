import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, type Decimal, decimal, lte, mul, ONE, sub, ZERO } from '../../../src/bybit/decimal';
import type { Book, Thresholds } from '../../../src/desk/book';
import { dangersOf, LINES, lineDistances, nearestDanger, reachedLine } from '../../../src/desk/lines';
import { figures } from '../../../src/desk/risk';
import { THRESHOLDS } from './bench';
import { amounts, book } from './books';

const PRICES = new Map([
  ['BTC', decimal('50000')],
  ['USDT', ONE],
]);
const FULL = new Map(
  [...PRICES.keys()].map((coin) => [coin, [{ from: decimal('0'), to: undefined, ratio: ONE }]]),
);

/** Owes so many USDT against 1 BTC that counts in full: 50,000 USD. */
function owing(usdt: string): Book {
  return book({
    debts: [{ coin: 'USDT', amount: decimal(usdt) }],
    collateral: [{ coin: 'BTC', amount: ONE }],
    prices: PRICES,
    bands: FULL,
  });
}

function at(usdt: string, thresholds: Thresholds = THRESHOLDS) {
  const found = figures(owing(usdt), thresholds);
  return { found, distances: lineDistances(found, thresholds), reached: reachedLine(found, thresholds) };
}

describe('the lines of the LTV', () => {
  it('are as far as they are', () => {
    const { distances, reached } = at('20000');
    assert.deepEqual(
      distances.map(({ line, at: line_at, room, reached: isReached }) => [line, line_at, room, isReached]),
      [
        ['initial', '0.8', '0.4', false],
        ['marginCall', '0.85', '0.45', false],
        ['delayedLiquidation', '0.93', '0.53', false],
        ['liquidation', '0.95', '0.55', false],
      ],
    );
    assert.equal(reached, undefined);
  });

  it('are reached at the line itself, the worst one named', () => {
    assert.equal(at('39999').reached, undefined);
    assert.equal(at('40000').reached, 'initial');
    assert.equal(at('42500').reached, 'marginCall');
    assert.equal(at('46500').reached, 'delayedLiquidation');
    assert.equal(at('47500').reached, 'liquidation');
    assert.equal(at('60000').distances.at(-1)?.room, '-0.25');
  });

  it('are all past for a debt that nothing covers', () => {
    const bare = figures(book({ debts: [{ coin: 'USDT', amount: ONE }], prices: PRICES }), THRESHOLDS);
    assert.equal(reachedLine(bare, THRESHOLDS), 'liquidation');
    assert.deepEqual(
      lineDistances(bare, THRESHOLDS).map(({ room, reached }) => [room, reached]),
      LINES.map(() => [undefined, true]),
    );
  });

  it('are not there without a debt', () => {
    const free = figures(book({ collateral: [{ coin: 'BTC', amount: ONE }], prices: PRICES }), THRESHOLDS);
    assert.equal(reachedLine(free, THRESHOLDS), undefined);
  });
});

describe('the danger of a price', () => {
  const price = decimal('100');
  const of = (below: string | undefined, above: string | undefined) =>
    dangersOf({
      coin: 'X',
      price,
      below: below === undefined ? undefined : decimal(below),
      above: above === undefined ? undefined : decimal(above),
    });

  it('is on one side, on both or on none', () => {
    assert.deepEqual(of(undefined, undefined), []);
    assert.deepEqual(of('80', undefined), [
      { coin: 'X', side: 'below', at: '80', reached: false, move: '0.2' },
    ]);
    assert.deepEqual(
      of('80', '150').map(({ side, move }) => [side, move]),
      [
        ['below', '0.2'],
        ['above', '0.5'],
      ],
    );
  });

  it('is there already when the price is', () => {
    assert.deepEqual(
      [...of('100', undefined), ...of('120', undefined), ...of(undefined, '100'), ...of(undefined, '90')].map(
        ({ reached, move }) => [reached, move],
      ),
      [...Array(4)].map(() => [true, '0']),
    );
  });

  it('is only what is reached at a price of zero, which no share of it leaves', () => {
    const none = { coin: 'X', price: ZERO };
    assert.deepEqual(dangersOf({ ...none, below: undefined, above: decimal('100') }), []);
    assert.deepEqual(
      dangersOf({ ...none, below: decimal('5'), above: ZERO }).map(({ side, reached, move }) => [
        side,
        reached,
        move,
      ]),
      [
        ['below', true, '0'],
        ['above', true, '0'],
      ],
    );
  });

  it('never promises more room than there is (property)', () => {
    const some = amounts(10n ** 12n, 4, 1n);
    fc.assert(
      fc.property(some, some, some, (now, below, above) => {
        for (const { side, at: line, move, reached } of dangersOf({ coin: 'X', price: now, below, above })) {
          if (reached) continue;
          const moved: Decimal = mul(now, side === 'below' ? sub(ONE, move) : add(ONE, move));
          assert(side === 'below' ? lte(line, moved) : lte(moved, line));
        }
      }),
    );
  });

  it('is nearest where the smallest move leads', () => {
    const prices = [
      { coin: 'A', price, below: decimal('50'), above: undefined },
      { coin: 'B', price, below: decimal('10'), above: decimal('130') },
    ];
    assert.deepEqual(nearestDanger(prices), {
      coin: 'B',
      side: 'above',
      at: '130',
      reached: false,
      move: '0.3',
    });
    assert.equal(nearestDanger([]), undefined);
  });
});
