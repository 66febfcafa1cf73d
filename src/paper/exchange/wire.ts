/** A request as it stands on the wire, in plain data. Header names in any case; `query` is what follows the "?". */
export interface PaperRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Address the request comes from; loopback when left out. */
  readonly remote?: string;
}

export interface PaperResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Every answer says that it is simulated. */
export const SIMULATED = { 'x-simulated': 'Loan Desk paper exchange; no real money' } as const;

/** Marks the answers of endpoints that the documentation does not know any more (endpoints.json). */
export const UNDOCUMENTED = {
  'x-undocumented': 'this endpoint is not in the documentation any more',
} as const;

/** An answer that is no envelope: HTTP errors. */
export function plainAnswer(status: number, body = '', type = 'text/plain; charset=utf-8'): PaperResponse {
  return { status, headers: { ...SIMULATED, 'content-type': type }, body };
}

/** An answer in the exchange's envelope (API.md §3). */
export function envelope(
  parts: {
    readonly retCode: number;
    readonly retMsg: string;
    readonly result: unknown;
    readonly time: number;
  },
  headers: Readonly<Record<string, string>> = {},
): PaperResponse {
  const { retCode, retMsg, result, time } = parts;
  return {
    status: 200,
    headers: { ...SIMULATED, 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify({ retCode, retMsg, result, retExtInfo: {}, time }),
  };
}
