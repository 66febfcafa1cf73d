import assert from 'node:assert/strict';
import { add, type Decimal, decimal, lt, lte, sub } from '../../../../../src/bybit/decimal';
import { legacyLtv, owedOn } from '../../../../../src/paper/ledger/legacy/loan';
import type { LegacyLoan } from '../../../../../src/paper/ledger/legacy/state';
import { held, imbalances, purse } from '../../../../../src/paper/ledger/money';
import type { State } from '../../../../../src/paper/ledger/state';
import { DAY } from '../../../../../src/paper/market/market';
import { createWorld } from '../../../../../src/paper/systems/systems';
import { type Bench, bench, LEGACY, rowsOf, SEED } from '../../bench';

const world = createWorld(SEED);
const UNIT = decimal('0.00000001');

async function loanIn(desk: Bench, coin: string, term?: string): Promise<LegacyLoan> {
  const { loans } = (await desk.state()).legacy;
  const loan = loans.find((one) => one.coin === coin && (term === undefined || one.fixed?.term === term));
  assert.ok(loan);
  return loan;
}

function wallet(state: State, coin: string): Decimal {
  return held(state.money, 'wallet', coin);
}

describe('a legacy repayment', () => {
  it('takes interest before principal and keeps the collateral while something is owed', async () => {
    const desk = bench();
    const loan = await loanIn(desk, 'USDT', '30');
    const before = wallet(await desk.state(), 'USDT');
    const amount = add(loan.interest, decimal('100'));
    const answer = await desk.post(LEGACY.repay, { orderId: loan.id, amount });
    assert.equal(answer.retCode, 0, answer.retMsg);
    assert.equal(answer.retMsg, 'request.success');
    const after = await loanIn(desk, 'USDT', '30');
    assert.deepEqual(
      [after.interest, after.principal, after.repaidInterest, after.pledged],
      ['0', sub(loan.principal, decimal('100')), loan.interest, loan.pledged],
    );
    assert.equal(wallet(await desk.state(), 'USDT'), sub(before, amount));
    const [row] = rowsOf(await desk.get(LEGACY.repayments, `repayId=${String(answer.result['repayId'])}`));
    assert.deepEqual(
      [row?.['repayAmount'], row?.['collateralReturn'], row?.['repayStatus'], row?.['repayType']],
      [amount, '0', 1, '1'],
    );
  });

  it('of everything gives all collateral back and completes the loan', async () => {
    const desk = bench();
    const loan = await loanIn(desk, 'BTC');
    const before = await desk.state();
    const amount = owedOn(loan);
    const answer = await desk.post(LEGACY.repay, { orderId: loan.id, amount });
    const after = await desk.state();
    assert.equal(wallet(after, 'BTC'), sub(wallet(before, 'BTC'), amount));
    assert.equal(wallet(after, 'ETH'), add(wallet(before, 'ETH'), loan.pledged));
    assert.deepEqual(rowsOf(await desk.get(LEGACY.loans, `orderId=${loan.id}`)), []);
    const [row] = rowsOf(await desk.get(LEGACY.repayments, `orderId=${loan.id}`));
    assert.equal(row?.['repayId'], answer.result['repayId']);
    assert.equal(row?.['collateralReturn'], loan.pledged);
    const [ended] = rowsOf(await desk.get(LEGACY.completed, `orderId=${loan.id}`));
    assert.deepEqual(
      [ended?.['status'], ended?.['repaidInterest'], ended?.['initialCollateralAmount'], ended?.['loanTerm']],
      [1, loan.interest, loan.initialPledge, '14'],
    );
    assert.deepEqual(imbalances(after.money), []);
    assert.equal((await desk.post(LEGACY.repay, { orderId: loan.id, amount: '0.1' })).retCode, 177005);
  });

  it('under way shows as processing; one that fails goes without a trace and gives the money back', async () => {
    const desk = bench({ habits: { settleMs: 30_000 } });
    const loan = await loanIn(desk, 'USDT', '30');
    const before = wallet(await desk.state(), 'USDT');
    await desk.post(LEGACY.repay, { orderId: loan.id, amount: '50' });
    const shown = async (): Promise<unknown> =>
      rowsOf(await desk.get(LEGACY.repayments, `orderId=${loan.id}`))[0]?.['repayStatus'];
    assert.equal(await shown(), 2);
    const again = await desk.post(LEGACY.repay, { orderId: loan.id, amount: '50' });
    assert.equal(again.retCode, 177002);
    desk.pass(30_000);
    assert.equal(await shown(), 1);

    await desk.core.steer((state) => ({ ...state, habits: { ...state.habits, settleFails: true } }));
    await desk.post(LEGACY.repay, { orderId: loan.id, amount: '50' });
    desk.pass(30_000);
    assert.equal(rowsOf(await desk.get(LEGACY.repayments, `orderId=${loan.id}`)).length, 1);
    assert.equal(wallet(await desk.state(), 'USDT'), sub(before, decimal('50')));
    assert.deepEqual(imbalances((await desk.state()).money), []);
  });
});

