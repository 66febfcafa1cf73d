import { plain } from '../../../../src/bybit/words';
import { made, type Row, type Text } from '../../../../src/ui/tree/row';

/** What stands in a row: "label | description". */
export function face({ label, description }: Row): string {
  return description === undefined ? plain(label) : `${plain(label)} | ${textIn(description)}`;
}

export function textIn(text: Text): string {
  return 'text' in text ? plain(text) : text.map(plain).join(' · ');
}

export function childrenOf({ children }: Row): readonly Row[] {
  return children === undefined ? [] : made(children);
}

export function tooltipOf({ tooltip }: Row): string {
  return tooltip === undefined ? '' : made(tooltip).map(textIn).join('\n');
}

/** Every row with what is under it, two blanks a level. */
export function outline(rows: readonly Row[], indent = ''): string[] {
  return rows.flatMap((row) => [`${indent}${face(row)}`, ...outline(childrenOf(row), `${indent}  `)]);
}

export function all(rows: readonly Row[]): Row[] {
  return rows.flatMap((row) => [row, ...all(childrenOf(row))]);
}

/** The row of that id, the highest where several have it. Fails when there is none. */
export function rowOf(rows: readonly Row[], id: string): Row {
  const row = [...rows, ...all(rows)].find((one) => one.id === id);
  if (row === undefined) throw new Error(`No row ${id} in\n${outline(rows).join('\n')}`);
  return row;
}
