import { Direction } from '../../bybit/common';
import { type Decimal, gt, lte, places, ZERO } from '../../bybit/decimal';
import { Status } from '../../bybit/schema';
import { largestReduction, ltv, PLACES, standing } from './collateral';
import { type CoinAmount, checkPledge, guardIdle } from './guards';
import { nextId } from './ids';
import { held, move } from './money';
import { refuse, require_ } from './refusal';
import type { State } from './state';
import { debtsOf, type LedgerPart, type World } from './world';

export type DirectionCode = (typeof Direction)[keyof typeof Direction];

export interface AdjustmentRow {
  readonly id: number;
  readonly time: number;
  readonly coin: string;
  readonly amount: Decimal;
  readonly direction: DirectionCode;
  readonly before: Decimal;
  readonly after: Decimal;
  readonly status: number;
}

export interface AdjustmentPending {
  readonly id: number;
  readonly due: number;
  readonly coin: string;
  readonly amount: Decimal;
  readonly direction: DirectionCode;
}

export interface CommonState {
  /** Oldest first. */
  readonly adjustments: readonly AdjustmentRow[];
  readonly pending: readonly AdjustmentPending[];
}

export const NO_ADJUSTMENTS: CommonState = { adjustments: [], pending: [] };

function checkReduction(world: World, state: State, name: string, amount: Decimal): void {
  const coin = world.market.coins.get(name) ?? refuse(148004, name.slice(0, 40));
  require_(coin.collateral, 148004);
  require_(gt(amount, ZERO), 148008);
  require_(places(amount) <= PLACES, 148005);
  require_(lte(amount, largestReduction(world, state, coin)), 148037);
}

/** Accepts a movement of collateral between the Funding wallet and the account's pool. */
export function adjust(
  world: World,
  state: State,
  { coin, amount, direction }: CoinAmount & { readonly direction: DirectionCode },
): { readonly state: State; readonly id: number } {
  const adds = direction === Direction.add;
  require_(state.risk.stage !== 'liquidating', 148031);
  const idle = debtsOf(world, state).length === 0;
  require_(!idle || (!adds && held(state.money, 'pledged', coin) !== ZERO), 148013);
  guardIdle(world, state);
  if (adds) checkPledge(world, state, coin, amount);
  else checkReduction(world, state, coin, amount);

  const before = ltv(standing(world, state));
  const { id, state: counted } = nextId(state, 'adjust');
  const money = move(counted.money, adds ? 'wallet' : 'pledged', 'transit', coin, amount);
  const row: AdjustmentRow = {
    id,
    time: state.time,
    coin,
    amount,
    direction,
    before,
    after: before,
    status: Status.processing,
  };
  const due = state.time + state.habits.settleMs;
  return {
    id,
    state: {
      ...counted,
      money,
      common: {
        adjustments: [...counted.common.adjustments, row],
        pending: [...counted.common.pending, { id, due, coin, amount, direction }],
      },
    },
  };
}

function settle(world: World, state: State, pending: AdjustmentPending): State {
  const { id, coin, amount, direction } = pending;
  const succeeds = !state.habits.settleFails;
  const intoPool = (direction === Direction.add) === succeeds;
  const money = move(state.money, 'transit', intoPool ? 'pledged' : 'wallet', coin, amount);
  const moved = { ...state, money };
  const after = ltv(standing(world, moved));
  const status = succeeds ? Status.success : Status.fail;
  const adjustments = state.common.adjustments.map((row) =>
    row.id === id ? { ...row, after, status } : row,
  );
  return { ...moved, common: { ...state.common, adjustments } };
}

/** The account's shared collateral as a part of the ledger: owes nothing, but its movements may be under way. */
export const collateralPart: LedgerPart = {
  debts: () => [],
  supplies: () => [],
  busy: (state) => state.common.pending.length > 0,
  payOff: (_world, state) => state,
  timed: [
    {
      due(state) {
        const dues = state.common.pending.map((one) => one.due);
        return dues.length === 0 ? undefined : Math.min(...dues);
      },
      run(world, state) {
        const ripe = state.common.pending.filter((one) => one.due <= state.time);
        const pending = state.common.pending.filter((one) => one.due > state.time);
        return ripe.reduce<State>((next, one) => settle(world, next, one), {
          ...state,
          common: { ...state.common, pending },
        });
      },
    },
  ],
};