describe('an adjustment of legacy collateral', () => {
  it('goes both ways and tells the LTV before and after with four decimals', async () => {
    const desk = bench();
    const loan = await loanIn(desk, 'USDT', '30');
    const added = await desk.post(LEGACY.adjust, { orderId: loan.id, amount: '0.01', direction: '0' });
    assert.equal(added.retCode, 0, added.retMsg);
    assert.equal((await loanIn(desk, 'USDT', '30')).pledged, add(loan.pledged, decimal('0.01')));
    await desk.post(LEGACY.adjust, { orderId: loan.id, amount: '0.02', direction: '1' });
    assert.equal((await loanIn(desk, 'USDT', '30')).pledged, sub(loan.pledged, decimal('0.01')));
    const rows = rowsOf(await desk.get(LEGACY.adjustments, `orderId=${loan.id}`));
    assert.deepEqual(
      rows.map((row) => [row['direction'], row['amount']]),
      [
        [1, '0.02'],
        [0, '0.01'],
      ],
    );
    assert.equal(rows[1]?.['adjustId'], added.result['adjustId']);
    assert.match(String(rows[0]?.['preLTV']), /^0\.\d{1,4}$/);
    assert.ok(lt(rows[0]?.['preLTV'] as Decimal, rows[0]?.['afterLTV'] as Decimal));
    assert.deepEqual(imbalances((await desk.state()).money), []);
  });

  it('may take out exactly the maximum, to the initial line, and not one unit more', async () => {
    const desk = bench();
    const loan = await loanIn(desk, 'USDT', '30');
    await desk.price('BTC', '90000');
    const most = (await desk.get(LEGACY.maxReduction, `orderId=${loan.id}`)).result[
      'maxCollateralAmount'
    ] as Decimal;
    const take = (amount: Decimal): Promise<{ retCode: number }> =>
      desk.post(LEGACY.adjust, { orderId: loan.id, amount, direction: '1' });
    assert.equal((await take(add(most, UNIT))).retCode, 177013);
    assert.equal((await take(most)).retCode, 0);
    const state = await desk.state();
    const left = await loanIn(desk, 'USDT', '30');
    assert.ok(lte(legacyLtv(world, state, left), decimal('0.78')));
    assert.equal(legacyLtv(world, state, left), '0.78');
  });

  it('leaves the minimum of the pair pledged however little is owed', async () => {
    const desk = bench();
    const loan = await loanIn(desk, 'USDT', '30');
    const amount = sub(owedOn(loan), decimal('0.5'));
    await desk.post(LEGACY.repay, { orderId: loan.id, amount });
    const limits = (await desk.get(LEGACY.limits, 'loanCurrency=USDT&collateralCurrency=BTC')).result;
    const take = sub(loan.pledged, UNIT);
    assert.ok(lt(UNIT, limits['minCollateralAmount'] as Decimal));
    assert.equal(
      (await desk.post(LEGACY.adjust, { orderId: loan.id, amount: take, direction: '1' })).retCode,
      177013,
    );
    const most = (await desk.get(LEGACY.maxReduction, `orderId=${loan.id}`)).result[
      'maxCollateralAmount'
    ] as Decimal;
    assert.equal(
      (
        await desk.post(LEGACY.adjust, {
          orderId: loan.id,
          amount: add(most, UNIT),
          direction: '1',
        })
      ).retCode,
      177016,
    );
    assert.equal(
      (await desk.post(LEGACY.adjust, { orderId: loan.id, amount: most, direction: '1' })).retCode,
      0,
    );
  });

  it('that fails shows nowhere and leaves everything as it was', async () => {
    const desk = bench({ habits: { settleMs: 5000, settleFails: true } });
    const loan = await loanIn(desk, 'BTC');
    const before = await desk.state();
    await desk.post(LEGACY.adjust, { orderId: loan.id, amount: '0.1', direction: '1' });
    desk.pass(5000);
    const after = await desk.state();
    assert.deepEqual(purse(after.money, 'wallet'), purse(before.money, 'wallet'));
    assert.deepEqual(purse(after.money, 'legacyPledged'), purse(before.money, 'legacyPledged'));
    assert.equal((await loanIn(desk, 'BTC')).pledged, loan.pledged);
    assert.equal(after.legacy.adjustments.length, before.legacy.adjustments.length);
  });
});

