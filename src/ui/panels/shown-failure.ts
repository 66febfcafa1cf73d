import type { Words } from '../../bybit/words';
import type { Failure } from '../../desk/snapshot';
import type { ReadFailure } from '../../webview/failure-contract';

/** Connection codes that mean that this machine reaches nothing, rather than that the exchange fails. */
const OFFLINE = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH']);

/** A failure as it goes to a page, in the sentences of `say`. */
export function shownFailure(
  { words: sentence, advice, code }: Pick<Failure, 'words' | 'advice' | 'code'>,
  say: (sentence: Words) => string,
): ReadFailure {
  return {
    text: say(sentence),
    advice: advice === undefined ? null : say(advice),
    offline: code !== undefined && OFFLINE.has(code),
  };
}
