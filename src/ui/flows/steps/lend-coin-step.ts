import { type Decimal, gt, ZERO } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import { formatCoin, formatPercent } from '../../../desk/format';
import { bestBid, type CoinDemand, lending } from '../../../desk/market/lending';
import type { Desk } from '../../../desk/operation';
import { type RateRow, rateRows } from '../../../desk/rates';
import { coinName } from '../../coin-name';
import type { Choice } from '../../flow/question';
import { pickStep } from '../../flow/steps';
import type { Step } from '../../flow/walk';
import { verbatim } from '../../tree/row';
import type { Host } from '../host';
import { grouped } from './coin-step';

/**
 * A step that picks the coin to lend, of those with fixed terms: what the Funding wallet holds first, then favourites. What
 * borrowers bid is read while it is asked, coin by coin; until a coin's bids are known its row tells no rate.
 */
export function lendableCoinStep<C>(
  id: string,
  host: Host,
  coinOf: (context: C) => string | undefined,
  take: (context: C, coin: string) => C,
): Step<C> {
  const { desk } = host;
  return pickStep<C, string>(
    id,
    (context) => ({
      placeholder: words('Which coin to lend?'),
      choices: () => rows(host),
      isCurrent: (coin) => coin === coinOf(context),
      watch: (redraw) => {
        const release = desk.market.watch(lending);
        const stop = desk.onDidChange(redraw);
        return () => {
          stop();
          release();
        };
      },
    }),
    take,
  );
}

function rows({ desk, favourites, locale }: Host): Choice<string>[] {
  const all = rateRows(desk.snapshot.parts.coins.value ?? []).filter(
    ({ fixedBorrowable }) => fixedBorrowable,
  );
  const stars = favourites();
  const bids = desk.market.part(lending).value;
  const isHeld = (coin: string) => gt(heldOf(desk, coin) ?? ZERO, ZERO);
  const groups = [
    { title: words('In the Funding wallet'), isIn: isHeld },
    { title: words('Favourites'), isIn: (coin: string) => stars.has(coin) },
  ];
  return grouped(all, groups, (row) => coinRow(row, bids?.get(row.coin), heldOf(desk, row.coin), locale));
}

/** Undefined while the wallet is not known. */
function heldOf({ snapshot }: Pick<Desk, 'snapshot'>, coin: string): Decimal | undefined {
  const wallet = snapshot.parts.wallet.value;
  return wallet === undefined ? undefined : (wallet.get(coin) ?? ZERO);
}

function coinRow(
  { coin, fixedMinimum }: RateRow,
  demand: CoinDemand | undefined,
  held: Decimal | undefined,
  locale: string,
): Choice<string> {
  const amount = (value: Decimal) => formatCoin(value, coinName(coin), { locale });
  return {
    value: coin,
    label: verbatim(coinName(coin)),
    description: [
      ...(demand === undefined ? [] : bidWords(demand, locale)),
      ...(held === undefined || held === ZERO ? [] : [words('{0} held', amount(held))]),
      ...(fixedMinimum === undefined ? [] : [words('from {0}', amount(fixedMinimum))]),
    ],
  };
}

function bidWords(demand: CoinDemand, locale: string): readonly Words[] {
  const bid = bestBid(demand);
  if (bid !== undefined) {
    return [words('up to {0} a year for {1} days', formatPercent(bid.rate, 2, locale), bid.term)];
  }
  // Where the exchange did not tell all that waits, that nothing was seen is no proof of nothing.
  const isCut = [...demand.books.values()].some((book) => book.isCut === true);
  return isCut ? [] : [words('nobody asks now')];
}
