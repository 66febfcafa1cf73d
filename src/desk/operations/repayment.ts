import { add, type Decimal, gt, places } from '../../bybit/decimal';
import type { Exchange } from '../../bybit/exchange';
import { getFlexibleRepaymentHistory } from '../../bybit/flexible';
import { words } from '../../bybit/words';
import type { CoinAmount } from '../book';
import { COLLATERAL_PLACES } from '../limits';
import type { Finding } from '../operation';
import type { HistoryPage, Situation } from './definition';
import { coinNamed, error, exactText, fits, positive, warning } from './rules';

/** What repaying from the wallet and from collateral have in common. */

/** The flexible debt in a coin; undefined when nothing is owed. */
export function flexibleDebt({ book }: Situation, coin: string): Decimal | undefined {
  const rows = book?.debts.filter((debt) => debt.coin === coin && debt.system === 'flexible') ?? [];
  return rows.length === 0 ? undefined : add(...rows.map((debt) => debt.amount));
}

/** Whether the amount is owed and may be sent. The whole debt may, with as many decimals as the exchange shows it. */
export function debtFindings(asked: CoinAmount, situation: Situation): readonly Finding[] {
  const { coin, amount } = asked;
  const named = coinNamed('coin', coin);
  if (named.length > 0) return named;
  const amounts = positive('amount', amount);
  if (situation.book === undefined) return amounts;
  const owed = flexibleDebt(situation, coin);
  if (owed === undefined) {
    return [error('coin', words('Nothing is owed in {0} as a flexible loan (148032).', coin))];
  }
  if (amounts.length > 0) return amounts;
  if (gt(amount, owed)) {
    return [error('amount', words('The debt is {0} (148038).', exactText(owed, coin, situation)))];
  }
  return amount === owed
    ? []
    : fits('amount', asked, Math.max(COLLATERAL_PLACES, places(owed)), '148028', situation);
}

/** What to know when the only debt of the shared pool is repaid in full. */
export function lastDebtWarnings({ book }: Situation): readonly Finding[] {
  if (book === undefined || book.debts.length > 1 || book.collateral.length === 0) return [];
  return [
    warning(
      'collateral',
      words(
        'With the last debt gone the exchange may return the collateral by itself; if not, take it back.',
      ),
    ),
  ];
}

/** A page of the repayments in a coin; those of the amount and type match. */
export async function repayments(
  exchange: Exchange,
  { coin, amount }: CoinAmount,
  type: number,
  cursor: string | undefined,
): Promise<HistoryPage> {
  const request = { loanCurrency: coin, limit: '50', ...(cursor !== undefined && { cursor }) };
  const { result, time } = await exchange.call(getFlexibleRepaymentHistory, request);
  return {
    rows: result.list.map((row) => ({
      id: row.repayId,
      time: row.repayTime,
      status: row.repayStatus,
      matches: row.loanCurrency === coin && row.repayAmount === amount && row.repayType === type,
    })),
    cursor: result.nextPageCursor,
    time,
  };
}
