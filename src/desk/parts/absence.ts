import { type BybitError, RefusalError, TransportError } from '../../bybit/errors';

/** The exchange does not know the call at all (10017, 404), or not in its demo (10032). */
const NOT_OFFERED: ReadonlySet<number> = new Set([10017, 10032]);

/** Whether an error says that this host has no such loan system. */
export function isNotOffered(error: BybitError): boolean {
  if (error instanceof TransportError) return error.httpStatus === 404;
  return error instanceof RefusalError && NOT_OFFERED.has(error.retCode);
}

/** The same of a part of an account: what was read before is offered, whatever an error says now. */
export function wasNeverOffered(error: BybitError, isKnown: boolean): boolean {
  return !isKnown && isNotOffered(error);
}
