import * as v from 'valibot';
import { type Decimal, decimal } from '../../../bybit/decimal';
import { getFixedRenewOrders, renewFixedLoan } from '../../../bybit/fixed-borrow';
import { Status } from '../../../bybit/schema';
import { words } from '../../../bybit/words';
import { credit, owe, pledge } from '../../change';
import { payoutOf, termInterest } from '../../fixed/interest';
import { costText } from '../../fixed/interest-text';
import { type Renewable, renewables } from '../../loans/renewable';
import type { Finding, OperationParams } from '../../operation';
import type { Snapshot } from '../../snapshot';
import type { Definition, Situation } from '../definition';
import { ltvFindings } from '../new-debt';
import { coinAmount, decimalText } from '../params';
import { collateralList, pledgeFindings } from '../pledging';
import { error, exactText, warning } from '../rules';

type Params = OperationParams['fixed.renew'];

/** Borrow again what was repaid on a contract, for its term and rate. */
export const renewFixed: Definition<Params> = {
  schema: v.object({
    loanId: v.string(),
    coin: v.string(),
    amount: decimalText,
    collateral: v.array(coinAmount),
  }),
  title: ({ loanId, coin, amount }, locale) =>
    words('Renew fixed loan {0}: borrow {1} again', loanId, exactText(amount, coin, { locale })),
  check: (params, situation) => {
    const findings = repaidFindings(params, situation);
    if (findings.length > 0) return findings;
    return [
      ...pledgeFindings(params.collateral, situation),
      ...ltvFindings({ system: 'fixed', ...params }, undefined, situation),
      ...interestWarnings(params, situation),
      warning(
        'loanId',
        words(
          "The exchange's own documents disagree about renewing: one says that it borrows again what was repaid, another that a new loan takes the place of the old one. Look at the contracts afterwards.",
        ),
      ),
    ];
  },
  apply: (book, { loanId, coin, amount, collateral }, snapshot) => {
    const old = renewableOf(snapshot, loanId);
    const payout = old === undefined ? amount : payoutOf(lendingOf(old, amount));
    const lent = credit(pledge(book, collateral), coin, payout);
    return owe(lent, { system: 'fixed', coin, amount }, undefined);
  },
  send: async (exchange, { loanId, collateral }, options) => {
    const body = { loanId, ...collateralList(collateral) };
    return (await exchange.call(renewFixedLoan, body, options)).result.orderId;
  },
  history: async (exchange, { loanId, coin, amount }, cursor) => {
    const request = { orderCurrency: coin, limit: '50', ...(cursor !== undefined && { cursor }) };
    const { result, time } = await exchange.call(getFixedRenewOrders, request);
    return {
      rows: result.list.map((row) => ({
        id: row.orderId,
        time: row.time,
        // Only what was renewed is listed.
        status: Status.success,
        final: true,
        matches: row.loanId === loanId && row.amount === amount,
      })),
      cursor: result.nextPageCursor,
      time,
    };
  },
  marks: ({ coin, collateral }) => [
    { what: 'wallet', coin },
    ...collateral
      .filter((held) => held.coin !== coin)
      .map((held) => ({ what: 'wallet' as const, coin: held.coin })),
  ],
  failsSilently: true,
  grounds: ['fixedContracts', 'fixedRenewals'],
  touches: ['fixedContracts', 'fixedRenewals', 'position', 'wallet'],
};

function renewableOf(snapshot: Snapshot, loanId: string): Renewable | undefined {
  return renewables(snapshot)?.find((row) => row.loanId === loanId);
}

function lendingOf({ annualRate, term }: Renewable, amount: Decimal) {
  return { amount, annualRate, days: decimal(term) };
}

function repaidFindings({ loanId, amount }: Params, situation: Situation): readonly Finding[] {
  if (renewables(situation.snapshot) === undefined) return [];
  const old = renewableOf(situation.snapshot, loanId);
  if (old === undefined) {
    return [
      error('loanId', words('Nothing was repaid on this contract that could be borrowed again (148033).')),
    ];
  }
  if (old.amount === amount) return [];
  const text = words('{0} can be renewed, no more and no less.', exactText(old.amount, old.coin, situation));
  return [error('amount', text)];
}

function interestWarnings({ loanId, coin, amount }: Params, situation: Situation): readonly Finding[] {
  const old = renewableOf(situation.snapshot, loanId);
  if (old === undefined) return [];
  const interest = costText(termInterest(lendingOf(old, amount)), coin, situation.locale);
  return [
    warning(
      'amount',
      words(
        'Interest for the whole term, {0} at the old rate, is taken at the start and not given back when you repay early.',
        interest,
      ),
    ),
  ];
}
