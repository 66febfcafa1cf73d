import {
  add,
  type Decimal,
  div,
  gt,
  gte,
  lt,
  lte,
  min,
  mul,
  places,
  round,
  sub,
  ZERO,
} from '../../bybit/decimal';
import { Status } from '../../bybit/schema';
import type { Coin } from '../market/coin';
import { above, LINES, standingWith } from './collateral';
import { type BorrowRow, type FlexiblePending, withLoan } from './flexible';
import { type CoinAmount, checkPledges, guardIdle, roomOf } from './guards';
import { nextId } from './ids';
import { move, movePurse } from './money';
import { require_ } from './refusal';
import type { State } from './state';
import { coinOf, priceOf, type World } from './world';

/** A coin that can be borrowed flexibly, or refusal: 148014 unknown, 148001 not lent flexibly. */
export function flexibleCoin(world: World, name: string): Coin {
  const coin = coinOf(world, name);
  require_(coin.flexible, 148001);
  return coin;
}

function checkAmount(world: World, state: State, coin: Coin, amount: Decimal): void {
  require_(gte(amount, ZERO), 148007);
  require_(places(amount) <= coin.flexiblePlaces, 148003);
  require_(gte(amount, coin.flexibleMinimum), 148002);
  const room = roomOf(world, state, coin);
  require_(lte(amount, room.personal), 148010);
  require_(lte(amount, room.platform), 148020);
  require_(lte(amount, room.pool), 148011);
}

/**
 * Accepts a flexible loan: collateral leaves the Funding wallet and the loan its pool, in one step or not at all. The
 * loan amount is judged before the collateral, then the LTV after both against the initial line (148009).
 */
export function borrow(
  world: World,
  state: State,
  request: CoinAmount & { readonly collateral: readonly CoinAmount[] },
): { readonly state: State; readonly id: number } {
  const coin = flexibleCoin(world, request.coin);
  checkAmount(world, state, coin, request.amount);
  guardIdle(world, state);
  const pledges = checkPledges(world, state, request.collateral);
  const after = standingWith(world, state, pledges);
  const debt = add(after.debt, mul(request.amount, priceOf(world, state, coin)));
  require_(!above({ ...after, debt }, LINES.initial), 148009);

  const { id, state: counted } = nextId(state, 'flexible borrow');
  const money = move(
    movePurse(counted.money, pledges, 'wallet', 'transit'),
    'pool',
    'transit',
    coin.name,
    request.amount,
  );
  const row: BorrowRow = {
    id,
    time: state.time,
    coin: coin.name,
    amount: request.amount,
    status: Status.processing,
  };
  const pending: FlexiblePending = {
    id,
    kind: 'borrow',
    due: state.time + state.habits.settleMs,
    coin: coin.name,
    amount: request.amount,
    collateral: pledges,
  };
  return {
    id,
    state: {
      ...counted,
      money,
      flexible: {
        ...counted.flexible,
        borrows: [...counted.flexible.borrows, row],
        pending: [...counted.flexible.pending, pending],
      },
    },
  };
}

/** Ends an accepted loan: paid out, or undone. */
export function settleBorrow(
  state: State,
  pending: Extract<FlexiblePending, { kind: 'borrow' }>,
  succeeds: boolean,
): State {
  const { id, coin, amount, collateral } = pending;
  const money = succeeds
    ? move(movePurse(state.money, collateral, 'transit', 'pledged'), 'transit', 'wallet', coin, amount)
    : move(movePurse(state.money, collateral, 'transit', 'wallet'), 'transit', 'pool', coin, amount);
  const borrows = state.flexible.borrows.map((row) =>
    row.id === id ? { ...row, status: succeeds ? Status.success : Status.fail } : row,
  );
  const settled = { ...state, money, flexible: { ...state.flexible, borrows } };
  return succeeds ? withLoan(settled, coin, amount) : settled;
}

/**
 * Largest flexible loan of a coin with `collateral` pledged on top: exactly this much passes {@link borrow}, one unit
 * more does not. "0" when not even the minimum is possible.
 */
export function largestLoan(
  world: World,
  state: State,
  coin: Coin,
  collateral: ReadonlyMap<string, Decimal>,
): Decimal {
  const { debt, collateral: value } = standingWith(world, state, collateral);
  const left = sub(mul(LINES.initial, value), debt);
  if (!gt(left, ZERO)) return ZERO;
  const room = roomOf(world, state, coin);
  const most = min(
    div(left, priceOf(world, state, coin), 40, 'down'),
    room.personal,
    room.platform,
    room.pool,
  );
  const loan = round(most, coin.flexiblePlaces, 'down');
  return lt(loan, coin.flexibleMinimum) ? ZERO : loan;
}
