import assert from 'node:assert/strict';
import { add, type Decimal, decimal, div, lt, mul, round, sub, ZERO } from '../../../../../src/bybit/decimal';
import { withPosting } from '../../../../../src/paper/ledger/legacy/accruing';
import { expiryOf, owedOn } from '../../../../../src/paper/ledger/legacy/loan';
import type { LegacyLoan } from '../../../../../src/paper/ledger/legacy/state';
import { held, imbalances } from '../../../../../src/paper/ledger/money';
import type { State } from '../../../../../src/paper/ledger/state';
import { coinOf, priceOf } from '../../../../../src/paper/ledger/world';
import { DAY, HOUR } from '../../../../../src/paper/market/market';
import { createWorld } from '../../../../../src/paper/systems/systems';
import { type Bench, bench, LEGACY, PATHS, rowsOf, SEED, START } from '../../bench';

const world = createWorld(SEED);

function loanWith(state: State, term: string | undefined): LegacyLoan {
  const loan = state.legacy.loans.find(({ fixed }) => fixed?.term === term);
  assert.ok(loan);
  return loan;
}

function again(state: State, loan: LegacyLoan): LegacyLoan {
  const found = state.legacy.loans.find(({ id }) => id === loan.id);
  assert.ok(found);
  return found;
}

describe('the legacy loans of a fresh paper account', () => {
  it('are running ones of both kinds, each with one collateral coin and one LTV below its line', async () => {
    const desk = bench();
    const rows = rowsOf(await desk.get(LEGACY.loans));
    assert.deepEqual([...new Set(rows.map((row) => row['loanTerm']))].sort(), ['', '14', '180', '30', '7']);
    for (const row of rows) {
      assert.match(String(row['orderId']), /^\d{19}$/);
      assert.ok(lt(row['currentLTV'] as Decimal, decimal('0.8')), String(row['currentLTV']));
      assert.equal(row['expirationTime'] === '', row['loanTerm'] === '');
    }
  });

  it('owe what was lent and posted less what was repaid, and leave the new system alone', async () => {
    const desk = bench();
    const state = await desk.state();
    assert.deepEqual(imbalances(state.money), []);
    for (const loan of [...state.legacy.loans, ...state.legacy.ended.map((one) => one.loan)]) {
      const repaid = state.legacy.repayments.filter((row) => row.order === loan.id).map((row) => row.amount);
      const paid = add(sub(loan.initialLoan, loan.principal), add(loan.repaidInterest, loan.repaidPenalty));
      assert.equal(paid, add(ZERO, ...repaid), loan.id);
    }
    const position = (await desk.get(PATHS.position)).result;
    assert.deepEqual([position['borrowList'], position['collateralList'], position['ltv']], [[], [], '0']);
  });
});

describe('interest of legacy loans', () => {
  const loan: LegacyLoan = {
    id: '1793683005081680384',
    time: Date.UTC(2024, 9, 10, 11, 5),
    coin: 'USDT',
    initialLoan: decimal('1888.005198'),
    principal: decimal('1888.005198'),
    interest: ZERO,
    penalty: ZERO,
    repaidInterest: ZERO,
    repaidPenalty: ZERO,
    collateral: 'BTC',
    initialPledge: decimal('0.0964687'),
    pledged: decimal('0.0964687'),
  };
  const posted = (start: LegacyLoan, times: number): LegacyLoan => {
    let next = start;
    for (let n = 1; n <= times; n++) next = withPosting(world, {} as State, next, loan.time + n * HOUR);
    return next;
  };

  it('is posted each hour on the principal, rounded up, as in the two documented examples', () => {
    const usdt = { term: '30', expires: loan.time + 30 * DAY, rate: decimal('0.0000010633') } as const;
    assert.equal(posted({ ...loan, fixed: usdt }, 20).interest, '0.04016');
    const eth = { term: '7', expires: loan.time + 7 * DAY, rate: decimal('0.0000010241') } as const;
    assert.equal(
      posted({ ...loan, coin: 'ETH', principal: decimal('1'), fixed: eth }, 5).interest,
      '0.00000515',
    );
  });

  it('is due until the last second of the term, in the documented example too', () => {
    assert.equal(expiryOf(1_728_546_174_028, '7'), 1_729_148_399_000);
  });

  it('is posted by itself at full hours, at the floating rate for a flexible loan', async () => {
    const desk = bench();
    const before = await desk.state();
    const [fixed, flexible] = [loanWith(before, '30'), loanWith(before, undefined)];
    desk.pass(39 * 60_000);
    assert.equal(again(await desk.state(), fixed).interest, fixed.interest, 'before the hour');
    desk.pass(61 * 60_000);
    const after = await desk.state();
    const hourly = round(mul(fixed.principal, fixed.fixed?.rate ?? ZERO), 6, 'up');
    assert.equal(sub(again(after, fixed).interest, fixed.interest), mul(hourly, decimal('2')));
    const rate = (time: number): Decimal =>
      round(world.market.hourlyRate(coinOf(world, 'USDT'), time, 'VIP0'), 10, 'half');
    const hour = Math.floor(START / HOUR) * HOUR;
    const expected = [hour, hour + HOUR].map((time) => round(mul(flexible.principal, rate(time)), 6, 'up'));
    assert.equal(sub(again(after, flexible).interest, flexible.interest), add(ZERO, ...expected));
  });

  it('triples as a penalty after the term, and 48 hours later the collateral is sold', async () => {
    const desk = bench();
    const before = await desk.state();
    const week = loanWith(before, '7');
    const { expires = 0, rate = ZERO } = week.fixed ?? {};
    desk.pass(expires - START - 1000);
    const due = again(await desk.state(), week);
    assert.equal(due.penalty, '0');
    const hourly = round(mul(week.principal, rate), 8, 'up');
    const hours = Math.floor((expires - Math.floor(week.time / HOUR) * HOUR) / HOUR);
    assert.equal(due.interest, mul(hourly, decimal(hours)));

    desk.pass(HOUR + 3000);
    const overdue = again(await desk.state(), week);
    assert.equal(
      overdue.interest,
      mul(hourly, decimal(hours + 1)),
      'the hour of the term that was under way',
    );
    const triple = round(mul(week.principal, rate, decimal('3')), 8, 'up');
    assert.equal(overdue.penalty, triple);

    desk.pass(46 * HOUR);
    assert.ok(
      (await desk.state()).legacy.loans.some(({ id }) => id === week.id),
      'still in the grace time',
    );
    desk.pass(HOUR);
    const after = await desk.state();
    assert.equal(
      after.legacy.loans.some(({ id }) => id === week.id),
      false,
    );
    const [row] = rowsOf(await desk.get(LEGACY.repayments, `orderId=${week.id}`));
    assert.equal(row?.['repayType'], '2');
    const [ended] = rowsOf(await desk.get(LEGACY.completed, `orderId=${week.id}`));
    assert.equal(ended?.['status'], 2);
    assert.equal(ended?.['repaidPenaltyInterest'], mul(triple, decimal('47')));
    const back = row?.['collateralReturn'] as Decimal;
    assert.equal(held(after.money, 'wallet', 'ETH'), add(held(before.money, 'wallet', 'ETH'), back));
    assert.ok(lt(back, week.pledged));
    assert.deepEqual(imbalances(after.money), []);
  });
});