describe('legacy refusals', () => {
  const codes: readonly (readonly [
    why: string,
    path: string,
    body: Record<string, unknown>,
    code: number,
  ])[] = [
    ['an unknown order', LEGACY.repay, { orderId: '1794267532472646144', amount: '1' }, 177005],
    ['no order', LEGACY.repay, { amount: '1' }, 10001],
    ['an amount that is no number', LEGACY.repay, { orderId: 'USDT', amount: '1e3' }, 10001],
    ['nothing', LEGACY.repay, { orderId: 'USDT', amount: '0' }, 177019],
    ['too many decimals', LEGACY.repay, { orderId: 'USDT', amount: '1.0000001' }, 177004],
    ['more than the debt', LEGACY.repay, { orderId: 'USDT', amount: '1890.5' }, 177010],
    ['more than the wallet holds', LEGACY.repay, { orderId: 'XRP', amount: '150' }, 177011],
    ['a direction there is not', LEGACY.adjust, { orderId: 'USDT', amount: '1', direction: '2' }, 10001],
    ['less than nothing', LEGACY.adjust, { orderId: 'USDT', amount: '-1', direction: '0' }, 177019],
    ['nine decimals', LEGACY.adjust, { orderId: 'USDT', amount: '0.000000001', direction: '0' }, 177004],
    ['more than there is to add', LEGACY.adjust, { orderId: 'USDT', amount: '1', direction: '0' }, 177011],
    ['above the limit', LEGACY.adjust, { orderId: 'USDT', amount: '900', direction: '0' }, 177015],
    ['below the line', LEGACY.adjust, { orderId: 'USDT', amount: '0.04', direction: '1' }, 177013],
    [
      'borrowing',
      LEGACY.borrow,
      { loanCurrency: 'USDT', collateralCurrency: 'BTC', loanAmount: '50' },
      177008,
    ],
    ['borrowing without a coin', LEGACY.borrow, { collateralCurrency: 'BTC', loanAmount: '50' }, 10001],
  ];

  for (const [why, path, body, code] of codes) {
    it(`${code} for ${why}`, async () => {
      const desk = bench({
        wallet: new Map([
          ['BTC', decimal('0.5')],
          ['USDT', decimal('3000')],
        ]),
      });
      const named = body['orderId'];
      const orderId =
        named === 'USDT'
          ? (await loanIn(desk, 'USDT', '30')).id
          : named === 'XRP'
            ? (await loanIn(desk, 'XRP')).id
            : named;
      const before = await desk.state();
      const answer = await desk.post(path, { ...body, orderId });
      assert.equal(answer.retCode, code, answer.retMsg);
      assert.deepEqual(answer.result, {});
      assert.deepEqual((await desk.state()).money, before.money);
    });
  }

  it('name what is wrong with a question', async () => {
    const desk = bench();
    const ask = async (path: string, query: string): Promise<number> => (await desk.get(path, query)).retCode;
    assert.equal(await ask(LEGACY.limits, 'loanCurrency=NOPE&collateralCurrency=BTC'), 177006);
    assert.equal(await ask(LEGACY.limits, 'loanCurrency=STETH&collateralCurrency=BTC'), 177008);
    assert.equal(await ask(LEGACY.limits, 'loanCurrency=USDT&collateralCurrency=ID'), 177017);
    assert.equal(await ask(LEGACY.maxReduction, 'orderId=5'), 177005);
    assert.equal(await ask(LEGACY.loans, 'loanTermType=1'), 177019);
    assert.equal(await ask(LEGACY.loans, 'loanTerm=60'), 10001);
    assert.equal(await ask(LEGACY.loans, 'cursor=abc'), 10001);
    assert.equal(await ask(LEGACY.repayments, 'limit=101'), 10001);
    assert.equal(await ask(LEGACY.coins, 'vipLevel=VIP9'), 10001);
  });
});

