import type { Words } from '../../bybit/words';
import { veiled } from '../privacy';
import { made, type Row, type Text } from './row';

/** The rows with every amount in them hidden, below them too. What a row is about stays: commands need it. */
export function veiledRows(rows: readonly Row[]): readonly Row[] {
  return rows.map(veiledRow);
}

function veiledRow(row: Row): Row {
  const { description, tooltip, children } = row;
  return {
    ...row,
    label: veiled(row.label),
    ...(description === undefined ? {} : { description: veiledText(description) }),
    ...(tooltip === undefined ? {} : { tooltip: () => made(tooltip).map(veiledText) }),
    ...(children === undefined ? {} : { children: veiledChildren(children) }),
  };
}

function veiledChildren(children: NonNullable<Row['children']>): NonNullable<Row['children']> {
  return typeof children === 'function' ? () => veiledRows(children()) : veiledRows(children);
}

function veiledText(text: Text): Text {
  return isSentence(text) ? veiled(text) : text.map(veiled);
}

function isSentence(text: Text): text is Words {
  return 'text' in text;
}
