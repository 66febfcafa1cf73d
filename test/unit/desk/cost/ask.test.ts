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

  it('has the coin on either side', () => {
    assert.deepEqual(read('USDT 10,000'), { amount: '10000', coin: 'USDT', days: 30 });
    assert.deepEqual(read('1INCH 20'), { amount: '20', coin: '1INCH', days: 30 });
    assert.match(String(read('USDT 1,5')), /Unclear/);
  });

  it('has its days behind it, or with their unit', () => {
    assert.deepEqual(read('10,000 USDT for 14 days'), { amount: '10000', coin: 'USDT', days: 14 });
    assert.deepEqual(read('10,000 FOR 7 d'), { amount: '10000', coin: undefined, days: 7 });
    assert.deepEqual(read('USDT 5 for 1 day', 'x'), { amount: '5', coin: 'USDT', days: 1 });
    assert.deepEqual(read('5btc for 90'), { amount: '5', coin: 'BTC', days: 90 });
    assert.deepEqual(read('1.5 BTC 45 days'), { amount: '1.5', coin: 'BTC', days: 45 });
    assert.deepEqual(read('USDT 10,000 7d'), { amount: '10000', coin: 'USDT', days: 7 });
    assert.deepEqual(read('500 $ 1 day'), { amount: '500', coin: undefined, days: 1 });
    assert.match(String(read('10 000 d')), /coin d/, 'no days: a group of three digits');
    assert.deepEqual(read('10,000 USDT for '), { amount: '10000', coin: 'USDT', days: 30 }, 'half typed');
    for (const days of ['30 days', '30 d', '30d', ' 30 Days ', '30 day']) {
      assert.deepEqual(read('1 BTC', days), { amount: '1', coin: 'BTC', days: 30 }, days);
    }
    assert.match(String(read('1,5 BTC for 30 days')), /Unclear/);
    assert.match(String(read('10 BTC for 0 days')), /whole number from 1 to 3650/);
    assert.match(String(read('10 BTC for 1.5 days')), /whole number from 1 to 3650/);
  });

  it('names what of it is not understood', () => {
    assert.match(String(read('10x USDT')), /“x” is not understood.* 10,000 USDT\.$/);
    assert.match(String(read('10x USDT', '30', 'de')), /“x” is not understood.* 10\.000 USDT\.$/);
    assert.match(String(read('ten USDT')), /“ten” is not understood/);
    assert.match(String(read('10 BTC for 2 weeks')), /“weeks” is not understood.* days/);
    assert.match(String(read('10 BTC for a month')), /“a month” is not understood.* days/);
    assert.match(String(read('10 BTC', '1 month')), /“month” is not understood.* days/);
  });

  it('is written in full: a letter behind a figure may be a coin', () => {
    for (const text of ['10k', '10 K', '10k USDT', 'USDT 10k']) {
      assert.match(String(read(text)), /^“10 ?[kK]” is not understood: write 10,000 in full\.$/, text);
    }
    assert.match(String(read('10k', '30', 'de')), /write 10\.000 in full/);
    assert.equal(read('2m'), '“2m” is not understood: write 2,000,000 in full.');
    assert.equal(read('1e6'), '“1e6” is not understood: write 1,000,000 in full.');
    assert.equal(read('1e6 USDT'), '“1e6” is not understood: write 1,000,000 in full.');
    const known = new Map([...prices, ['M', decimal('3')] as const]);
    const two = readCostAsk('2m', '30', { locale: 'en', prices: known });
    assert.deepEqual('ask' in two && two.ask, { amount: '2', coin: 'M', days: 30 });
  });

  it('is in US dollars without a coin', () => {
    for (const text of ['500', '$500', '500 USD', '500 $', 'USD 500']) {
      assert.deepEqual(read(text), { amount: '500', coin: undefined, days: 30 }, text);
    }
  });

  it('is refused with what would pass', () => {
    assert.match(String(read('0 BTC')), /more than 0/);
    assert.match(String(read('10 XYZ')), /No price is known of a coin XYZ/);
    assert.match(String(read('10 FOR')), /No price is known of a coin FOR/);
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
