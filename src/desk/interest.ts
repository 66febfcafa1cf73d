import { type Decimal, decimal, div, mul } from '../bybit/decimal';

const HOURS_A_YEAR = decimal('8760');

/** Annual fraction of an hourly one, without compounding, as the exchange shows it (API.md §6). Exact. */
export function hourlyToAnnual(hourly: Decimal): Decimal {
  return mul(hourly, HOURS_A_YEAR);
}

/** Hourly fraction of an annual one, to 18 decimals, nearest. */
export function annualToHourly(annual: Decimal): Decimal {
  return div(annual, HOURS_A_YEAR, 18);
}
