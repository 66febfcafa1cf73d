import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TERMS, type Term } from '../../../../src/bybit/common';
import { type Decimal, decimal, gt, gte, lt, lte, mul, places } from '../../../../src/bybit/decimal';
import {
  type Book,
  createBook,
  FORESIGHT,
  type Offer,
  RATE_PLACES,
  type Shelf,
  type Side,
} from '../../../../src/paper/market/book';
import { COINS, type Coin } from '../../../../src/paper/market/coin';
import { createMarket } from '../../../../src/paper/market/market';
import { SEED, START } from '../bench';

const DAY = 86_400_000;
const NAMES = ['USDT', 'BTC', 'ETH', 'SOL', 'ARB', 'PEPE', 'SKL'];

const fresh = (seed = SEED): Book => createBook(createMarket(seed));
const book = fresh();
const coinNamed = (name: string): Coin => COINS.get(name) ?? assert.fail(name);
const shelf = (name: string, term: Term, side: Side): Shelf => ({ coin: coinNamed(name), term, side });

const moment = fc.integer({ min: START, max: START + 400 * DAY });
const anyShelf = fc
  .record({ name: fc.constantFrom(...NAMES), term: fc.constantFrom(...TERMS) })
  .chain(({ name, term }) =>
    fc.constantFrom<Side>('supply', 'borrow').map((side) => shelf(name, term, side)),
  );

describe('the book of simulated lenders and borrowers', () => {
  it('is the same for the same seed, whatever was looked at before and in which order', () => {
    fc.assert(
      fc.property(anyShelf, fc.array(moment, { minLength: 1, maxLength: 12 }), (where, times) => {
        const [one, other] = [fresh(), fresh()];
        const forward = times.map((time) => one.offers(where, time));
        const backward = [...times].reverse().map((time) => other.offers(where, time));
        assert.deepEqual(forward, backward.reverse());
      }),
      { numRuns: 100 },
    );
  });

  it('differs from seed to seed', () => {
    const where = shelf('USDT', '7', 'supply');
    assert.notDeepEqual(fresh(1).offers(where, START), fresh(2).offers(where, START));
  });

  it('has the best rate without its offers, too', () => {
    fc.assert(
      fc.property(anyShelf, moment, (where, time) => {
        assert.equal(fresh().best(where, time), book.offers(where, time)[0]?.rate);
      }),
      { numRuns: 300 },
    );
  });

  it('never crosses: every lender asks for more than any borrower pays', () => {
    fc.assert(
      fc.property(anyShelf, moment, ({ coin, term }, time) => {
        const [ask] = book.offers({ coin, term, side: 'supply' }, time);
        const [bid] = book.offers({ coin, term, side: 'borrow' }, time);
        if (ask !== undefined && bid !== undefined) assert.ok(gt(ask.rate, bid.rate));
      }),
      { numRuns: 500 },
    );
  });

  it('shows offers while they stand, best rate first, in amounts and rates an order may have', () => {
    fc.assert(
      fc.property(anyShelf, moment, (where, time) => {
        const offers = book.offers(where, time);
        for (const offer of offers) {
          assert.ok(offer.start <= time && time < offer.end);
          assert.ok(gte(offer.amount, where.coin.fixedMinimum) && lte(offer.amount, where.coin.maximum));
          assert.ok(places(offer.amount) <= where.coin.fixedPlaces && places(offer.rate) <= RATE_PLACES);
        }
        const worse = (a: Offer, b: Offer): boolean =>
          where.side === 'supply' ? gt(a.rate, b.rate) : lt(a.rate, b.rate);
        assert.ok(offers.every((offer, n) => n === 0 || !worse(offers[n - 1] ?? offer, offer)));
        assert.equal(new Set(offers.map((offer) => offer.id)).size, offers.length);
      }),
      { numRuns: 300 },
    );
  });

  it('comes and goes', () => {
    const where = shelf('USDT', '30', 'supply');
    const seen = new Map<string, number>();
    for (let hour = 0; hour < 10 * 24; hour++) {
      for (const { id } of book.offers(where, START + hour * 3_600_000))
        seen.set(id, (seen.get(id) ?? 0) + 1);
    }
    assert.ok(seen.size > 50, `${seen.size} offers in ten days`);
    assert.ok(Math.max(...seen.values()) <= 24, 'none stands for more than a day');
  });

  it('is priced around the flexible rate, longer terms a little higher', () => {
    const middle = (term: Term): number => {
      const rates: number[] = [];
      for (let day = 0; day < 60; day++) {
        const [best] = book.offers(shelf('USDT', term, 'supply'), START + day * DAY);
        if (best !== undefined) rates.push(Number(best.rate));
      }
      return rates.sort((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0;
    };
    const usual = Number(coinNamed('USDT').baseRate);
    assert.ok(middle('7') > 0.75 * usual && middle('7') < 1.25 * usual, String(middle('7')));
    assert.ok(middle('180') > middle('7'));
  });

  it('names the next arrival that suits a rate, and none that comes later', () => {
    fc.assert(
      fc.property(anyShelf, moment, fc.integer({ min: 20, max: 200 }), (where, after, percent) => {
        const limit = rateNear(where.coin, percent);
        const start = book.arrival(where, limit, after);
        const suits = (offer: Offer): boolean =>
          where.side === 'supply' ? lte(offer.rate, limit) : gte(offer.rate, limit);
        const fresh_ = (time: number): boolean =>
          book.offers(where, time).some((offer) => offer.start > after && suits(offer));
        if (start !== undefined) assert.ok(start > after && fresh_(start));
        const end = start ?? after + FORESIGHT;
        for (let n = 1; n < 40; n++) assert.ok(!fresh_(after + Math.floor(((end - after) * n) / 40)));
      }),
      { numRuns: 150 },
    );
  });

  it('has nothing of coins without fixed loans', () => {
    for (const coin of COINS.values()) {
      if (coin.fixed) continue;
      for (const term of TERMS) assert.deepEqual(book.offers({ coin, term, side: 'supply' }, START), []);
    }
  });
});

/** A part of a coin's usual rate, in percent, as an order may name it. */
function rateNear(coin: Coin, percent: number): Decimal {
  const [whole = '0', rest = ''] = mul(coin.baseRate, decimal(percent), decimal('0.01')).split('.');
  return decimal(`${whole}.${rest.slice(0, RATE_PLACES)}0`);
}
