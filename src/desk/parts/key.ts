import { getApiKeyInfo, type KeyInfo } from '../../bybit/account';
import { MINUTE_MS, type Reader } from './reader';

/** What the key is and may do. */
export const key: Reader<KeyInfo> = {
  isPublic: false,
  life: 10 * MINUTE_MS,
  isPrivate: true,
  read: async ({ exchange }) => (await exchange.call(getApiKeyInfo, {})).result,
};

/** Whether the key may move loans: read-write, with Spot trade (API.md §2). */
export function mayWrite({ readOnly, permissions }: KeyInfo): boolean {
  return readOnly === 0 && (permissions['Spot'] ?? []).includes('SpotTrade');
}

/** Whether the key may not change anything at all. */
export function isReadOnly({ readOnly }: KeyInfo): boolean {
  return readOnly !== 0;
}
