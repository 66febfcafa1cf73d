import * as v from 'valibot';
import { add, gt, min, sub, ZERO } from '../../../bybit/decimal';
import {
  getInsRepaymentOrders,
  InsBusinessType,
  InsRepaymentStatus,
  repayInsLoan,
} from '../../../bybit/institutional';
import { Status } from '../../../bybit/schema';
import { words } from '../../../bybit/words';
import { credit, release, settleDebt } from '../../change';
import { mayRepay, unpaidPrincipals } from '../../loans/risk-unit';
import type { Finding, OperationParams } from '../../operation';
import { pledgedOf } from '../../risk';
import type { Definition, Situation } from '../definition';
import { decimalText } from '../params';
import { coinNamed, coinText, error, exactText, positive, warning } from '../rules';
import { idleFindings, runningRepayment, unitFindings, unitPool } from './unit-rules';

type Params = OperationParams['institutional.repay'];

/** The record appears after two to three minutes (API.md §9), and a margin. */
const RECORD_MS = 240_000;
/** The most rows of one call; there is no second page. */
const MOST_ROWS = 100;

/** Repay principal of the risk unit out of the Unified wallet. Asynchronous: no id, a record minutes later. */
export const repayInstitutional: Definition<Params> = {
  schema: v.object({ coin: v.string(), amount: decimalText }),
  title: ({ coin, amount }, locale) =>
    words('Repay {0} of the institutional loan', exactText(amount, coin, { locale })),
  check: (params, situation) => {
    const named = [...coinNamed('coin', params.coin), ...positive('amount', params.amount)];
    if (named.length > 0) return named;
    const unit = [...unitFindings(situation), ...idleFindings(situation)];
    if (unit.length > 0 || situation.snapshot.parts.riskUnit.value === undefined) return unit;
    return [...callerFindings(situation), ...amountFindings(params, situation), ...warnings()];
  },
  pool: (_params, snapshot) => unitPool(snapshot),
  apply: (book, { coin, amount }) => {
    // What is in the Unified wallet is also what stands against the debt.
    const margin = min(amount, pledgedOf(book, coin));
    const taken = credit(release(book, coin, margin), coin, sub(ZERO, add(margin, amount)));
    return settleDebt(taken, { system: 'institutional', coin, amount });
  },
  send: async (exchange, { coin, amount }, options) => {
    await exchange.call(repayInsLoan, { token: coin, quantity: amount }, options);
    return undefined;
  },
  history: async (exchange, { coin, amount }) => {
    const { result, time } = await exchange.call(getInsRepaymentOrders, { limit: MOST_ROWS });
    return {
      rows: result.repayInfo.map((row) => ({
        id: row.repayOrderId,
        time: row.repaidTime,
        status: row.status === InsRepaymentStatus.success ? Status.success : Status.fail,
        final: true,
        matches: row.token === coin && row.quantity === amount && row.businessType === InsBusinessType.normal,
      })),
      cursor: undefined,
      time,
    };
  },
  // The Unified wallet trades all the time and says nothing about a repayment.
  marks: ({ coin }) => [{ what: 'unitDebt', coin }],
  recordWithin: RECORD_MS,
  meanwhile: runningRepayment(),
  withoutSpotTrade: true,
  touches: ['riskUnit', 'insOrders', 'insRepayments', 'unifiedWallet'],
};

function callerFindings({ snapshot }: Situation): readonly Finding[] {
  if (mayRepay(snapshot)) return [];
  const uid = snapshot.parts.riskUnit.value?.parentUid ?? '';
  return [error('account', words('Only UID {0} may repay for this unit (3777042).', uid))];
}

function amountFindings({ coin, amount }: Params, situation: Situation): readonly Finding[] {
  const { snapshot } = situation;
  const owed = unpaidPrincipals(snapshot).find((debt) => debt.coin === coin)?.amount ?? ZERO;
  if (owed === ZERO) return [error('coin', words('The unit owes no {0} (3777039).', coin))];
  if (gt(amount, owed)) {
    return [error('amount', words('The principal owed is {0} (3777039).', exactText(owed, coin, situation)))];
  }
  const wallet = snapshot.parts.unifiedWallet.value;
  const free = wallet?.get(coin) ?? ZERO;
  if (wallet === undefined || !gt(amount, free)) return [];
  return [error('amount', words('The Unified wallet holds {0} (3777040).', coinText(free, coin, situation)))];
}

function warnings(): readonly Finding[] {
  return [
    warning(
      'amount',
      words(
        'This is meant for urgent cases, after word with your relationship manager. It pays principal only, out of the Unified wallet.',
      ),
    ),
    warning(
      'account',
      words(
        'It takes two to three minutes. Until its record appears no other operation of this account is sent.',
      ),
    ),
  ];
}
