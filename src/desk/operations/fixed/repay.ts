import * as v from 'valibot';
import { sub, ZERO } from '../../../bybit/decimal';
import type { FixedBorrowContract } from '../../../bybit/fixed-borrow';
import { type FixedRepayment, FixedRepayType, repayFixedLoan } from '../../../bybit/fixed-repay';
import { type Words, words } from '../../../bybit/words';
import { credit, settleDebt } from '../../change';
import type { Finding, OperationParams } from '../../operation';
import type { Definition, Situation } from '../definition';
import { decimalText } from '../params';
import { lastDebtWarnings } from '../repayment';
import { coinNamed, error, exactText, inWallet, warning } from '../rules';
import { fixedRepayments, openContracts, owedOnAll } from './contracts';

type Params = OperationParams['fixed.repay'];

/** Repay fixed loans from the Funding wallet, always in full: one contract, or all of a coin in one request. */
export const repayFixed: Definition<Params> = {
  schema: v.object({
    coin: v.string(),
    loanIds: v.array(v.string()),
    all: v.boolean(),
    amount: decimalText,
  }),
  title,
  check: (params, situation) => {
    const named = coinNamed('coin', params.coin);
    if (named.length > 0) return named;
    const open = openContracts(situation.snapshot, params.coin);
    return open === undefined ? [] : contractFindings(params, open, situation);
  },
  apply: (book, { coin, amount }) =>
    settleDebt(credit(book, coin, sub(ZERO, amount)), { system: 'fixed', coin, amount }),
  send: async (exchange, { coin, loanIds, all }, options) => {
    const [loanId] = loanIds;
    const body = all || loanId === undefined ? { loanCurrency: coin } : { loanId };
    return (await exchange.call(repayFixedLoan, body, options)).result.repayId;
  },
  history: (exchange, params, cursor) =>
    fixedRepayments(exchange, params.coin, (row) => isOf(params, row), cursor),
  marks: ({ coin, loanIds }) => loanIds.map((id) => ({ what: 'contract', coin, id })),
  grounds: ['fixedContracts'],
  touches: ['fixedContracts', 'position', 'wallet'],
};

function title({ coin, loanIds, all, amount }: Params, locale: string): Words {
  const text = exactText(amount, coin, { locale });
  return all
    ? words('Repay all fixed loans in {0}: {1}', coin, text)
    : words('Repay fixed loan {0}: {1}', loanIds.join(', '), text);
}

/** A contract is repaid in full once only, so that its ids tell the repayment; its penalty may have grown meanwhile. */
function isOf({ loanIds, all }: Params, { repayType, details }: FixedRepayment): boolean {
  if (repayType !== FixedRepayType.user || loanIds.length === 0) return false;
  if (!all && details.length !== 1) return false;
  return loanIds.every((id) => details.some(({ loanId }) => loanId === id));
}

function contractFindings(
  params: Params,
  open: readonly FixedBorrowContract[],
  situation: Situation,
): readonly Finding[] {
  const { coin, loanIds, all, amount } = params;
  if (open.length === 0) {
    return [error('coin', words('Nothing is owed in {0} as a fixed loan (148032).', coin))];
  }
  const meant = open.filter(({ loanId }) => loanIds.includes(loanId));
  if (loanIds.length === 0 || meant.length < loanIds.length) {
    return [error('loanIds', words('This contract is not open any more: look again (148033).'))];
  }
  if (!all && loanIds.length > 1) {
    return [error('loanIds', words('One contract in a request, or all of the coin (10001).'))];
  }
  if (all && open.length > meant.length) {
    return [error('loanIds', words('Another contract in {0} has begun since: look again.', coin))];
  }
  const owed = owedOnAll(meant);
  if (owed !== amount) {
    const text = words('{0} is owed now: look again (148038).', exactText(owed, coin, situation));
    return [error('amount', text)];
  }
  return [
    ...inWallet('amount', { coin, amount }, '148029', situation),
    warning('loanIds', words('The interest paid in advance is not given back.')),
    ...(situation.book?.debts.some((debt) => debt.coin === coin && debt.amount === amount) === true
      ? lastDebtWarnings(situation)
      : []),
  ];
}
