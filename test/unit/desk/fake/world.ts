import { add, type Decimal, decimal, gte, ZERO } from '../../../../src/bybit/decimal';

export type Request = Readonly<Record<string, unknown>>;

/** How an accepted operation goes on: status 2 (or `first`) for so long, then the end. Undefined is done at once. */
export type Processing = { readonly ms: number; readonly end: 1 | 3; readonly first?: 1 | 2 } | undefined;

/** What the systems of the fake exchange share. */
export interface FakeWorld {
  /** Server time. */
  now(): number;
  /** How long histories and lists lag behind, ms. */
  lag(): number;
  nextId(): string;
  /** The Funding wallet, the Unified one, and what is pledged for new loans. */
  readonly wallet: Map<string, Decimal>;
  readonly unified: Map<string, Decimal>;
  readonly collateral: Map<string, Decimal>;
}

/** One loan system of the fake exchange. */
export interface FakeSystem {
  /** The answer to a read; undefined when the call is not one of this system. */
  read(id: string, body: Request): unknown;
  /** Carries out a write and gives its answer; undefined when the call is not one of this system. */
  commit(id: string, body: Request, processing: Processing): object | undefined;
}

/** Changes an amount; nothing may fall below zero. */
export function move(amounts: Map<string, Decimal>, coin: string, by: Decimal): void {
  const now = add(amounts.get(coin) ?? ZERO, by);
  if (!gte(now, ZERO)) throw new Error(`The fake exchange would owe ${coin}.`);
  if (now === ZERO) amounts.delete(coin);
  else amounts.set(coin, now);
}

export function text(body: Request, name: string): string {
  return String(body[name]);
}

export function amount(body: Request, name: string): Decimal {
  return decimal(String(body[name]));
}

/** A page of rows that match the filters the request names, by field. */
export function pageOf<Row extends object>(rows: readonly Row[], body: Request, fields: readonly string[]) {
  const matching = rows.filter((row) =>
    fields.every((field) => {
      const wanted = body[field];
      return wanted === undefined || String(wanted) === String((row as Request)[field]);
    }),
  );
  const start = Number(body['cursor'] ?? 0);
  const size = Number(body['limit'] ?? 10);
  const more = start + size < matching.length;
  return {
    list: matching.slice(start, start + size),
    nextPageCursor: more ? String(start + size) : undefined,
  };
}

/** The status that a row of a history shows. */
export function statusOf(processing: Processing, time: number, now: number): 1 | 2 | 3 {
  if (processing === undefined) return 1;
  return now >= time + processing.ms ? processing.end : (processing.first ?? 2);
}
