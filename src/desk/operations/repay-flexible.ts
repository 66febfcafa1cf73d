import * as v from 'valibot';
import { sub, ZERO } from '../../bybit/decimal';
import { FlexibleRepayType, repayFlexible } from '../../bybit/flexible';
import { words } from '../../bybit/words';
import { credit, settleDebt } from '../change';
import type { Finding, OperationParams } from '../operation';
import type { Definition, Situation } from './definition';
import { decimalText } from './params';
import { debtFindings, flexibleDebt, lastDebtWarnings, repayments } from './repayment';
import { exactText, inWallet, warning } from './rules';

type Params = OperationParams['flexible.repay'];

/** Repay a flexible loan from the Funding wallet, in part or in full. */
export const repayFlexibly: Definition<Params> = {
  schema: v.object({ coin: v.string(), amount: decimalText }),
  title: ({ coin, amount }, locale) => words('Repay {0}', exactText(amount, coin, { locale })),
  check: (params, situation) => {
    const findings = debtFindings(params, situation);
    if (findings.length > 0) return findings;
    return [...inWallet('amount', params, '148029', situation), ...fullRepayment(params, situation)];
  },
  apply: (book, { coin, amount }) =>
    settleDebt(credit(book, coin, sub(ZERO, amount)), { system: 'flexible', coin, amount }),
  send: async (exchange, { coin, amount }, options) =>
    (await exchange.call(repayFlexible, { loanCurrency: coin, amount }, options)).result.repayId,
  history: (exchange, params, cursor) => repayments(exchange, params, FlexibleRepayType.user, cursor),
  marks: ({ coin }) => [
    { what: 'debt', coin },
    { what: 'wallet', coin },
  ],
  touches: ['position', 'flexibleLoans', 'wallet'],
};

/** More than the debt is refused (148038), so all that can be sent is the debt as it was read. */
function fullRepayment(params: Params, situation: Situation): readonly Finding[] {
  if (flexibleDebt(situation, params.coin) !== params.amount) return [];
  const rest = warning(
    'amount',
    words('Interest posted before the repayment arrives stays as a small rest; repay that again.'),
  );
  return [rest, ...lastDebtWarnings(situation)];
}
