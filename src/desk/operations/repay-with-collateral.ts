import * as v from 'valibot';
import { FlexibleRepayType, repayFlexibleWithCollateral } from '../../bybit/flexible';
import { words } from '../../bybit/words';
import { settleDebt } from '../change';
import type { Finding, OperationParams } from '../operation';
import type { Definition, Situation } from './definition';
import { decimalText } from './params';
import { debtFindings, flexibleDebt, repayments } from './repayment';
import { exactText, warning } from './rules';
import { feeWarning, sell, soldCoinFindings, soldValueFindings } from './selling';

type Params = OperationParams['flexible.repayWithCollateral'];

/** Repay a flexible loan by selling pledged coins. No id comes back: it is found by coin, amount and type. */
export const repayFlexiblyWithCollateral: Definition<Params> = {
  schema: v.object({ coin: v.string(), amount: decimalText, collateralCoins: v.array(v.string()) }),
  title: ({ coin, amount, collateralCoins }, locale) =>
    words('Repay {0} by selling {1}', exactText(amount, coin, { locale }), collateralCoins.join(' + ')),
  check: (params, situation) => {
    const findings = [...debtFindings(params, situation), ...soldCoinFindings(params, situation)];
    if (findings.length > 0) return findings;
    return [...soldValueFindings(params, situation), feeWarning(), ...restWarnings(params, situation)];
  },
  apply: (book, params) => {
    const paid = settleDebt(book, { system: 'flexible', coin: params.coin, amount: params.amount });
    return sell(paid, params);
  },
  send: async (exchange, { coin, amount, collateralCoins }, options) => {
    const body = { loanCurrency: coin, amount, collateralCoin: collateralCoins.join(',') };
    await exchange.call(repayFlexibleWithCollateral, body, options);
    return undefined;
  },
  history: (exchange, params, cursor) => repayments(exchange, params, FlexibleRepayType.collateral, cursor),
  marks: ({ coin, collateralCoins }) => [
    { what: 'debt', coin },
    ...collateralCoins.map((held) => ({ what: 'collateral' as const, coin: held })),
  ],
  touches: ['position', 'flexibleLoans', 'wallet'],
};

function restWarnings({ coin, amount }: Params, situation: Situation): readonly Finding[] {
  if (flexibleDebt(situation, coin) !== amount) return [];
  return [
    warning(
      'amount',
      words('Interest posted before the repayment arrives stays as a small rest; repay that again.'),
    ),
  ];
}
