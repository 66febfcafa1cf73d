import { Direction } from '../../../bybit/common';
import { type Decimal, decimal, div, mul, round, sub, ZERO } from '../../../bybit/decimal';
import { Status } from '../../../bybit/schema';
import { LEGACY_PLEDGE_PLACES, type LegacyTerm, legacyTermRate } from '../../market/legacy';
import { HOUR, MINUTE } from '../../market/market';
import { nextLongId } from '../long-id';
import { fill, move } from '../money';
import type { State } from '../state';
import { coinOf, priceOf, type World } from '../world';
import { withPosting } from './accruing';
import { repayRow } from './ending';
import {
  expiryOf,
  floatingRate,
  legacyLtv,
  owedOn,
  placesOf,
  rateOf,
  withLegacy,
  withLoan,
  withPayment,
} from './loan';
import type { LegacyCause, LegacyLoan } from './state';

/** A loan from before the ledger: borrowing was withdrawn, so that legacy loans can only be old ones. */
interface Old {
  /** Hours before the ledger begins. */
  readonly age: number;
  readonly coin: string;
  readonly amount: string;
  readonly collateral: string;
  /** LTV at the prices of the beginning. */
  readonly ltv: string;
  readonly term?: LegacyTerm;
  /** Ended that many hours before the ledger begins. */
  readonly ended?: { readonly age: number; readonly cause: LegacyCause };
}

const OLD: readonly Old[] = [
  {
    age: 4700,
    coin: 'USDT',
    amount: '1200',
    collateral: 'ETH',
    ltv: '0.6',
    term: '30',
    ended: { age: 4260, cause: 1 },
  },
  {
    age: 2600,
    coin: 'SOL',
    amount: '12',
    collateral: 'XRP',
    ltv: '0.7',
    term: '14',
    ended: { age: 2410, cause: 2 },
  },
  { age: 1500, coin: 'XRP', amount: '150', collateral: 'SOL', ltv: '0.45', term: '180' },
  { age: 1100, coin: 'USDT', amount: '550', collateral: 'BTC', ltv: '0.62' },
  { age: 700, coin: 'ETH', amount: '1', collateral: 'BTC', ltv: '0.55', ended: { age: 695, cause: 1 } },
  { age: 130, coin: 'BTC', amount: '0.02', collateral: 'ETH', ltv: '0.58', term: '14' },
  { age: 70, coin: 'SOL', amount: '20', collateral: 'ETH', ltv: '0.5', term: '7' },
  { age: 20, coin: 'USDT', amount: '1888.005198', collateral: 'BTC', ltv: '0.4161', term: '30' },
];
/** What the running flexible one saw: a part paid back, and some collateral added. */
const PARTLY = { age: 900, share: decimal('0.2') };
const ADDED = { age: 600, share: decimal('0.05') };

/** A moment before the beginning, at no round minute. */
function ago(state: State, age: number): number {
  return state.time - age * HOUR - ((age * 483_059) % (40 * MINUTE));
}

function borrowed(
  world: World,
  state: State,
  old: Old,
): { readonly state: State; readonly loan: LegacyLoan } {
  const { coin, collateral, term } = old;
  const time = ago(state, old.age);
  const amount = decimal(old.amount);
  const value = mul(amount, priceOf(world, state, coinOf(world, coin)));
  const price = priceOf(world, state, coinOf(world, collateral));
  const pledge = div(value, mul(price, decimal(old.ltv)), LEGACY_PLEDGE_PLACES, 'up');
  const floating = floatingRate(world, state, coin, time);
  const rate = term === undefined ? undefined : legacyTermRate(coinOf(world, coin), floating, term);
  const { id, state: counted } = nextLongId(state, 'legacy order', time);
  const loan: LegacyLoan = {
    id,
    time,
    ...(term === undefined || rate === undefined
      ? {}
      : { fixed: { term, expires: expiryOf(time, term), rate } }),
    coin,
    initialLoan: amount,
    principal: amount,
    interest: ZERO,
    penalty: ZERO,
    repaidInterest: ZERO,
    repaidPenalty: ZERO,
    collateral,
    initialPledge: pledge,
    pledged: pledge,
  };
  let money = move(counted.money, 'legacyPool', 'market', coin, amount);
  money = move(money, 'market', 'legacyPledged', collateral, pledge);
  const next = withLegacy({ ...counted, money }, { loans: [...counted.legacy.loans, loan] });
  return { loan, state: next };
}

