import { type Bench, INS } from '../../bench';
import type { Envelope } from '../../signed';

/** One answer of each institutional endpoint; the unit twice, at rest and while a repayment runs. */
export async function institutionalAnswers(desk: Bench): Promise<ReadonlyMap<string, Envelope>> {
  const answers = new Map<string, Envelope>();
  const keep = async (id: string, answer: Promise<Envelope>): Promise<void> => {
    answers.set(id, await answer);
  };
  const { uid } = await desk.state();
  await keep('getInsProductInfo', desk.get(INS.products));
  await keep('getInsMarginCoins', desk.get(INS.margin));
  await keep('getInsMarginCoinsOld', desk.get(INS.marginOld));
  await keep('getInsLoanOrders', desk.get(INS.orders));
  await keep('getInsRepaymentOrders', desk.get(INS.repayments));
  await keep('getInsLtv', desk.get(INS.ltv));
  await keep('getInsLtvOld', desk.get(INS.ltvOld));
  await keep('getInsCoinDelta', desk.get(INS.delta));
  await keep('getInsDelayLiquidationStatus', desk.get(INS.delay));
  await keep('bindInsUid', desk.post(INS.bind, { uid: String(uid + 3), operate: '0' }));
  await keep('repayInsLoan', desk.post(INS.repay, { token: 'USDT', quantity: '5000' }));
  await keep('getInsLtv.busy', desk.get(INS.ltv));
  return answers;
}
