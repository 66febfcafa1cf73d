import assert from 'node:assert/strict';
import { decimal } from '../../../src/bybit/decimal';
import { credit, owe, pledge, pledgedAtMost, release, settleDebt } from '../../../src/desk/change';
import { book } from './books';

const d = decimal;
const PRICES = new Map([['BTC', d('60000')]]);

/** What is held, by coin. */
function held() {
  return book({
    debts: [
      { coin: 'BTC', amount: d('0.1'), interest: d('0.004'), hourlyRate: d('0.000001') },
      { coin: 'BTC', amount: d('0.3'), system: 'fixed' },
      { coin: 'ETH', amount: d('2'), interest: d('0.5') },
    ],
    collateral: [
      { coin: 'USDT', amount: d('1000') },
      { coin: 'ETH', amount: d('3') },
    ],
    wallet: new Map([
      ['USDT', d('500')],
      ['ETH', d('10')],
    ]),
    prices: PRICES,
  });
}

describe('what-ifs on a book', () => {
  it('put more or less of a coin into the wallet, and leave the book before as it was', () => {
    const old = held();
    assert.equal(credit(old, 'USDT', d('20.5')).wallet.get('USDT'), '520.5');
    assert.equal(credit(old, 'USDT', d('-20.5')).wallet.get('USDT'), '479.5');
    assert.equal(credit(old, 'SOL', d('7')).wallet.get('SOL'), '7');
    assert.equal(credit(old, 'USDT', d('1')).wallet.get('ETH'), '10');
    assert.deepEqual(old, held());
  });

  it('pledge out of the wallet, onto what is pledged and beside it', () => {
    const after = pledge(held(), [
      { coin: 'USDT', amount: d('100') },
      { coin: 'SOL', amount: d('5') },
    ]);
    assert.deepEqual(after.collateral, [
      { coin: 'USDT', amount: '1100' },
      { coin: 'ETH', amount: '3' },
      { coin: 'SOL', amount: '5' },
    ]);
    assert.deepEqual(
      [...after.wallet],
      [
        ['USDT', '400'],
        ['ETH', '10'],
        ['SOL', '-5'],
      ],
    );
  });

  it('release into the wallet; what is all taken stands in no list', () => {
    const part = release(held(), 'ETH', d('1.25'));
    assert.deepEqual(part.collateral, [
      { coin: 'USDT', amount: '1000' },
      { coin: 'ETH', amount: '1.75' },
    ]);
    assert.equal(part.wallet.get('ETH'), '11.25');
    assert.deepEqual(release(held(), 'ETH', d('3')).collateral, [{ coin: 'USDT', amount: '1000' }]);
  });

  it('owe more in one system, at the rate of the debt there is', () => {
    const more = owe(held(), { system: 'flexible', coin: 'BTC', amount: d('0.05') }, d('0.9'));
    assert.deepEqual(more.debts[0], {
      coin: 'BTC',
      amount: '0.15',
      system: 'flexible',
      interest: '0.004',
      hourlyRate: '0.000001',
    });
    assert.deepEqual(more.debts.slice(1), held().debts.slice(1));
  });

  it('owe anew where nothing is owed in the coin and system, at the rate given', () => {
    const anew = owe(held(), { system: 'fixed', coin: 'ETH', amount: d('1') }, d('0.9'));
    assert.deepEqual(anew.debts, [
      ...held().debts,
      { system: 'fixed', coin: 'ETH', amount: '1', interest: '0', hourlyRate: '0.9' },
    ]);
  });

  it('settle interest first, in one system alone, never below nothing', () => {
    const settle = (amount: string, system: 'flexible' | 'fixed' = 'flexible') =>
      settleDebt(held(), { system, coin: 'BTC', amount: d(amount) }).debts.map((row) => [
        row.coin,
        row.system,
        row.amount,
        row.interest,
      ]);
    const others = [
      ['BTC', 'fixed', '0.3', undefined],
      ['ETH', 'flexible', '2', '0.5'],
    ];
    assert.deepEqual(settle('0.001'), [['BTC', 'flexible', '0.099', '0.003'], ...others]);
    assert.deepEqual(settle('0.02'), [['BTC', 'flexible', '0.08', '0'], ...others]);
    assert.deepEqual(settle('0.1'), others);
    assert.deepEqual(settle('0.2'), others);
    assert.deepEqual(settle('0.1', 'fixed'), [
      ['BTC', 'flexible', '0.1', '0.004'],
      ['BTC', 'fixed', '0.2', undefined],
      ['ETH', 'flexible', '2', '0.5'],
    ]);
    assert.equal(
      settleDebt(held(), { system: 'flexible', coin: 'BTC', amount: d('1') }).wallet.has('BTC'),
      false,
    );
  });

  it('take of a pledge what is wanted, and no more than there is', () => {
    const { collateral } = held();
    assert.equal(pledgedAtMost(collateral, 'ETH', d('2')), '2');
    assert.equal(pledgedAtMost(collateral, 'ETH', d('4')), '3');
    assert.equal(pledgedAtMost(collateral, 'SOL', d('4')), '0');
  });
});
