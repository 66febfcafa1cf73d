import { type Decimal, parseDecimal } from '../../bybit/decimal';
import { refuse } from '../ledger/refusal';

/** Amounts in requests carry no exponent (API.md §6). */
const PLAIN = /^-?\d{1,40}(?:\.\d{1,40})?$/;

export interface Page {
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** The parameters of one request. Every method refuses with 10001 and the parameter's name when it does not fit. */
export class Params {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values;
  }

  /** From what stands behind the "?"; of a name given twice the last one counts. */
  static ofQuery(query: string): Params {
    return new Params(new Map(new URLSearchParams(query)));
  }

  /** From a JSON body, which has to be an object. */
  static ofBody(body: string): Params {
    let parsed: unknown;
    try {
      parsed = JSON.parse(body);
    } catch {
      refuse(10001, 'the body is no JSON');
    }
    if (!isRecord(parsed)) refuse(10001, 'the body is no object');
    return new Params(new Map(Object.entries(parsed)));
  }

  optional(name: string): string | undefined {
    const value = this.#values.get(name);
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string') return value;
    return typeof value === 'number' ? String(value) : refuse(10001, name);
  }

  text(name: string): string {
    return this.optional(name) ?? refuse(10001, name);
  }

  amount(name: string): Decimal {
    const text = this.text(name);
    return (PLAIN.test(text) ? parseDecimal(text) : undefined) ?? refuse(10001, name);
  }

  /** The items of an array of objects; none when the parameter is left out. */
  list(name: string): readonly Params[] {
    const value = this.#values.get(name);
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) return refuse(10001, name);
    return value.map((item: unknown) =>
      isRecord(item) ? new Params(new Map(Object.entries(item))) : refuse(10001, name),
    );
  }

  /** A moment in epoch milliseconds; undefined when left out. */
  moment(name: string): number | undefined {
    const text = this.optional(name);
    if (text === undefined) return undefined;
    return /^\d{1,15}$/.test(text) ? Number(text) : refuse(10001, name);
  }

  /** Page size, 1 to 100. */
  limit(fallback = '10'): number {
    const text = this.optional('limit') ?? fallback;
    const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    return limit >= 1 && limit <= 100 ? limit : refuse(10001, 'limit');
  }

  /** Page size, 10 when left out, and where to go on (API.md §5). A cursor is an id, which may exceed 2^53. */
  page(): Page {
    const limit = this.limit();
    const cursor = this.optional('cursor');
    if (cursor !== undefined && !/^[1-9]\d{0,19}$/.test(cursor)) refuse(10001, 'cursor');
    return { limit, cursor };
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
