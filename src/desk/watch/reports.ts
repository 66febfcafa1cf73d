import type { Decimal } from '../../bybit/decimal';
import type { Report } from './event';
import type { Observation } from './observation';
import { coverReport, dueReport, overdueReport } from './rules/dues';
import { collateralLimitReport, keyReport, liquidationReport, orderReport, staleReport } from './rules/facts';
import { ltvReport } from './rules/ltv';
import { poolReports } from './rules/pools';

export interface WatchOptions {
  /** The person's own LTV levels as fractions, ascending. */
  readonly ladder: readonly Decimal[];
  /** BCP 47, for the numbers in sentences. */
  readonly locale: string;
}

/** What all rules have to say about an observation. A new rule is added here. */
export function reportsOf(seen: Observation, { ladder, locale }: WatchOptions): readonly Report[] {
  return [
    ltvReport(seen, ladder, locale),
    liquidationReport(seen, locale),
    overdueReport(seen, locale),
    coverReport(seen, locale),
    dueReport(seen, locale),
    ...poolReports(seen, locale),
    orderReport(seen, locale),
    collateralLimitReport(seen),
    keyReport(seen),
    staleReport(seen),
  ].filter((report) => report !== undefined);
}
