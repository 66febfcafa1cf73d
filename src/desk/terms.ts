import type { Decimal } from '../bybit/decimal';
import { words } from '../bybit/words';
import { formatPercent } from './format';
import { hourlyToAnnual } from './interest';
import type { ReviewLine } from './review-lines';
import type { Snapshot } from './snapshot';

/** Annual rate of a flexible loan in a coin: that of the running debt, else the one on offer. */
export function flexibleRate(snapshot: Snapshot, coin: string): Decimal | undefined {
  const { coins, flexibleLoans } = snapshot.parts;
  const running = flexibleLoans.value?.find(({ loanCurrency }) => loanCurrency === coin);
  if (running !== undefined) return hourlyToAnnual(running.hourlyInterestRate);
  return coins.value?.find(({ currency }) => currency === coin)?.flexibleAnnualizedInterestRate;
}

/** What selling collateral costs, as a line of a review: the API publishes no rate (formulae.md, "Repayment with collateral"). */
export function saleFeeLine(): ReviewLine {
  return {
    label: words('Fee of the sale'),
    before: undefined,
    after: undefined,
    notes: [words('not published by the API: the higher rate of the two coins, on top of what is sold')],
    isWarning: false,
  };
}

/** The rate of a flexible loan as a line of a review; none when it is not known. */
export function flexibleRateLines(snapshot: Snapshot, coin: string, locale: string): readonly ReviewLine[] {
  const rate = flexibleRate(snapshot, coin);
  if (rate === undefined) return [];
  const text = formatPercent(rate, 2, locale);
  return [
    {
      label: words('Rate of {0} a year', coin),
      before: text,
      after: text,
      notes: [words('floats from hour to hour')],
      isWarning: false,
    },
  ];
}
