import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import type { Record } from '../../../../src/desk/journal/record';
import { type Glance, Lookout, pauseAfter, stateOf } from '../../../../src/desk/settle/look';
import { SAMPLES } from '../bench';
import { SeenExchange, SIGNED } from './seen-exchange';

/** Repaying 0.05 of 0.1 BTC, signed and sent; nothing came back. */
function sentOff(change: Partial<Record> = {}): Record {
  return {
    id: 'own',
    operation: SAMPLES['flexible.repay'],
    title: { text: 'Repay', args: [] },
    since: SIGNED,
    baseline: {
      ids: ['99'],
      totals: [
        { what: 'debt', coin: 'BTC', amount: decimal('0.1') },
        { what: 'wallet', coin: 'BTC', amount: decimal('0.5') },
      ],
    },
    sent: { first: SIGNED, last: SIGNED },
    state: 'unknown',
    accepted: false,
    recordId: undefined,
    code: undefined,
    verdict: undefined,
    isBlurred: false,
    ...change,
  };
}

const said = (glance: Glance) => ('verdict' in glance ? `end ${glance.verdict.state}` : glance.state);

describe('a look for what became of an operation', () => {
  let exchange: SeenExchange;
  let lookout: Lookout;
  beforeEach(() => {
    exchange = new SeenExchange();
    lookout = new Lookout(exchange, exchange.clock, 0);
  });

  /** What looks say, one at each of these times, ms after the signing. */
  async function told(record: Record, ...times: readonly number[]): Promise<readonly string[]> {
    const all: string[] = [];
    for (const time of times) {
      exchange.passed = time;
      all.push(said(await lookout.look(record)));
    }
    return all;
  }

  it('knows that what never left did not happen, unless a line that is lost said that it did', async () => {
    const unsent = { sent: undefined, state: 'sending' } as const;
    assert.deepEqual(await told(sentOff(unsent), 0), ['end absent']);
    assert.deepEqual(await told(sentOff({ ...unsent, isBlurred: true }), 0), ['needsLook']);
    assert.deepEqual(await told(sentOff({ ...unsent, state: 'unknown' }), 0), ['needsLook']);
    assert.deepEqual(await told(sentOff({ ...unsent, accepted: true, state: 'processing' }), 0), [
      'processing',
    ]);
    exchange.rows = [{ id: '7', status: 1 }];
    exchange.debt = decimal('0.05');
    assert.deepEqual(await told(sentOff({ ...unsent, recordId: '7', state: 'unknown' }), 0), ['end done']);
  });

  it('compares no amounts while a request could still be let in', async () => {
    assert.deepEqual(await told(sentOff(), 7_999, 7_999), ['unknown', 'unknown']);
    assert.equal(exchange.gauged, 0);
    assert.deepEqual(await told(sentOff(), 8_000, 8_000), ['unknown', 'unknown']);
    assert.equal(exchange.gauged, 1, 'the first of them only told the time of the server');
  });

  it('calls absent what left no trace when that would show, by both clocks', async () => {
    assert.deepEqual(await told(sentOff(), 8_000, 30_000, 36_999, 36_999, 37_000), [
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'end absent',
    ]);
    lookout = new Lookout(exchange, exchange.clock, 1);
    assert.deepEqual(await told(sentOff(), 8_001, 9_000, 37_000, 37_000, 37_001), [
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'end absent',
    ]);
    lookout = new Lookout(exchange, exchange.clock, 0);
    exchange.serverPassed = 36_999;
    assert.deepEqual(await told(sentOff(), 60_000, 60_000, 60_000, 60_000, 60_000), Array(5).fill('unknown'));
  });

  it('judges by when a look began: what it read may be as old as that', async () => {
    await told(sentOff(), 8_000, 9_000, 10_000, 11_000);
    // One answer tells a time that is none, and the amounts are long on their way: the history was read before.
    exchange.serverPassed = 30_000_000_000_000;
    exchange.takes = 20_000;
    assert.deepEqual(await told(sentOff(), 20_000), ['unknown']);
    assert.ok(exchange.passed > 37_000);
    assert.deepEqual(await told(sentOff(), 36_999, 37_000), ['unknown', 'end absent']);
  });

  it('counts from the last sending, and from the start of the look where nobody knows it', async () => {
    const twice = sentOff({ sent: { first: SIGNED, last: SIGNED + 1_000 } });
    assert.deepEqual((await told(twice, 37_000, 37_000, 37_000, 37_999, 37_999)).at(-1), 'unknown');
    assert.deepEqual(await told(twice, 38_000), ['end absent']);
    exchange.passed = 100_000;
    lookout = new Lookout(exchange, exchange.clock);
    assert.deepEqual(await told(sentOff(), 108_000, 120_000, 136_999, 137_000), [
      'unknown',
      'unknown',
      'unknown',
      'end absent',
    ]);
  });

  it('needs three readings that agree', async () => {
    assert.deepEqual(await told(sentOff(), 50_000, 50_000, 50_000, 50_000), [
      'unknown',
      'unknown',
      'unknown',
      'end absent',
    ]);
    lookout = new Lookout(exchange, exchange.clock, 0);
    assert.deepEqual(await told(sentOff(), 38_000, 38_000, 38_000), Array(3).fill('unknown'));
    exchange.debt = decimal('0.05');
    assert.deepEqual(await told(sentOff(), 38_000), ['unknown'], 'they do not agree');
    exchange.debt = decimal('0.1');
    assert.deepEqual(await told(sentOff(), 38_000, 38_000, 38_000), ['unknown', 'unknown', 'end absent']);
  });

  it('puts a change without a record before the person, once it has waited', async () => {
    exchange.debt = decimal('0.05');
    assert.deepEqual(await told(sentOff(), 8_000, 20_000, 30_000, 44_999, 45_000), [
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'needsLook',
    ]);
    lookout = new Lookout(exchange, exchange.clock, 0);
    assert.deepEqual(await told(sentOff(), 60_000, 60_000, 60_000, 60_000), [
      'unknown',
      'unknown',
      'unknown',
      'needsLook',
    ]);
    lookout = new Lookout(exchange, exchange.clock, 0);
    assert.deepEqual(await told(sentOff({ state: 'needsLook' }), 60_000, 60_000), ['unknown', 'needsLook']);
    assert.deepEqual(await told(sentOff(), 60_000), ['unknown'], 'the readings before were two');
    exchange.debt = decimal('0.1');
    await told(sentOff(), 60_000);
    exchange.debt = decimal('0.05');
    assert.deepEqual(await told(sentOff(), 60_000, 60_000, 60_000), ['unknown', 'unknown', 'needsLook']);
  });

  it('lets interest be posted meanwhile, counted from the first sending', async () => {
    exchange.debt = decimal('0.1000010');
    const long = 9 * 3_600_000;
    assert.deepEqual(await told(sentOff(), long, long, long, long), [
      'unknown',
      'unknown',
      'unknown',
      'end absent',
    ]);
    lookout = new Lookout(exchange, exchange.clock, 0);
    const early = sentOff({ sent: { first: SIGNED + long - 60_000, last: SIGNED + long - 60_000 } });
    assert.deepEqual(await told(early, long, long, long, long), [
      'unknown',
      'unknown',
      'unknown',
      'needsLook',
    ]);
  });

  it('believes a success with its effect at once, without one after ten seconds', async () => {
    exchange.rows = [{ id: '7', status: 1 }];
    assert.deepEqual(await told(sentOff(), 600, 10_599, 10_600), ['processing', 'processing', 'end done']);
    lookout = new Lookout(exchange, exchange.clock, 0);
    assert.deepEqual(await told(sentOff(), 600), ['processing']);
    exchange.rows = [{ id: '7', status: 2 }];
    assert.deepEqual(await told(sentOff(), 5_000), ['processing']);
    exchange.rows = [{ id: '7', status: 1 }];
    assert.deepEqual(await told(sentOff(), 6_000, 15_999, 16_000), ['processing', 'processing', 'end done']);
    lookout = new Lookout(exchange, exchange.clock, 0);
    exchange.debt = decimal('0.05');
    assert.deepEqual(await told(sentOff(), 600), ['end done']);
  });

  it('says the id of the record it ends with, and none before', async () => {
    exchange.rows = [{ id: '7', status: 2 }];
    assert.deepEqual(await lookout.look(sentOff()), { state: 'processing' });
    exchange.rows = [{ id: '7', status: 1 }];
    exchange.debt = decimal('0.05');
    const end = await lookout.look(sentOff());
    assert.ok('verdict' in end && end.verdict.recordId === '7');
  });

  it('believes a failure at once where the answer named it, else when its own would show and nothing has moved', async () => {
    exchange.rows = [{ id: '7', status: 3 }];
    assert.deepEqual(await told(sentOff({ recordId: '7', accepted: true }), 600), ['end failed']);
    assert.deepEqual(await told(sentOff(), 600, 7_999, 8_000), ['unknown', 'unknown', 'unknown']);
    assert.equal(exchange.gauged, 0);
    assert.deepEqual(await told(sentOff(), 8_000, 36_999, 36_999, 36_999, 37_000), [
      ...Array(4).fill('unknown'),
      'end failed',
    ]);
    lookout = new Lookout(exchange, exchange.clock, 0);
    const taken = sentOff({ accepted: true, state: 'processing' });
    assert.deepEqual(await told(taken, 37_000, 37_000, 37_000, 37_000), [
      ...Array(3).fill('processing'),
      'end failed',
    ]);
    lookout = new Lookout(exchange, exchange.clock, 0);
    exchange.debt = decimal('0.05');
    assert.deepEqual(await told(taken, 37_000, 37_000, 44_000, 44_999, 45_000), [
      ...Array(4).fill('processing'),
      'needsLook',
    ]);
  });

  it('says nothing of a failure beside one whose time makes no sense', async () => {
    exchange.rows = [
      { id: '8', status: 1, time: 0 },
      { id: '7', status: 3 },
    ];
    assert.deepEqual(await told(sentOff(), 37_000, 44_999, 45_000), ['unknown', 'unknown', 'needsLook']);
  });

  it('keeps two records that end differently for the person, after a while', async () => {
    exchange.rows = [
      { id: '8', status: 3, after: 700 },
      { id: '7', status: 1 },
    ];
    exchange.debt = decimal('0.05');
    assert.deepEqual(await told(sentOff(), 800, 44_999, 45_000), ['unknown', 'unknown', 'needsLook']);
    assert.deepEqual(await told(sentOff({ state: 'needsLook' }), 800), ['needsLook']);
    exchange.rows = exchange.rows.map((row) => ({ ...row, status: 1 }));
    assert.deepEqual(await told(sentOff(), 800), ['end done']);
  });

  it('waits for the record of what was taken, however long', async () => {
    const taken = sentOff({ accepted: true, state: 'processing' });
    assert.deepEqual(await told(taken, 600, 60_000, 3_600_000, 3_600_000), Array(4).fill('processing'));
    assert.equal(exchange.gauged, 0);
  });

  it('takes what was accepted, has no record of failures and no effect for failed', async () => {
    const loan = (totalDebt: string) => ({
      list: [
        {
          orderId: SAMPLES['legacy.repay'].params.orderId,
          totalDebt: decimal(totalDebt),
          residualInterest: decimal('0'),
          residualPenaltyInterest: decimal('0'),
        },
      ],
    });
    exchange.others.set('getLegacyRepaymentHistory', { list: [] }).set('getLegacyUnpaidLoans', loan('1000'));
    const { orderId } = SAMPLES['legacy.repay'].params;
    const taken = sentOff({
      operation: SAMPLES['legacy.repay'],
      accepted: true,
      state: 'processing',
      baseline: {
        ids: [],
        totals: [{ what: 'legacyDebt', coin: 'USDT', id: orderId, amount: decimal('1000') }],
      },
    });
    assert.deepEqual(await told(taken, 8_000, 8_000, 36_999, 36_999), Array(4).fill('processing'));
    // Once its effect shows only the record is missing, and the count begins anew.
    exchange.others.set('getLegacyUnpaidLoans', loan('900'));
    assert.deepEqual(await told(taken, 37_000, 90_000, 90_000, 90_000), Array(4).fill('processing'));
    exchange.others.set('getLegacyUnpaidLoans', loan('1000'));
    assert.deepEqual(await told(taken, 90_000, 90_000, 90_000), ['processing', 'processing', 'end failed']);
    lookout = new Lookout(exchange, exchange.clock, 0);
    assert.deepEqual(await told(taken, 7_999, 7_999), ['processing', 'processing']);
  });

  it('gives what takes minutes its minutes', async () => {
    exchange.others.set('getInsRepaymentOrders', { repayInfo: [] });
    const order = (unpaid: string) => ({ loanInfo: [{ loanCoin: 'USDT', unpaidAmount: decimal(unpaid) }] });
    exchange.others.set('getInsLoanOrders', order('5000'));
    const repayment = sentOff({
      operation: SAMPLES['institutional.repay'],
      baseline: { ids: [], totals: [{ what: 'unitDebt', coin: 'USDT', amount: decimal('5000') }] },
    });
    const late = [248_000, 248_000, 260_000, 276_999, 276_999];
    assert.deepEqual(await told(repayment, ...late, 277_000), [...Array(5).fill('unknown'), 'end absent']);
    lookout = new Lookout(exchange, exchange.clock, 0);
    exchange.others.set('getInsLoanOrders', order('4000'));
    const early = [247_999, 247_999, 247_999, 247_999];
    assert.deepEqual(await told(repayment, ...early), Array(4).fill('unknown'));
    assert.deepEqual(await told(repayment, 248_000, 248_000, 248_000), ['unknown', 'unknown', 'unknown']);
    assert.deepEqual(await told(repayment, 248_000), ['needsLook']);
  });

  it('tells at once how an order stands that was to be cancelled', async () => {
    const order = (state: number) => ({ list: [{ orderId: '900', orderTime: SIGNED - 1, state }] });
    const cancelling = sentOff({
      operation: SAMPLES['fixed.cancelBorrow'],
      baseline: { ids: [], totals: [] },
    });
    exchange.others.set('getFixedBorrowOrders', order(3));
    assert.deepEqual(await told(cancelling, 600), ['end failed'], 'it was filled before');
    exchange.others.set('getFixedBorrowOrders', order(4));
    assert.deepEqual(await told(cancelling, 600), ['end done']);
    // Nothing is listed where it must be.
    exchange.others.set('getFixedBorrowOrders', { list: [] });
    assert.deepEqual(await told(cancelling, 600, 44_999, 45_000), ['unknown', 'unknown', 'needsLook']);
  });
});

describe('between two looks', () => {
  it('there is little time, then more', () => {
    const looks = [1, 2, 4, 5, 30, 31, 80, 81];
    assert.deepEqual(looks.map(pauseAfter), [500, 1000, 1000, 2000, 2000, 5000, 5000, 15_000]);
  });

  it('the journal notes as unknown what was being sent', () => {
    assert.deepEqual(stateOf({ state: 'sending' }), { state: 'unknown' });
    assert.deepEqual(stateOf({ state: 'needsLook' }), { state: 'needsLook' });
  });
});