describe('the lines of legacy loans', () => {
  async function shocked(desk: Bench, share: string): Promise<LegacyLoan> {
    const state = await desk.state();
    const loan = loanWith(state, '180');
    const debt = mul(owedOn(loan), priceOf(world, state, coinOf(world, loan.coin)));
    // The collateral's price at which the LTV is `share`.
    const price = div(debt, mul(loan.pledged, decimal(share)), 9, 'half');
    await desk.price(loan.collateral, price);
    return loan;
  }

  it('let a loan live just below its liquidation line and sell it above, at once', async () => {
    const desk = bench();
    const loan = await shocked(desk, '0.9199');
    assert.ok((await desk.state()).legacy.loans.some(({ id }) => id === loan.id));
    await shocked(desk, '0.9201');
    const state = await desk.state();
    assert.equal(
      state.legacy.loans.some(({ id }) => id === loan.id),
      false,
    );
    const [row] = rowsOf(await desk.get(LEGACY.repayments, `orderId=${loan.id}`));
    assert.deepEqual([row?.['repayType'], row?.['repayStatus']], ['2', 1]);
    assert.deepEqual(imbalances(state.money), []);
  });

  it('are seen also when the price moves while nobody looks', async () => {
    const desk = bench();
    const state = await desk.state();
    const loan = loanWith(state, undefined);
    desk.pass(20 * DAY);
    await desk.price(loan.collateral, '1000');
    const after = await desk.state();
    assert.equal(
      after.legacy.loans.some(({ id }) => id === loan.id),
      false,
    );
    assert.ok(lt(held(after.money, 'insurance', loan.coin), ZERO), 'the insurance paid what was missing');
    assert.deepEqual(imbalances(after.money), []);
  });

  it('differ by coin and tier; PRO1 and ETH are the documented ones', async () => {
    const desk = bench();
    const linesOf = async (query: string): Promise<readonly unknown[]> => {
      const [tier] = (await desk.get(LEGACY.collateral, query)).result['vipCoinList'] as {
        list: Record<string, unknown>[];
      }[];
      const coin = tier?.list[0] ?? {};
      return [coin['initialLTV'], coin['marginCallLTV'], coin['liquidationLTV']];
    };
    assert.deepEqual(await linesOf('currency=ETH&vipLevel=PRO1'), ['0.8', '0.87', '0.95']);
    assert.deepEqual(await linesOf('currency=ETH&vipLevel=VIP0'), ['0.78', '0.85', '0.95']);
    assert.deepEqual(await linesOf('currency=DOGE&vipLevel=VIP0'), ['0.48', '0.6', '0.8']);
    const all = (await desk.get(LEGACY.collateral)).result['vipCoinList'] as unknown[];
    assert.equal(all.length, 13);
  });
});