describe('legacy lists', () => {
  it('filter by coin and term', async () => {
    const desk = bench();
    const ids = async (query: string): Promise<readonly unknown[]> =>
      rowsOf(await desk.get(LEGACY.loans, query)).map((row) => row['loanTerm']);
    assert.deepEqual(await ids('loanTermType=2'), ['']);
    assert.deepEqual(await ids('loanTermType=1&loanTerm=14'), ['14']);
    assert.deepEqual(await ids('loanCurrency=USDT&collateralCurrency=BTC'), ['30', '']);
    assert.deepEqual(await ids('collateralCurrency=DOGE'), []);
  });

  it('page by ids beyond 2^53; a full last page leads to an empty one, a short page does not', async () => {
    const desk = bench();
    const loan = await loanIn(desk, 'USDT', '30');
    for (let n = 1; n <= 6; n++) await desk.post(LEGACY.repay, { orderId: loan.id, amount: String(n) });
    const seen: unknown[] = [];
    let cursor = '';
    const sizes: number[] = [];
    for (;;) {
      const more = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = await desk.get(LEGACY.repayments, `orderId=${loan.id}&limit=3${more}`);
      const rows = rowsOf(page);
      sizes.push(rows.length);
      seen.push(...rows.map((row) => row['repayAmount']));
      cursor = String(page.result['nextPageCursor']);
      if (cursor === '') break;
      assert.ok(BigInt(cursor) > 2n ** 53n);
    }
    assert.deepEqual(seen, ['6', '5', '4', '3', '2', '1']);
    assert.deepEqual(sizes, [3, 3, 0]);
    const short = await desk.get(LEGACY.repayments, `orderId=${loan.id}&limit=7`);
    assert.equal(short.result['nextPageCursor'], '');
    const adjustments = await desk.get(LEGACY.adjustments);
    const next = String(adjustments.result['nextPageCursor']);
    assert.notEqual(next, '', 'this one carries a cursor always');
    assert.deepEqual(rowsOf(await desk.get(LEGACY.adjustments, `cursor=${next}`)), []);
  });

  it('reach six months back', async () => {
    const desk = bench();
    const all = rowsOf(await desk.get(LEGACY.completed));
    assert.equal(all.length, 3);
    desk.pass(10 * DAY);
    const later = rowsOf(await desk.get(LEGACY.completed, 'loanCurrency=USDT'));
    assert.equal(later.length, 0);
    assert.equal((await desk.state()).legacy.ended.length >= 3, true, 'kept, but not shown');
  });

  it('give limits of a pair of which both are the same value', async () => {
    const desk = bench();
    await desk.price('BTC', '100000');
    const limits = (await desk.get(LEGACY.limits, 'loanCurrency=USDT&collateralCurrency=BTC')).result;
    assert.deepEqual(limits, {
      collateralCurrency: 'BTC',
      loanCurrency: 'USDT',
      maxCollateralAmount: '102.564102564102564102',
      maxLoanAmount: '8000000',
      minCollateralAmount: '0.000128205128205129',
      minLoanAmount: '10',
    });
  });
});
