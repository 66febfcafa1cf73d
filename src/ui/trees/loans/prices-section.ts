import { type Words, words } from '../../../bybit/words';
import { formatLevel, formatPercent, formatPrice } from '../../../desk/format';
import { dangersOf, nearestDanger, type PriceDanger } from '../../../desk/lines';
import type { LiquidationPrices } from '../../../desk/operation';
import { coinName } from '../../coin-name';
import { type Row, texts, verbatim } from '../../tree/row';
import { asOf } from '../read-rows';
import type { Section } from './section';

/** At which price each coin alone would bring the account to the liquidation line. */
export const pricesSection: Section = ({ desk, now, locale }) => {
  const { figures, thresholds, snapshot } = desk;
  if (figures === undefined || figures.ltv === undefined || figures.liquidation.length === 0) return [];
  const nearest = nearestDanger(figures.liquidation);
  return [
    {
      id: 'liquidation',
      label: words('Liquidation'),
      description: texts(
        nearest === undefined ? words('no coin alone leads there') : nearestWords(nearest, locale),
        asOf(snapshot.parts, ['position', 'prices'], now),
      ),
      tooltip: [
        words(
          'The price of a coin at which the LTV meets the liquidation line ({0}), while all other prices stay.',
          formatLevel(thresholds.liquidation, locale),
        ),
        words(
          'Of a coin that is pledged a fall is dangerous, of one that is owed a rise. The nearest is named here.',
        ),
      ],
      icon: { id: 'graph-line' },
      children: figures.liquidation.map((prices) => priceRow(prices, locale)),
    },
  ];
};

function nearestWords(danger: PriceDanger, locale: string): Words {
  const { side, reached, move } = danger;
  const name = coinName(danger.coin);
  const price = formatDanger(danger, locale);
  if (reached)
    return side === 'below' ? words('{0} is below {1}', name, price) : words('{0} is above {1}', name, price);
  const by = formatPercent(move, 2, locale);
  return side === 'below'
    ? words('{0} below {1} (−{2})', name, price, by)
    : words('{0} above {1} (+{2})', name, price, by);
}

function priceRow(prices: LiquidationPrices, locale: string): Row {
  const dangers = dangersOf(prices);
  const today = words('now {0}', formatPrice(prices.price, locale));
  const reached = dangers.some((danger) => danger.reached);
  return {
    id: `coin:${prices.coin}`,
    label: verbatim(coinName(prices.coin)),
    description: [
      ...(dangers.length === 0
        ? [words('no price of it alone leads there')]
        : dangers.map((danger) => sideWords(danger, locale))),
      today,
    ],
    tooltip: [...dangers.map((danger) => exactWords(danger)), words('Today {0} USD', prices.price)],
    icon: reached
      ? { id: 'flame', color: 'charts.red' }
      : { id: dangers.some(({ side }) => side === 'above') ? 'arrow-small-up' : 'arrow-small-down' },
  };
}

function sideWords(danger: PriceDanger, locale: string): Words {
  const price = formatDanger(danger, locale);
  if (danger.reached) {
    return danger.side === 'below' ? words('reached: below {0}', price) : words('reached: above {0}', price);
  }
  const by = formatPercent(danger.move, 2, locale);
  return danger.side === 'below'
    ? words('below {0} (−{1})', price, by)
    : words('above {0} (+{1})', price, by);
}

function exactWords({ at, side }: PriceDanger): Words {
  return side === 'below'
    ? words('Liquidation at or below {0} USD', at)
    : words('Liquidation at or above {0} USD', at);
}

/** Rounded to the side where there is less room. */
function formatDanger({ at, side }: PriceDanger, locale: string): string {
  return formatPrice(at, locale, side === 'below' ? 'up' : 'down');
}
