import { type Bench, LEGACY } from '../../bench';
import type { Envelope } from '../../signed';

interface Order {
  readonly orderId: string;
}

/** One answer of each legacy endpoint that grants what it is asked for, on the loans a ledger begins with. */
export async function legacyAnswers(desk: Bench): Promise<ReadonlyMap<string, Envelope>> {
  const answers = new Map<string, Envelope>();
  const keep = async (id: string, answer: Promise<Envelope>): Promise<Envelope> => {
    const given = await answer;
    answers.set(id, given);
    return given;
  };
  await keep('getLegacyCollateralCoins', desk.get(LEGACY.collateral, 'vipLevel=PRO1'));
  await keep('getLegacyLoanableCoins', desk.get(LEGACY.coins));
  await keep('getLegacyAccountLimits', desk.get(LEGACY.limits, 'loanCurrency=USDT&collateralCurrency=BTC'));
  const loans = await keep('getLegacyUnpaidLoans', desk.get(LEGACY.loans));
  const [newest] = loans.result['list'] as readonly Order[];
  const orderId = newest?.orderId ?? '';
  await keep('getLegacyMaxCollateralReduction', desk.get(LEGACY.maxReduction, `orderId=${orderId}`));
  await keep(
    'adjustLegacyCollateral',
    desk.post(LEGACY.adjust, { orderId, amount: '0.001', direction: '1' }),
  );
  await keep('repayLegacyLoan', desk.post(LEGACY.repay, { orderId, amount: '100' }));
  await keep('getLegacyRepaymentHistory', desk.get(LEGACY.repayments));
  await keep('getLegacyCompletedLoans', desk.get(LEGACY.completed));
  await keep('getLegacyCollateralAdjustmentHistory', desk.get(LEGACY.adjustments));
  return answers;
}
