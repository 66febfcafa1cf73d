import { type Bench, PATHS } from '../../bench';
import { contractsOf, FIXED, first, MINUTE, offered, orderIdOf, wanted } from '../../fixed-desk';
import type { Envelope } from '../../signed';

/** One answer of each endpoint of fixed loans, and the position with fixed debt and supply in it. */
export async function fixedAnswers(desk: Bench): Promise<ReadonlyMap<string, Envelope>> {
  const answers = new Map<string, Envelope>();
  const keep = async (id: string, answer: Promise<Envelope>): Promise<Envelope> => {
    const given = await answer;
    answers.set(id, given);
    return given;
  };
  const lowest = first(await offered(desk, 'USDT')).annualRate;
  const highest = first(await wanted(desk, 'USDT')).annualRate;
  const collateralList = [{ currency: 'BTC', amount: '0.1' }];
  const loan = { orderCurrency: 'USDT', orderAmount: '1500.25', annualRate: lowest, term: '7' };
  const offer = { orderCurrency: 'USDT', orderAmount: '1200.5', annualRate: highest, term: '7' };

  await keep('createFixedBorrowOrder', desk.post(FIXED.borrow, { ...loan, collateralList }));
  await keep('createFixedSupplyOrder', desk.post(FIXED.supply, offer));
  desk.pass(MINUTE);
  await keep('getFixedBorrowContracts', desk.get(FIXED.contracts));
  const { loanId } = first(await contractsOf(desk));
  await keep(
    'repayFixedWithCollateral',
    desk.post(FIXED.convert, { loanId, loanCurrency: 'USDT', amount: '100', collateralCoin: 'BTC' }),
  );
  await keep('getLoanPosition', desk.get(PATHS.position));
  await keep('repayFixedLoan', desk.post(FIXED.repay, { loanId }));
  await keep('renewFixedLoan', desk.post(FIXED.renew, { loanId, collateralList }));

  const hopeless = await desk.post(FIXED.borrow, { ...loan, annualRate: '0.0001', collateralList: [] });
  await keep('cancelFixedBorrowOrder', desk.post(FIXED.cancelBorrow, { orderId: orderIdOf(hopeless) }));
  const dear = await desk.post(FIXED.supply, { ...offer, annualRate: '1' });
  await keep('cancelFixedSupplyOrder', desk.post(FIXED.cancelSupply, { orderId: orderIdOf(dear) }));

  await keep('getFixedBorrowingMarket', desk.get(FIXED.borrowingMarket, 'orderCurrency=USDT&orderBy=apy'));
  await keep('getFixedLendingMarket', desk.get(FIXED.lendingMarket, 'orderCurrency=USDT&orderBy=term'));
  const inventory = 'currency=USDT&term=7&annualRate=0.12';
  await keep('getFixedAvailableInventory', desk.get(FIXED.inventory, inventory));
  await keep('getFixedBorrowOrders', desk.get(FIXED.borrowOrders));
  await keep('getFixedRenewOrders', desk.get(FIXED.renewals));
  await keep('getFixedRepaymentHistory', desk.get(FIXED.repayments));
  await keep('getFixedSupplyOrders', desk.get(FIXED.supplyOrders));
  await keep('getFixedSupplyContracts', desk.get(FIXED.supplies));
  return answers;
}
