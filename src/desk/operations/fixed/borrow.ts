import * as v from 'valibot';
import { TERMS } from '../../../bybit/common';
import { type Decimal, decimal, div, gt, lt, mul, sub, ZERO } from '../../../bybit/decimal';
import { createFixedBorrowOrder, getFixedBorrowOrders, RepayType } from '../../../bybit/fixed-borrow';
import { type Words, words } from '../../../bybit/words';
import { credit, owe, pledge } from '../../change';
import { payoutOf, termInterest } from '../../fixed/interest';
import { costText } from '../../fixed/interest-text';
import { formatAmount, formatExactPercent, formatPercent, formatUsd } from '../../format';
import { fixedBounds } from '../../limits';
import type { Finding, OperationParams } from '../../operation';
import type { Definition, Situation } from '../definition';
import { ltvFindings } from '../new-debt';
import { coinAmount, decimalText } from '../params';
import { collateralList, pledgeFindings, pledgeText } from '../pledging';
import { coinRow, error, exactText, warning } from '../rules';
import { askFindings, cheapestOffer } from './market-rules';
import { placing } from './order-history';

type Params = OperationParams['fixed.borrow'];

const REPAY_TYPE = { repay: '1', toFlexible: '2' } as const;
const WIRE_TYPE = { repay: RepayType.autoRepay, toFlexible: RepayType.toFlexible } as const;

/** Borrow for a term: an order on the fixed market, filled at once as far as there are offers. */
export const borrowFixed: Definition<Params> = {
  schema: v.object({
    coin: v.string(),
    amount: decimalText,
    annualRate: decimalText,
    term: v.picklist(TERMS),
    atMaturity: v.picklist(['repay', 'toFlexible']),
    allOrNothing: v.boolean(),
    collateral: v.array(coinAmount),
  }),
  title,
  check: (params, situation) => {
    const asked = askFindings(params, situation, 'borrow');
    const errors = asked.some(({ severity }) => severity === 'error');
    return [
      ...asked,
      ...maturityFindings(params, situation),
      ...pledgeFindings(params.collateral, situation),
      ...lineFindings(params, situation),
      ...(errors ? [] : payoutFindings(params, situation)),
      ...(errors ? [] : [...marketWarnings(params, situation), interestWarning(params, situation)]),
    ];
  },
  apply: (book, params) => {
    const { coin, amount, annualRate, term, collateral } = params;
    const payout = payoutOf({ amount, annualRate, days: decimal(term) });
    const lent = credit(pledge(book, collateral), coin, payout);
    return owe(lent, { system: 'fixed', coin, amount }, undefined);
  },
  send: async (exchange, params, options) => {
    const body = {
      orderCurrency: params.coin,
      orderAmount: params.amount,
      annualRate: params.annualRate,
      term: params.term,
      repayType: REPAY_TYPE[params.atMaturity],
      ...(params.allOrNothing && { strategyType: 'FULL' as const }),
      ...collateralList(params.collateral),
    };
    return (await exchange.call(createFixedBorrowOrder, body, options)).result.orderId;
  },
  history: async (exchange, params, cursor) => {
    const { coin, amount, annualRate, term, atMaturity } = params;
    const request = { orderCurrency: coin, limit: '50', ...(cursor !== undefined && { cursor }) };
    const { result, time } = await exchange.call(getFixedBorrowOrders, request);
    const rows = result.list.map((row) => {
      const same = row.orderCurrency === coin && row.orderQty === amount && row.annualRate === annualRate;
      const alike = String(row.term) === term && row.repayType === WIRE_TYPE[atMaturity];
      return placing(row, same && alike);
    });
    return { rows, cursor: result.nextPageCursor, time };
  },
  marks: ({ coin, collateral }) => [
    { what: 'fixedBorrowing', coin },
    ...collateral.map((held) => ({ what: 'wallet' as const, coin: held.coin })),
  ],
  touches: ['fixedOrders', 'fixedContracts', 'position', 'wallet'],
};

