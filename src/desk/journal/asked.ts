import type { Decimal } from '../../bybit/decimal';
import type { Operation } from '../operation';

/** What an operation asked for, as plain facts; amounts exact. What a kind does not have is undefined. */
export interface Asked {
  readonly coin: string | undefined;
  /** In the coin; of a cancelled order what was open of it. */
  readonly amount: Decimal | undefined;
  /** The order, contract, loan or UID it is about. */
  readonly target: string | undefined;
  /** Annual fraction. */
  readonly annualRate: Decimal | undefined;
  /** Days. */
  readonly term: string | undefined;
  /** "1000 USDT", or a coin alone where the exchange chooses the amount; empty without. */
  readonly collateral: readonly string[];
  readonly direction: 'add' | 'reduce' | undefined;
}

type Params = Operation['params'];

export function askedOf({ params }: Operation): Asked {
  return {
    coin: 'coin' in params ? params.coin : undefined,
    amount: amountOf(params),
    target: targetOf(params),
    annualRate: 'annualRate' in params ? params.annualRate : undefined,
    term: 'term' in params ? params.term : undefined,
    collateral: collateralOf(params),
    direction: 'direction' in params ? params.direction : undefined,
  };
}

function amountOf(params: Params): Decimal | undefined {
  if ('amount' in params) return params.amount;
  return 'rest' in params ? params.rest : undefined;
}

function targetOf(params: Params): string | undefined {
  if ('orderId' in params) return params.orderId;
  if ('loanIds' in params) return params.loanIds.join(' ');
  if ('loanId' in params) return params.loanId;
  return 'uid' in params ? params.uid : undefined;
}

function collateralOf(params: Params): readonly string[] {
  if ('collateral' in params) return params.collateral.map(({ coin, amount }) => `${amount} ${coin}`);
  return 'collateralCoins' in params ? params.collateralCoins : [];
}
