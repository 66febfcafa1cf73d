/** Codes of a key that is not known, does not sign right or has ended: another key is the way on (API.md §11). */
const KEY_CODES: ReadonlySet<number> = new Set([10003, 10004, 10007, 33004, -2015]);

/** Whether a retCode, as errors tell it, means that the key itself is of no use any more. */
export function isOfKey(code: string | undefined): boolean {
  return code !== undefined && KEY_CODES.has(Number(code));
}
