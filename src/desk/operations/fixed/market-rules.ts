import { TERMS, type Term } from '../../../bybit/common';
import { type Decimal, gt, places, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import type { CoinAmount } from '../../book';
import { fixedBounds } from '../../limits';
import type { Finding } from '../../operation';
import type { Situation } from '../definition';
import { sizeFindings } from '../new-debt';
import { coinNamed, coinRow, error, positive, warning } from '../rules';

/** What orders on both sides of the fixed market have in common. */
export interface Ask extends CoinAmount {
  readonly annualRate: Decimal;
  readonly term: Term;
}

/** Decimals of every rate that the documentation shows; how many are allowed is not published (148017). */
const RATE_PLACES = 4;
/** Quoted, but not among the documented terms of an order (API.md §12). */
const UNSURE_TERM: Term = '60';

/** Whether coin, amount, rate and term can be ordered; the maximum of a coin is one of borrowing. */
export function askFindings(ask: Ask, situation: Situation, side: 'borrow' | 'supply'): readonly Finding[] {
  const coins = coinFindings(ask, situation, side);
  return coins.some(({ severity }) => severity === 'error')
    ? coins
    : [...coins, ...rateFindings(ask), ...termFindings(ask)];
}

function coinFindings(ask: Ask, situation: Situation, side: 'borrow' | 'supply'): readonly Finding[] {
  const { coin, amount } = ask;
  const named = coinNamed('coin', coin);
  if (named.length > 0) return named;
  const amounts = positive('amount', amount);
  if (situation.snapshot.parts.coins.value === undefined) return amounts;
  const row = coinRow(coin, situation);
  if (row === undefined || !row.fixedBorrowable) {
    return [error('coin', words('{0} has no fixed terms here (148014).', coin))];
  }
  if (amounts.length > 0) return amounts;
  const { most, ...bounds } = fixedBounds(row);
  return sizeFindings(ask, { ...bounds, most: side === 'borrow' ? most : undefined }, situation);
}

function rateFindings({ annualRate }: Ask): readonly Finding[] {
  if (!gt(annualRate, ZERO)) {
    return [error('annualRate', words('The rate must be more than 0 (148016).'))];
  }
  if (places(annualRate) <= RATE_PLACES) return [];
  return [
    warning(
      'annualRate',
      words(
        'Rates on this market have had two decimals of a percent: the exchange may refuse this (148017).',
      ),
    ),
  ];
}

function termFindings({ term }: Ask): readonly Finding[] {
  if (!TERMS.includes(term)) {
    return [error('term', words('One of {0} days (148015).', TERMS.join(', ')))];
  }
  if (term !== UNSURE_TERM) return [];
  return [
    warning(
      'term',
      words('{0} days are quoted, but not documented for orders: the exchange may refuse it (148015).', term),
    ),
  ];
}

/** The cheapest offer for a term now, an annual fraction; undefined when there is none or it is not known. */
export function cheapestOffer({ coin, term }: Pick<Ask, 'coin' | 'term'>, situation: Situation) {
  return coinRow(coin, situation)?.[`annualizedInterestRate${term}D`];
}
