import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimal } from '../../../../../src/bybit/decimal';
import { plain } from '../../../../../src/bybit/words';
import { RowForest, type RowNode } from '../../../../../src/ui/tree/forest';
import type { Row } from '../../../../../src/ui/tree/row';
import type { Choices } from '../../../../../src/ui/trees/coins/choices';
import { CoinList } from '../../../../../src/ui/trees/coins/coin-list';
import { coinRows, coinsTitle } from '../../../../../src/ui/trees/coins/coin-rows';
import { coinRowOf, type DeskChange, deskOf, FAILURE, NOW, sessionOf } from '../desks';
import { childrenOf, face, outline, tooltipOf } from '../read';

const ALL: Choices = { filter: '', order: 'name', favourites: new Set() };

function viewOf(change: DeskChange = {}, choices: Partial<Choices> = {}) {
  return { session: sessionOf(deskOf(change)), choices: { ...ALL, ...choices }, now: NOW, locale: 'en' };
}

function rowsOf(change: DeskChange = {}, choices: Partial<Choices> = {}): readonly Row[] {
  return coinRows(viewOf(change, choices), new CoinList());
}

function labels(rows: readonly Row[]): string[] {
  return rows.map(({ label }) => plain(label));
}

/** So many coins, each with rates of its own. */
function manyCoins(count: number) {
  return [...Array(count).keys()].map((n) =>
    coinRowOf(`C${String(n).padStart(4, '0')}`, {
      flexibleAnnualizedInterestRate: decimal(`0.${String((n * 7919) % 9973).padStart(4, '0')}`),
    }),
  );
}

