import { plain } from '../../../../src/bybit/words';
import type { Text } from '../../../../src/ui/tree/row';

/** Lines as plain English, parts joined as the views do. */
export function textsOf(lines: readonly Text[]): string[] {
  return lines.map((line) => ('text' in line ? plain(line) : line.map(plain).join(' · ')));
}