function title({ coin, amount, annualRate, term, collateral }: Params, locale: string): Words {
  const loan = exactText(amount, coin, { locale });
  const rate = formatExactPercent(annualRate, locale);
  if (collateral.length === 0) {
    return words('Borrow {0} for {1} days at up to {2} a year against what is pledged', loan, term, rate);
  }
  const held = pledgeText(collateral, locale);
  return words('Borrow {0} for {1} days at up to {2} a year against {3}', loan, term, rate, held);
}

function maturityFindings({ coin, atMaturity }: Params, situation: Situation): readonly Finding[] {
  if (atMaturity !== 'toFlexible' || coinRow(coin, situation)?.flexibleBorrowable !== false) return [];
  const text = words('{0} has no flexible loan that this one could turn into (148001).', coin);
  return [error('atMaturity', text)];
}

function lineFindings(params: Params, situation: Situation): readonly Finding[] {
  const row = coinRow(params.coin, situation);
  const bounds = row === undefined ? undefined : fixedBounds(row);
  return ltvFindings({ system: 'fixed', ...params }, bounds, situation);
}

/** How the rate stands to what is offered; the panel with the quotes shows more. */
function marketWarnings(params: Params, situation: Situation): readonly Finding[] {
  const { coin, annualRate, term } = params;
  if (coinRow(coin, situation) === undefined) return [];
  const cheapest = cheapestOffer(params, situation);
  if (cheapest === undefined) {
    return [warning('annualRate', words('Nobody offers {0} for {1} days now: the order waits.', coin, term))];
  }
  const shown = formatPercent(cheapest, 2, situation.locale);
  if (lt(annualRate, cheapest)) {
    return [
      warning(
        'annualRate',
        words('The cheapest offer is {0} a year: the order waits until somebody lends for less.', shown),
      ),
    ];
  }
  if (!gt(annualRate, cheapest)) return [];
  return [
    ...dearWarning(params, cheapest, situation),
    warning(
      'annualRate',
      words(
        'The cheapest offer is {0} a year. By the help pages you pay the rate you name, also where a cheaper offer fills the order.',
        shown,
      ),
    ),
  ];
}

/** A rate so many times that of the cheapest offer is told with what it costs: as likely as not it was mistyped. */
const DEAR = decimal('2');

function dearWarning(params: Params, cheapest: Decimal, situation: Situation): readonly Finding[] {
  const { coin, amount, annualRate, term } = params;
  if (cheapest === ZERO || lt(annualRate, mul(cheapest, DEAR))) return [];
  const { locale } = situation;
  const times = formatAmount(div(annualRate, cheapest, 1, 'down'), { locale });
  const loan = { amount, days: decimal(term) };
  const more = sub(termInterest({ ...loan, annualRate }), termInterest({ ...loan, annualRate: cheapest }));
  const price = situation.snapshot.parts.prices.value?.get(coin);
  const usd = price === undefined ? [] : [formatUsd(mul(more, price), locale)];
  const cost = [costText(more, coin, locale), ...usd].join(', ');
  return [
    warning(
      'annualRate',
      words(
        '{0} a year is {1} times the cheapest offer. At it the loan costs {2} more than at that offer. Is it what you mean?',
        formatExactPercent(annualRate, locale),
        times,
        cost,
      ),
    ),
  ];
}

/** Interest is taken out of what is paid out: something must be left of it. */
function payoutFindings(params: Params, situation: Situation): readonly Finding[] {
  const { coin, amount, annualRate, term } = params;
  const loan = { amount, annualRate, days: decimal(term) };
  if (gt(payoutOf(loan), ZERO)) return [];
  const interest = costText(termInterest(loan), coin, situation.locale);
  return [
    error(
      'annualRate',
      words('The interest for the term, {0}, would be as much as the loan: name a lower rate.', interest),
    ),
  ];
}

function interestWarning({ coin, amount, annualRate, term }: Params, { locale }: Situation): Finding {
  return takenAtStart(termInterest({ amount, annualRate, days: decimal(term) }), coin, locale);
}

/** That the interest of an order, or of several together, is prepaid; in the coin. */
export function takenAtStart(interest: Decimal, coin: string, locale: string): Finding {
  return warning(
    'interest',
    words(
      'Interest of up to {0} is taken at the start and not given back.',
      costText(interest, coin, locale),
    ),
  );
}
