import { type Decimal, decimal, mul, round, ZERO } from '../../../bybit/decimal';
import { DAY, MINUTE } from '../../market/market';
import { nextId } from '../ids';
import { nextLongId } from '../long-id';
import { move, movePurse } from '../money';
import type { State } from '../state';
import type { World } from '../world';
import { isSettlementDay, withDay } from './accruing';
import { BOUND_AT_FIRST } from './binding';
import { paidOrder } from './paying';
import type { InsOrder, InsRepayRow } from './state';
import { INS_PLACES, withUnit } from './unit';

/** A loan arranged before the ledger begins. */
interface Old {
  /** Days before the beginning. */
  readonly age: number;
  readonly product: string;
  readonly coin: string;
  readonly amount: string;
  /** Daily fraction. */
  readonly rate: string;
  /** A part of the principal paid back, days before the beginning. */
  readonly repaid?: { readonly age: number; readonly share: string };
}

const OLD: readonly Old[] = [
  {
    age: 800,
    product: '97',
    coin: 'USDT',
    amount: '50000',
    rate: '0.00021918',
    repaid: { age: 760, share: '1' },
  },
  {
    age: 140,
    product: '97',
    coin: 'USDC',
    amount: '100000',
    rate: '0.00019178',
    repaid: { age: 70, share: '1' },
  },
  {
    age: 75,
    product: '96',
    coin: 'USDT',
    amount: '300000',
    rate: '0.00019178',
    repaid: { age: 40, share: '0.15' },
  },
  { age: 21, product: '96', coin: 'BTC', amount: '2', rate: '0.00004110' },
];

/** The Unified wallet of the unit: its own money and what it has borrowed. */
const UNIFIED: ReadonlyMap<string, Decimal> = new Map(
  Object.entries({ USDT: '320000', USDC: '60000', BTC: '3', ETH: '40', SOL: '400', XRP: '30000' }).map(
    ([coin, amount]) => [coin, decimal(amount)],
  ),
);
/** What the lender has left to lend. */
const LENDER: ReadonlyMap<string, Decimal> = new Map([
  ['USDT', decimal('5000000')],
  ['USDC', decimal('2000000')],
  ['BTC', decimal('50')],
]);

type Row = Omit<InsRepayRow, 'id'>;

/** The order with every day since it was made, and the rows it left in the history. */
function lived(state: State, fresh: InsOrder, old: Old): { readonly order: InsOrder; readonly rows: Row[] } {
  const rows: Row[] = [];
  let order = fresh;
  const pay = (time: number, quantity: Decimal, interest: Decimal): void => {
    order = paidOrder(order, quantity, interest);
    rows.push({ time, coin: order.coin, quantity, interest, business: 1, status: 1 });
  };
  const payday = old.repaid === undefined ? undefined : momentOf(state, old.repaid.age);
  for (let day = Math.floor(fresh.time / DAY) * DAY + DAY; day <= state.time; day += DAY) {
    order = withDay(order);
    if (isSettlementDay(day) && order.interest !== ZERO) pay(day, ZERO, order.interest);
    if (payday !== undefined && payday >= day && payday < day + DAY) {
      const part = round(mul(order.amount, decimal(old.repaid?.share ?? '0')), INS_PLACES, 'down');
      pay(payday, part, ZERO);
    }
  }
  return { order, rows };
}

function momentOf(state: State, age: number): number {
  return state.time - age * DAY - ((age * 773_057) % (200 * MINUTE));
}

/** The risk unit a ledger begins with: two running loans, two paid off, a Unified wallet, two bound UIDs. */
export function beginInstitutional(_world: World, fresh: State): State {
  let money = movePurse(fresh.money, UNIFIED, 'market', 'unified');
  money = movePurse(money, LENDER, 'market', 'institutionalPool');
  let state: State = { ...fresh, money };
  const orders: InsOrder[] = [];
  const rows: Row[] = [];
  for (const old of OLD) {
    const { age, product, coin, amount, rate } = old;
    const time = momentOf(state, age);
    const { id, state: counted } = nextLongId(state, 'institutional order', time);
    const nothing = { interest: ZERO, repaid: ZERO, repaidInterest: ZERO };
    const all = decimal(amount);
    const made = { id, product, time, coin, amount: all, rate: decimal(rate), unpaid: all, ...nothing };
    const { order, rows: left } = lived(state, made, old);
    orders.push(order);
    rows.push(...left);
    // Lent and spent, and paid back from outside, before the ledger begins.
    let moved = move(counted.money, 'institutionalPool', 'market', coin, all);
    for (const row of left) {
      moved = move(moved, 'market', 'institutionalPool', coin, row.quantity);
      moved = move(moved, 'market', 'institutionalPool', coin, row.interest);
    }
    state = { ...counted, money: moved };
  }
  const repayments = rows
    .sort((a, b) => a.time - b.time)
    .map((row): InsRepayRow => {
      const { id, state: counted } = nextId(state, 'institutional repay');
      state = counted;
      return { ...row, id };
    });
  const bound = BOUND_AT_FIRST.map((distance) => String(state.uid + distance));
  return withUnit(state, { orders, repayments, bound });
}
