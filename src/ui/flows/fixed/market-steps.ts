import { TERMS, type Term } from '../../../bybit/common';
import { add, type Decimal, ZERO } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import { fillAtOnce, type Level, type OrderBook } from '../../../desk/fixed/order-book';
import { formatCoin, formatLevel, formatPercent } from '../../../desk/format';
import { readRate } from '../../../desk/rate-input';
import { coinName } from '../../coin-name';
import type { Choice } from '../../flow/question';
import { pickStep } from '../../flow/steps';
import type { Step } from '../../flow/walk';
import type { Host } from '../host';
import { type MarketBooks, waiting, withBooks } from './market-books';

/** What every flow on the fixed market asks first. */
export interface MarketAnswers {
  readonly coin: string | undefined;
  readonly term: Term | undefined;
  /** Annual fraction. */
  readonly annualRate: Decimal | undefined;
  readonly amount: Decimal | undefined;
  readonly market: MarketBooks;
}

/** The step to begin at, after what the person started from. */
export function marketStart({ coin, term }: Pick<MarketAnswers, 'coin' | 'term'>): string | undefined {
  if (coin === undefined) return undefined;
  return term === undefined ? 'term' : 'annualRate';
}

/** Which term, with what waits on the other side of each. */
export function termStep<C extends MarketAnswers>(host: Host): Step<C> {
  const step = pickStep<C, Term>(
    'term',
    ({ coin = '', term, market }) => ({
      placeholder: market.side === 'offers' ? words('Borrow for how long?') : words('Lend for how long?'),
      choices: () => market.terms(coin).map((book) => termRow(book, host.locale)),
      isCurrent: (value) => value === term,
      buttons: [readAgain(market, coin)],
    }),
    (context, term) => ({
      ...context,
      term,
      annualRate: context.term === term ? context.annualRate : undefined,
    }),
  );
  return withBooks(step, host, ({ market, coin }) => ({ market, coin }));
}

function termRow({ coin, term, side, levels }: OrderBook, locale: string): Choice<Term> {
  const [best] = levels;
  const name = coinName(coin);
  const label = words('{0} days', term);
  if (best === undefined) {
    const nobody =
      side === 'offers'
        ? words('nobody offers now: an order would wait')
        : words('nobody asks now: an order would wait');
    return { value: term, label, description: [nobody] };
  }
  const rate = formatPercent(best.annualRate, 2, locale);
  const all = formatCoin(waiting(levels), name, { locale });
  return {
    value: term,
    label,
    description:
      side === 'offers'
        ? [words('from {0} a year', rate), words('{0} offered', all)]
        : [words('up to {0} a year', rate), words('{0} asked for', all)],
  };
}

/** Which rate: a level of the other side, or one typed. */
export function rateStep<C extends MarketAnswers>(host: Host): Step<C> {
  const { locale } = host;
  const step = pickStep<C, Decimal>(
    'annualRate',
    ({ coin = '', term = TERMS[0], annualRate, market }) => {
      const isBorrow = market.side === 'offers';
      return {
        placeholder: isBorrow
          ? words('At most which rate? Choose an offer, or type percent a year')
          : words('At least which rate? Choose a demand, or type percent a year'),
        choices: () => levelRows(market.book(coin, term), locale),
        isCurrent: (value) => value === annualRate,
        typed: (text) => typedRow(text, market.book(coin, term), locale),
        isTypedAlone: true,
        ...(annualRate !== undefined &&
          !isListed(annualRate, market.book(coin, term)) && { text: formatLevel(annualRate, locale) }),
        buttons: [readAgain(market, coin)],
      };
    },
    (context, annualRate) => ({ ...context, annualRate }),
  );
  return withBooks(step, host, ({ market, coin }) => ({ market, coin }));
}

const MOST_LEVELS = 20;

/** Whether a rate has a row of its own, which is marked then. */
function isListed(annualRate: Decimal, { levels }: OrderBook): boolean {
  return levels.slice(0, MOST_LEVELS).some((level) => level.annualRate === annualRate);
}

function levelRows({ coin, side, levels }: OrderBook, locale: string): Choice<Decimal>[] {
  if (levels.length === 0) {
    const nothing =
      side === 'offers'
        ? words(
            'Nobody offers {0} for this term now. Type the most you would pay: the order waits',
            coinName(coin),
          )
        : words(
            'Nobody asks for {0} for this term now. Type the least you want: the order waits',
            coinName(coin),
          );
    return [{ value: undefined, label: nothing, icon: 'info' }];
  }
  let sum = ZERO;
  return levels.slice(0, MOST_LEVELS).map((level, index): Choice<Decimal> => {
    sum = add(sum, level.amount);
    return {
      value: level.annualRate,
      label: words('{0} a year', formatPercent(level.annualRate, 2, locale)),
      description: levelWords(level, sum, coin, index, locale),
    };
  });
}

function levelWords(
  level: Level,
  sum: Decimal,
  coin: string,
  index: number,
  locale: string,
): readonly Words[] {
  const text = (amount: Decimal) => formatCoin(amount, coinName(coin), { locale });
  const own = words('{0} at this rate', text(level.amount));
  return index === 0 ? [own] : [own, words('{0} at it or better', text(sum))];
}

function typedRow(text: string, book: OrderBook, locale: string): Choice<Decimal> {
  const { coin, levels } = book;
  const read = readRate(text, locale);
  if ('problem' in read) return { value: undefined, label: read.problem, icon: 'error' };
  const { filled } = fillAtOnce(book, waiting(levels), read.value);
  const sum = formatCoin(filled, coinName(coin), { locale });
  return {
    value: read.value,
    label: words('{0} a year', formatLevel(read.value, locale)),
    description: [
      filled === ZERO ? words('nothing fits now: the order waits') : words('{0} at it or better', sum),
    ],
    icon: filled === ZERO ? 'watch' : 'check',
  };
}

function readAgain(market: MarketBooks, coin: string) {
  return { icon: 'refresh', tooltip: words('Read Again'), press: () => market.read(coin) };
}
