import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimal } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import { amountIn, readCostAsk } from '../../../../src/desk/cost/ask';

const prices = new Map([
  ['BTC', decimal('60000')],
  ['USDT', decimal('1')],
  ['1INCH', decimal('0.25')],
  ['kPEPE', decimal('0.01')],
  ['__proto__', decimal('2')],
]);
const read = (amount: string, days = '30', locale = 'en') => {
  const result = readCostAsk(amount, days, { locale, prices });
  return 'problem' in result ? plain(result.problem) : 'ask' in result ? result.ask : result;
};

describe('what somebody would borrow, as typed', () => {
  it('has an amount, a coin however it is written, and days', () => {
    assert.deepEqual(read('10,000 USDT'), { amount: '10000', coin: 'USDT', days: 30 });
    assert.deepEqual(read(' 0.5btc ', ' 7 '), { amount: '0.5', coin: 'BTC', days: 7 });
    assert.deepEqual(read('20 1INCH'), { amount: '20', coin: '1INCH', days: 30 });
    assert.deepEqual(read('20 kPEPE'), { amount: '20', coin: 'kPEPE', days: 30 });
    assert.deepEqual(read('20 __proto__'), { amount: '20', coin: '__proto__', days: 30 });
    assert.deepEqual(read('1.000,5 usdt', '30', 'de'), { amount: '1000.5', coin: 'USDT', days: 30 });
  });

  it('is in US dollars without a coin', () => {
    for (const text of ['500', '$500', '500 USD', '500 $']) {
      assert.deepEqual(read(text), { amount: '500', coin: undefined, days: 30 }, text);
    }
  });

  it('is refused with what would pass', () => {
    assert.match(String(read('ten USDT')), /Only the digits/);
    assert.match(String(read('0 BTC')), /more than 0/);
    assert.match(String(read('10 XYZ')), /No price is known of a coin XYZ/);
    assert.match(String(read('10 constructor')), /No price is known/);
    for (const days of ['', '0', '-1', '1.5', '99999', '3651']) {
      assert.match(String(read('10 BTC', days)), /whole number from 1 to 3650/, days);
    }
  });

  it('waits for prices that were not read, and says before what is wrong without them', () => {
    const early = (amount: string, days: string) =>
      readCostAsk(amount, days, { locale: 'en', prices: undefined });
    assert.deepEqual(early('10 BTC', '30'), { isWaiting: true });
    assert.deepEqual(early('10', '30'), { isWaiting: true });
    assert.ok('problem' in early('ten BTC', '30'));
    assert.ok('problem' in early('10 BTC', '0'));
  });

  it('is as much in another coin, and itself in its own', () => {
    const ask = { amount: decimal('10000'), coin: 'USDT', days: 30 };
    assert.equal(amountIn('USDT', 2, ask, prices), '10000');
    assert.equal(amountIn('BTC', 4, ask, prices), '0.1667');
    assert.equal(amountIn('ETH', 4, ask, prices), undefined);
    assert.equal(amountIn('BTC', 4, { ...ask, amount: decimal('1') }, prices), undefined);
    assert.equal(amountIn('BTC', 4, { ...ask, coin: undefined }, prices), '0.1667');
  });

  it('answers whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (amount, days) => {
        assert.ok(readCostAsk(amount, days, { locale: 'en', prices }) !== undefined);
      }),
    );
  });
});
