import { gt, parseDecimal, round, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import { fillAtOnce } from '../../../desk/fixed/order-book';
import { fillWords, type Quoted, supplyTerms } from '../../../desk/fixed/quote-lines';
import { formatCoin } from '../../../desk/format';
import { fixedBounds } from '../../../desk/limits';
import type { Operation } from '../../../desk/operation';
import { coinName } from '../../coin-name';
import type { DeedFlow } from '../deed';
import type { Host } from '../host';
import { type AmountQuestion, amountStep, judged, shares } from '../steps/amount-step';
import { lendableCoinStep } from '../steps/lend-coin-step';
import { isOffered, withCoin } from './borrow-fixed';
import { MarketBooks, waiting } from './market-books';
import { type MarketAnswers, marketStart, rateStep, termStep } from './market-steps';

const FIELDS: ReadonlySet<string> = new Set(['coin', 'term', 'annualRate', 'amount']);

/** Lend a coin of the Funding wallet for a term: which, how long, at least which rate, how much. */
export const supply: DeedFlow<MarketAnswers> = {
  title: words('Lend at a Fixed Rate'),
  needs: ['key', 'wallet', 'prices', 'coins', 'position', 'flexibleLoans', 'collateralRules'],
  start: ({ coin, term, amount }, host) => ({
    coin: isOffered(host, coin) ? coin : undefined,
    term,
    annualRate: undefined,
    amount: amount === undefined ? undefined : parseDecimal(amount),
    market: new MarketBooks(host.desk, 'demand'),
  }),
  beginAt: marketStart,
  steps: (_, host) => [
    lendableCoinStep<MarketAnswers>('coin', host, ({ coin }) => coin, withCoin),
    termStep(host),
    rateStep(host),
    amountStep<MarketAnswers>(
      'amount',
      host,
      (context) => amountQuestion(host, context),
      (context, amount) => ({ ...context, amount }),
    ),
  ],
  operation: operationOf,
  deed: ({ coin = '', amount = ZERO }, { locale }) =>
    words('Lend {0}', formatCoin(amount, coinName(coin), { locale, maxPlaces: 80 })),
  stepOf: (field) => (FIELDS.has(field) ? field : undefined),
  terms: (answers, { desk, locale }) => supplyTerms(quotedOf(answers), { locale, now: desk.serverNow }),
};

function operationOf(
  { coin = '', term = '7', annualRate = ZERO, amount = ZERO }: MarketAnswers,
  { account }: Host,
): Operation {
  const params = { coin, amount, annualRate, term, source: 'funding' as const };
  return { kind: 'fixed.supply', accountId: account.id, params };
}

function quotedOf({
  coin = '',
  term = '7',
  annualRate = ZERO,
  amount = ZERO,
  market,
}: MarketAnswers): Quoted {
  return { coin: coinName(coin), amount, annualRate, book: market.book(coin, term) };
}

function amountQuestion(host: Host, answers: MarketAnswers): AmountQuestion {
  const { desk } = host;
  const { coin = '', term = '7', annualRate, market } = answers;
  const row = desk.snapshot.parts.coins.value?.find(({ currency }) => currency === coin);
  const bounds = row === undefined ? undefined : fixedBounds(row);
  const places = bounds?.places ?? 0;
  const most = () => round(desk.snapshot.parts.wallet.value?.get(coin) ?? ZERO, places, 'down');
  const demand = market.book(coin, term);
  const asked = fillAtOnce(demand, waiting(demand.levels), annualRate).filled;
  return {
    coin,
    placeholder: words('How much {0} to lend? An amount, max, or a share like 50 %', coinName(coin)),
    amount: answers.amount,
    places,
    most,
    proposals: () => [
      { label: words('Minimum'), amount: bounds?.least ?? ZERO },
      ...(gt(asked, most()) ? [] : [{ label: words('All that is asked for at this rate'), amount: asked }]),
      ...shares(most(), places).toReversed(),
    ],
    nothing: words('The Funding wallet holds too little {0} for an order.', coinName(coin)),
    judge: (amount) =>
      judged(
        host,
        operationOf({ ...answers, amount }, host),
        (field) => field === 'amount' || field === 'coin',
        () => {
          const quoted = quotedOf({ ...answers, amount });
          const [, net] = supplyTerms(quoted, { locale: host.locale, now: 0 });
          const interest = net?.after === undefined ? [] : [words('net interest {0}', net.after)];
          return { effect: [...interest, fillWords(quoted, host.locale)] };
        },
      ),
  };
}