describe('the Coins tree', () => {
  it('shows every coin with its flexible and its cheapest fixed rate, terms and limits under it', () => {
    const rows = rowsOf();
    assert.deepEqual(labels(rows), ['BTC', 'ETH', 'SOL', 'USDC', 'USDT']);
    assert.deepEqual(outline(rows.slice(0, 1)), [
      'BTC | flexible 8.76 % · 14 d 4.00 %',
      '  Flexible | 8.76 % a year · 0.001 % an hour',
      '  7 days | 5.00 % a year',
      '  14 days | 4.00 % a year · best fixed rate',
      '  30 days | 4.00 % a year',
      '  60 days | no offer',
      '  90 days | 9.00 % a year',
      '  180 days | no offer',
      '  Minimum | flexible 0.001 BTC · fixed 0.01 BTC',
      '  Maximum | 1,000,000 BTC',
    ]);
  });

  it('tells terms, limits, decimals, tier and time of reading in the tooltip', () => {
    const [row] = rowsOf();
    assert.deepEqual(row === undefined ? [] : tooltipOf(row).split('\n').slice(-4), [
      'Minimum · flexible 0.001 BTC · fixed 0.01 BTC',
      'Maximum · 1,000,000 BTC',
      'Decimals of an amount: 4',
      'Rates are a year · as for VIP0 · read 11:59:48 UTC',
    ]);
  });

  it('says what is not lent and not named', () => {
    const coins = [
      coinRowOf('A', { flexibleBorrowable: false }),
      coinRowOf('B', { flexibleBorrowable: false, fixedBorrowable: false }),
      coinRowOf('C', {
        flexibleAnnualizedInterestRate: undefined,
        maxBorrowingAmount: undefined,
        minFixedBorrowingAmount: undefined,
        minFlexibleBorrowingAmount: undefined,
      }),
    ];
    const rows = rowsOf({ values: { coins } });
    assert.deepEqual(rows.map(face), [
      'A | no flexible loan · 14 d 4.00 %',
      'B | not lent now',
      'C | no flexible loan · 14 d 4.00 %',
    ]);
    const last = rows.at(-1);
    assert.deepEqual(
      last === undefined
        ? []
        : childrenOf(last)
            .map(face)
            .filter((text) => /no/.test(text)),
      [
        'Flexible | no rate named',
        '60 days | no offer',
        '180 days | no offer',
        'Minimum | not named',
        'Maximum | not named',
      ],
    );
  });

  it('offers to borrow what is lent flexibly, with its coin', () => {
    const rows = rowsOf();
    assert.deepEqual(
      rows.map(({ tokens, about }) => [
        about?.coin,
        tokens?.includes('coin'),
        tokens?.includes('borrowable'),
      ]),
      [
        ['BTC', true, true],
        ['ETH', true, true],
        ['SOL', true, true],
        ['USDC', true, false],
        ['USDT', true, true],
      ],
    );
  });

  it('keeps favourites on top, in order among themselves, with a star and the word', () => {
    const rows = rowsOf({}, { favourites: new Set(['USDT', 'ETH', 'GONE']) });
    assert.deepEqual(labels(rows), ['ETH', 'USDT', 'BTC', 'SOL', 'USDC']);
    const [star, , plainRow] = rows;
    assert(star !== undefined && plainRow !== undefined);
    assert.equal(star.icon?.id, 'star-full');
    assert.match(tooltipOf(star), /favourite/);
    assert(star.tokens?.includes('favourite'));
    assert(!plainRow.tokens?.includes('favourite'));
  });

  it('filters by parts of names in any case', () => {
    assert.deepEqual(labels(rowsOf({}, { filter: 'usd' })), ['USDC', 'USDT']);
    assert.deepEqual(labels(rowsOf({}, { filter: ' uSdc , bt' })), ['BTC', 'USDC']);
    assert.deepEqual(labels(rowsOf({}, { filter: ' , ' })).length, 5);
  });

  it('says so when nothing matches, and a click shows all', () => {
    const rows = rowsOf({}, { filter: 'zzz' });
    assert.deepEqual(rows.map(face), ['No coin matches “zzz” | click to show all']);
    assert.equal(rows[0]?.command, 'loanDesk.clearCoinFilter');
    assert.deepEqual(rowsOf({ values: { coins: [] } }).map(face), [
      'No coin is lent now | click to read again',
    ]);
  });

  it('sorts by rates, what has none last in either direction', () => {
    const rate = (flexible: string | undefined, fixed: string | undefined) => ({
      flexibleAnnualizedInterestRate: flexible === undefined ? undefined : decimal(flexible),
      annualizedInterestRate7D: fixed === undefined ? undefined : decimal(fixed),
      annualizedInterestRate14D: undefined,
      annualizedInterestRate30D: undefined,
      annualizedInterestRate90D: undefined,
    });
    const coins = [
      coinRowOf('A', rate('0.1', undefined)),
      coinRowOf('B', rate('0.02', '0.3')),
      coinRowOf('C', rate(undefined, '0.04')),
      coinRowOf('D', rate('0.02', '0.3')),
    ];
    const by = (order: Choices['order']) => labels(rowsOf({ values: { coins } }, { order })).join('');
    assert.equal(by('name'), 'ABCD');
    assert.equal(by('flexible'), 'BDAC');
    assert.equal(by('flexibleFalling'), 'ABDC');
    assert.equal(by('fixed'), 'CBDA');
    assert.equal(by('fixedFalling'), 'BDCA');
  });

  it('tells its state beside the title', () => {
    const told = (change: DeskChange, choices: Partial<Choices>) =>
      coinsTitle(viewOf(change, choices)).map(plain).join(' · ');
    assert.equal(told({}, {}), 'by name · 5 coins · rates a year');
    assert.equal(
      told({}, { filter: 'usd', order: 'flexible' }),
      'filter: usd · by flexible rate · 2 of 5 coins · rates a year',
    );
    assert.equal(told({ values: { coins: undefined } }, {}), 'by name · rates a year');
  });

  it('shows that it reads, what failed, and the last good rates meanwhile', () => {
    assert.deepEqual(coinRows({ ...viewOf(), session: { kind: 'loading' } }, new CoinList()).map(face), [
      'Coins | reading…',
    ]);
    assert.deepEqual(rowsOf({ values: { coins: undefined } }).map(face), ['Coins | reading…']);
    const failed = 'Rates | not read · No answer came within 10 s (ETIMEDOUT). · just now';
    assert.deepEqual(rowsOf({ values: { coins: undefined }, failures: { coins: FAILURE } }).map(face), [
      failed,
    ]);
    const stale = rowsOf({ failures: { coins: FAILURE, position: FAILURE } });
    assert.equal(stale.length, 6);
    assert.equal(stale[0] === undefined ? '' : face(stale[0]), failed);
    assert.deepEqual(stale[0]?.tokens, ['failed']);
  });

  it('shows rates without an account too', () => {
    const session = { kind: 'none' as const, desk: deskOf() };
    assert.equal(coinRows({ ...viewOf(), session }, new CoinList()).length, 5);
  });

  it('holds hostile names', () => {
    const names = [
      '__proto__',
      'constructor',
      'A/B',
      'A\u202eB',
      '<img src=x onerror=alert(1)>',
      'X'.repeat(300),
    ];
    const rows = rowsOf({ values: { coins: names.map((name) => coinRowOf(name)) } });
    assert.deepEqual(rows.map(({ about }) => about?.coin).sort(), [...names].sort());
    assert(!rows.some((row) => `${face(row)}${tooltipOf(row)}`.includes('\u202e')));
    const forest = new RowForest();
    forest.replace(rows);
    assert.equal(new Set(forest.roots.map(({ id }) => id)).size, names.length);
  });

  describe('with five thousand coins', () => {
    const coins = manyCoins(5000);

    it('counts them in the marks of the locale', () => {
      const view = viewOf({ values: { coins } });
      assert.equal(coinsTitle(view).map(plain).join(' · '), 'by name · 5,000 coins · rates a year');
      assert.equal(coinsTitle({ ...view, locale: 'de' }).map(plain)[1], '5.000 coins');
    });

    it('makes no row twice for the same reading, and no child unasked', () => {
      const list = new CoinList();
      const input = { coins, vipLevel: 'VIP0' as const, readAt: NOW, choices: ALL, locale: 'en' };
      const first = list.rows(input, NOW);
      assert.equal(first.length, 5000);
      assert.equal(list.rows({ ...input, readAt: NOW + 60_000 }, NOW), first);
      assert(
        first.every(
          ({ children, tooltip }) => typeof children === 'function' && typeof tooltip === 'function',
        ),
      );
    });

    it('draws three rows when three rates have changed', () => {
      const list = new CoinList();
      const forest = new RowForest();
      const draw = (change: DeskChange) => forest.replace(coinRows(viewOf(change), list));
      assert.equal(draw({ values: { coins } }), 'everything');
      const moved = new Set(['C0001', 'C2500', 'C4999']);
      const next = coins.map((coin) =>
        moved.has(coin.currency) ? { ...coin, flexibleAnnualizedInterestRate: decimal('0.5') } : { ...coin },
      );
      const change = draw({ values: { coins: next } });
      assert(typeof change !== 'string');
      assert.deepEqual(
        change.map(({ about }: RowNode) => about.coin),
        [...moved],
      );
    });

    it('reads the time of a tooltip anew, and draws again only the row that showed the old one', () => {
      const list = new CoinList();
      const forest = new RowForest();
      const draw = (readAt: number) =>
        forest.replace(
          coinRows(
            viewOf({ values: { coins: coins.map((c) => ({ ...c })) }, readAt: { coins: readAt } }),
            list,
          ),
        );
      draw(NOW - 60_000);
      const [first] = forest.roots;
      assert(first !== undefined);
      assert.match(JSON.stringify(forest.tooltipOf(first)), /11:59:00 UTC/);
      assert.deepEqual(draw(NOW), [first]);
      assert.match(JSON.stringify(forest.tooltipOf(first)), /12:00:00 UTC/);
    });

    it('changes with the tier and the language', () => {
      const list = new CoinList();
      const input = { coins, vipLevel: 'VIP0' as const, readAt: NOW, choices: ALL, locale: 'en' };
      list.rows(input, NOW);
      const [german] = list.rows({ ...input, locale: 'de' }, NOW);
      assert.match(german === undefined ? '' : face(german), /^C0000 \| flexible 0,00 %/);
      const [vip] = list.rows({ ...input, vipLevel: 'VIP3' }, NOW);
      assert.match(vip === undefined ? '' : tooltipOf(vip), /as for VIP3/);
    });
  });

  it('shows each coin that the filter lets through exactly once, in any order (property)', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[A-C]{1,3}$/), { maxLength: 20 });
    const order = fc.constantFrom<Choices['order']>(
      'name',
      'flexible',
      'flexibleFalling',
      'fixed',
      'fixedFalling',
    );
    fc.assert(
      fc.property(names, names, fc.constantFrom('', 'a', 'ab c'), order, (coins, favourites, filter, by) => {
        const rows = rowsOf(
          { values: { coins: coins.map((coin) => coinRowOf(coin)) } },
          { filter, order: by, favourites: new Set(favourites) },
        );
        const parts = filter.toUpperCase().split(' ');
        const wanted = coins.filter((coin) => parts.some((part) => coin.includes(part)));
        const shown = rows.flatMap(({ about }) => about?.coin ?? []);
        assert.deepEqual([...shown].sort(), [...wanted].sort());
        const stars = shown.map((coin) => favourites.includes(coin));
        assert.equal(stars.lastIndexOf(true) < stars.indexOf(false) || !stars.includes(false), true);
      }),
    );
  });
});
