import { type Bench, PATHS } from '../../bench';
import type { Envelope } from '../../signed';

/** One answer of each endpoint of the new flexible loans, the key, the wallets and the market. */
export async function newLoanAnswers(desk: Bench): Promise<ReadonlyMap<string, Envelope>> {
  const answers = new Map<string, Envelope>();
  const collateralList = [
    { currency: 'USDT', amount: '20000' },
    { currency: 'ETH', amount: '2' },
  ];
  const keep = async (id: string, answer: Promise<Envelope>): Promise<void> => {
    answers.set(id, await answer);
  };
  await keep(
    'borrowFlexible',
    desk.post(PATHS.borrow, { loanCurrency: 'BTC', loanAmount: '0.1', collateralList }),
  );
  await keep('repayFlexible', desk.post(PATHS.repay, { loanCurrency: 'BTC', amount: '0.01' }));
  await keep(
    'repayFlexibleWithCollateral',
    desk.post(PATHS.convert, { loanCurrency: 'BTC', amount: '0.01', collateralCoin: 'USDT' }),
  );
  await keep('adjustCollateral', desk.post(PATHS.adjust, { currency: 'ETH', amount: '0.5', direction: '1' }));
  await keep(
    'calculateMaxLoan',
    desk.post(PATHS.maxLoan, { currency: 'BTC', collateralList: [{ ccy: 'XRP', amount: '1000' }] }),
  );
  await keep('getMaxCollateralReduction', desk.get(PATHS.maxReduction, 'currency=ETH'));
  await keep('getCollateralAdjustmentHistory', desk.get(PATHS.adjustments));
  await keep('getLoanPosition', desk.get(PATHS.position));
  await keep('getFlexibleLoans', desk.get(PATHS.loans));
  await keep('getFlexibleBorrowHistory', desk.get(PATHS.borrows));
  await keep('getFlexibleRepaymentHistory', desk.get(PATHS.repayments));
  await keep('getFlexibleAvailableInventory', desk.get(PATHS.inventory, 'currency=USDT'));
  await keep('getLoanableCoins', desk.get(PATHS.coins));
  await keep('getCollateralCoins', desk.get(PATHS.collateral));
  await keep('getApiKeyInfo', desk.get(PATHS.key));
  await keep('getFundingBalances', desk.get(PATHS.balances, 'accountType=FUND'));
  await keep('getServerTime', desk.get(PATHS.time));
  await keep('getSpotTickers', desk.get(PATHS.tickers, 'category=spot'));
  return answers;
}
