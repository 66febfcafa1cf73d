import assert from 'node:assert/strict';

/** Fails with the exchange's words unless a call has succeeded. */
export function resultOf<Result>(answer: {
  readonly retCode: number;
  readonly retMsg: string;
  readonly result: Result;
}): Result {
  assert.equal(answer.retCode, 0, answer.retMsg);
  return answer.result;
}

/** The first row, which must be there. */
export function first<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  assert.ok(row !== undefined, 'there is no row');
  return row;
}
