import { utcIso } from '../desk/utc';

/** A name for an exported file that every file system takes; `now` is local epoch milliseconds. */
export function exportName(what: string, label: string, ending: string, now: number): string {
  const name = label.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return `loan-desk-${what}-${name}-${utcIso(now).slice(0, 10)}.${ending}`;
}
