/** An order that the exchange refuses, with its retCode (API.md §11). Nothing has changed when it is thrown. */
export class Refusal extends Error {
  readonly retCode: number;
  readonly retMsg: string;

  constructor(retCode: number, detail?: string) {
    const text = MESSAGES.get(retCode) ?? 'UNKNOWN_ERROR';
    const retMsg = detail === undefined ? text : `${text}: ${detail}`;
    super(retMsg);
    this.name = 'Refusal';
    this.retCode = retCode;
    this.retMsg = retMsg;
  }
}

/** Throws a {@link Refusal}. `detail` is appended to the exchange's own words. */
export function refuse(retCode: number, detail?: string): never {
  throw new Refusal(retCode, detail);
}

/** Refuses unless the condition holds. */
export function require_(condition: boolean, retCode: number, detail?: string): asserts condition {
  if (!condition) refuse(retCode, detail);
}

/** Identifiers and sentences as the exchange writes them, where they are known (API.md §3); otherwise in its manner. */
const MESSAGES: ReadonlyMap<number, string> = new Map([
  [10000, 'Server Timeout'],
  [10001, 'ILLEGAL_PARAMETER'],
  [10002, 'The request time exceeds the time window range'],
  [10003, 'API key is invalid.'],
  [10004, 'Error sign, please check your signature generation algorithm.'],
  [10005, 'Permission denied, please check your API key permissions.'],
  [10006, 'Too many visits. Exceeded the API Rate Limit.'],
  [10007, 'User authentication failed.'],
  [10008, 'Common banned, please check your account mode'],
  [10010, "Unmatched IP, please check your API key's bound IP addresses."],
  [10014, 'Invalid duplicate request.'],
  [10016, 'Server error.'],
  [10017, 'Route not found.'],
  [33004, 'Your api key has expired.'],
  [131002, 'PARAMETER_ERROR'],
  [148001, 'TOKEN_NOT_SUPPORT_FLEXIBLE_LOAN'],
  [148002, 'LOAN_QUANTITY_NOT_ALLOWED'],
  [148003, 'LOAN_QUANTITY_PRECISION_EXCEEDED'],
  [148004, 'TOKEN_NOT_SUPPORT_COLLATERAL'],
  [148005, 'COLLATERAL_QUANTITY_PRECISION_EXCEEDED'],
  [148006, 'COLLATERAL_EXCEEDS_PLATFORM_CAP'],
  [148007, 'LOAN_QUANTITY_NEGATIVE'],
  [148008, 'COLLATERAL_QUANTITY_NEGATIVE'],
  [148009, 'LTV_EXCEEDS_THRESHOLD'],
  [148010, 'LOAN_PERSONAL_QUOTA_NOT_ENOUGH'],
  [148011, 'LOAN_FINANCE_BALANCE_NOT_ENOUGH'],
  [148012, 'COLLATERAL_BALANCE_NOT_ENOUGH'],
  [148013, 'NO_LOAN_TO_ADJUST'],
  [148014, 'TOKEN_NOT_SUPPORT'],
  [148015, 'TERM_NOT_SUPPORT'],
  [148016, 'RATE_NOT_SUPPORT'],
  [148017, 'RATE_PRECISION_EXCEEDED'],
  [148018, 'OPEN_ORDERS_EXCEED_LIMIT'],
  [148019, 'SYSTEM_BUSY'],
  [148020, 'LOAN_PLATFORM_QUOTA_NOT_ENOUGH'],
  [148021, 'CONFLICTING_OPERATION_RUNNING'],
  [148022, 'SUPPLY_BALANCE_NOT_ENOUGH'],
  [148023, 'LOAN_ORDER_NOT_FOUND'],
  [148024, 'LOAN_ORDER_CANCEL_FAILED'],
  [148025, 'SUPPLY_ORDER_CANCEL_FAILED'],
  [148026, 'REPAY_CREATE_FAILED'],
  [148027, 'NO_ACTIVE_LOAN'],
  [148028, 'REPAY_QUANTITY_PRECISION_EXCEEDED'],
  [148029, 'REPAY_BALANCE_NOT_ENOUGH'],
  [148030, 'SUPPLY_ORDER_NOT_FOUND'],
  [148031, 'LIQUIDATION_IN_PROGRESS'],
  [148032, 'NO_DEBT_TO_REPAY'],
  [148033, 'LOAN_NOT_REPAYABLE_NOW'],
  [148034, 'PLEASE_WAIT_AND_RETRY'],
  [148035, 'PLEASE_WAIT_AND_RETRY'],
  [148036, 'ADJUST_COLLATERAL_FAILED'],
  [148037, 'COLLATERAL_REDUCTION_NOT_ALLOWED'],
  [148038, 'REPAY_QUANTITY_EXCEEDS_DEBT'],
  [148039, 'DUPLICATE_COLLATERAL_TOKEN'],
  [148040, 'PLEDGE_TOKEN_ERROR'],
  [148041, 'REPAY_ORDER_EXISTS'],
  [148042, 'REPAY_QUANTITY_PRECISION_EXCEEDED'],
  [148047, 'COLLATERAL_REPAY_EXCEEDS_LIMIT'],
  [148048, 'PLATFORM_COLLATERAL_LIMIT_REACHED'],
  [177002, 'Server is busy, please wait and try again'],
  [177004, 'Too many decimals'],
  [177005, 'Order does not exist'],
  [177006, 'Unknown asset'],
  [177008, 'This asset cannot be borrowed'],
  [177010, 'The repay amount exceeds the loan'],
  [177011, 'Balance is not enough'],
  [177013, 'The adjustment exceeds what may leave'],
  [177015, 'The collateral amount has reached its limit'],
  [177016, 'The collateral would be below its minimum'],
  [177017, 'This asset cannot be used as collateral'],
  [177019, 'Your input param is invalid'],
  [177021, 'Repayment failed'],
  [100016, 'Transfers within the risk unit are too frequent'],
  [3777002, 'The UID is bound already'],
  [3777003, 'The UID is not bound to the risk unit'],
  [3777004, 'The main UID of the risk unit cannot be unbound'],
  [3777005, 'The UID has open loan orders'],
  [3777006, 'The UID cannot be bound, please try another one'],
  [3777007, 'The UID cannot be bound, please upgrade it to UTA Pro'],
  [3777012, 'Your request is being processed'],
  [3777027, 'The UID cannot be bound, its leverage could not be closed'],
  [3777029, 'The UID has pre-market orders and cannot be bound'],
  [3777030, 'The UID uses Copy Trading Pro and cannot be bound'],
  [3777039, 'The repay amount exceeds the debt, or there is none'],
  [3777040, 'Insufficient balance in the Unified wallet'],
  [3777042, 'This UID may not do this'],
  [3777043, 'A repayment is running'],
]);

/** The exchange's words for a code. */
export function messageOf(retCode: number): string {
  return MESSAGES.get(retCode) ?? 'UNKNOWN_ERROR';
}