/** The loan with the interest of every full hour from one moment to another. */
function accrued(world: World, state: State, loan: LegacyLoan, from: number, until: number): LegacyLoan {
  let next = loan;
  for (let hour = (Math.floor(from / HOUR) + 1) * HOUR; hour <= until; hour += HOUR) {
    next = withPosting(world, state, next, hour);
  }
  return next;
}

/** A repayment made before the beginning, with money from outside. */
function repaid(
  state: State,
  loan: LegacyLoan,
  deed: { readonly time: number; readonly amount: Decimal; readonly cause: LegacyCause },
): { readonly state: State; readonly loan: LegacyLoan } {
  const { time, amount, cause } = deed;
  const { id, state: counted } = nextLongId(state, 'legacy repay', time);
  const { loan: paid, done } = withPayment(loan, amount);
  const returned = done ? loan.pledged : ZERO;
  const row = { ...repayRow(loan, { id, time, amount, cause }), returned, status: Status.success };
  const money = move(counted.money, 'market', 'legacyPool', loan.coin, amount);
  const next = withLegacy({ ...counted, money }, { repayments: [...counted.legacy.repayments, row] });
  return { loan: paid, state: withLoan(next, paid) };
}

function over(world: World, state: State, old: Old, loan: LegacyLoan): State {
  if (old.ended === undefined) {
    return withLoan(state, accrued(world, state, loan, loan.time, state.time));
  }
  const { cause } = old.ended;
  const time = ago(state, old.ended.age);
  const due = accrued(world, state, loan, loan.time, time);
  const { loan: paid, state: next } = repaid(state, due, { time, amount: owedOn(due), cause });
  const money = move(next.money, 'legacyPledged', 'market', paid.collateral, paid.pledged);
  const ended = {
    id: loan.id,
    time,
    loan: { ...paid, pledged: ZERO },
    rate: rateOf(world, { ...state, time }, paid),
    cause,
  };
  return withLegacy(
    { ...next, money },
    {
      loans: next.legacy.loans.filter((one) => one.id !== loan.id),
      ended: [...next.legacy.ended, ended],
    },
  );
}

/** The flexible loan with a past: a part of it repaid, later some collateral added. */
function lived(world: World, state: State, loan: LegacyLoan): State {
  const payday = ago(state, PARTLY.age);
  const before = accrued(world, state, loan, loan.time, payday);
  const amount = round(mul(owedOn(before), PARTLY.share), placesOf(world, loan), 'down');
  const { loan: paid, state: next } = repaid(state, before, { time: payday, amount, cause: 1 });
  const time = ago(state, ADDED.age);
  const later = accrued(world, state, paid, payday, time);
  const added = round(mul(loan.pledged, ADDED.share), LEGACY_PLEDGE_PLACES, 'down');
  const less = { ...later, pledged: sub(later.pledged, added) };
  const { id, state: counted } = nextLongId(next, 'legacy adjust', time);
  const row = {
    id,
    time,
    order: loan.id,
    coin: loan.collateral,
    amount: added,
    direction: Direction.add,
    before: legacyLtv(world, state, less),
    after: legacyLtv(world, state, later),
  };
  const now = accrued(world, state, later, time, state.time);
  return withLegacy(withLoan(counted, now), { adjustments: [...counted.legacy.adjustments, row] });
}

/** The legacy loans a ledger begins with: running ones of both kinds, and ended ones in the histories. */
export function beginLegacy(world: World, fresh: State): State {
  const pools = new Map([...world.market.coins].map(([name, coin]) => [name, coin.pool]));
  let state: State = { ...fresh, money: fill(fresh.money, 'legacyPool', pools) };
  for (const old of OLD) {
    const { state: next, loan } = borrowed(world, state, old);
    const quiet = loan.fixed !== undefined || old.ended !== undefined;
    state = quiet ? over(world, next, old, loan) : lived(world, next, loan);
  }
  return state;
}
