import * as v from 'valibot';
import { gt, places } from '../../../bybit/decimal';
import { type FixedRepayment, FixedRepayType, repayFixedWithCollateral } from '../../../bybit/fixed-repay';
import { type Words, words } from '../../../bybit/words';
import { settleDebt } from '../../change';
import { COLLATERAL_PLACES } from '../../limits';
import type { Finding, OperationParams } from '../../operation';
import type { Definition, Situation } from '../definition';
import { decimalText } from '../params';
import { coinNamed, error, exactText, fits, positive, warning } from '../rules';
import { feeWarning, sell, soldCoinFindings, soldValueFindings } from '../selling';
import { fixedRepayments, openContracts, owedOnAll } from './contracts';

type Params = OperationParams['fixed.repayWithCollateral'];

/** Repay a fixed loan by selling pledged coins, in part or in full. No id comes back: it is found by what it paid. */
export const repayFixedBySelling: Definition<Params> = {
  schema: v.object({
    coin: v.string(),
    amount: decimalText,
    collateralCoins: v.array(v.string()),
    loanId: v.optional(v.string()),
  }),
  title,
  check: (params, situation) => {
    const findings = [...owedFindings(params, situation), ...soldCoinFindings(params, situation)];
    if (findings.length > 0) return findings;
    return [
      ...soldValueFindings(params, situation),
      feeWarning(),
      ...orderWarnings(params, situation),
      warning('loanId', words('The interest paid in advance is not given back.')),
    ];
  },
  apply: (book, params) => {
    const paid = settleDebt(book, { system: 'fixed', coin: params.coin, amount: params.amount });
    return sell(paid, params);
  },
  send: async (exchange, { coin, amount, collateralCoins, loanId }, options) => {
    const body = {
      loanCurrency: coin,
      amount,
      collateralCoin: collateralCoins.join(','),
      ...(loanId !== undefined && { loanId }),
    };
    await exchange.call(repayFixedWithCollateral, body, options);
    return undefined;
  },
  history: (exchange, params, cursor) =>
    fixedRepayments(exchange, params.coin, (row) => isOf(params, row), cursor),
  marks: ({ coin, collateralCoins, loanId }) => [
    ...(loanId === undefined ? [] : [{ what: 'contract' as const, coin, id: loanId }]),
    ...collateralCoins.map((held) => ({ what: 'collateral' as const, coin: held })),
  ],
  grounds: ['fixedContracts'],
  touches: ['fixedContracts', 'position', 'wallet'],
};

function title({ coin, amount, collateralCoins, loanId }: Params, locale: string): Words {
  const text = exactText(amount, coin, { locale });
  const sold = collateralCoins.join(' + ');
  return loanId === undefined
    ? words('Repay {0} of fixed loans by selling {1}', text, sold)
    : words('Repay {0} of fixed loan {1} by selling {2}', text, loanId, sold);
}

function isOf({ amount, loanId }: Params, row: FixedRepayment): boolean {
  if (row.repayType !== FixedRepayType.collateral || row.repayAmount !== amount) return false;
  return loanId === undefined || row.details.every((detail) => detail.loanId === loanId);
}

function owedFindings(params: Params, situation: Situation): readonly Finding[] {
  const { coin, amount, loanId } = params;
  const named = coinNamed('coin', coin);
  if (named.length > 0) return named;
  const amounts = positive('amount', amount);
  const open = openContracts(situation.snapshot, coin, loanId);
  if (open === undefined) return amounts;
  if (open.length === 0) {
    return loanId === undefined
      ? [error('coin', words('Nothing is owed in {0} as a fixed loan (148032).', coin))]
      : [error('loanId', words('This contract is not open any more: look again (148033).'))];
  }
  if (amounts.length > 0) return amounts;
  const owed = owedOnAll(open);
  if (gt(amount, owed)) {
    return [error('amount', words('The debt is {0} (148038).', exactText(owed, coin, situation)))];
  }
  return amount === owed
    ? []
    : fits('amount', params, Math.max(COLLATERAL_PLACES, places(owed)), '148042', situation);
}

function orderWarnings({ coin, loanId }: Params, { snapshot }: Situation): readonly Finding[] {
  const several = (openContracts(snapshot, coin)?.length ?? 0) > 1;
  if (loanId !== undefined || !several) return [];
  return [
    warning('loanId', words('The contract that is due next is paid first; of two alike the dearer one.')),
  ];
}
