import type { Words } from '../bybit/words';
import { changeWords, type ReviewLine, type ReviewSection } from './review-lines';

/** Translates a sentence. */
type Say = (sentence: Words) => string;

/** A review as plain text, one line a figure: as it was shown, for the journal. */
export function reviewText(sections: readonly ReviewSection[], say: Say): string {
  return sections
    .flatMap(({ title, lines }) => [say(title), ...lines.map((line) => `  ${lineText(line, say)}`)])
    .join('\n');
}

function lineText(line: ReviewLine, say: Say): string {
  const change = changeWords(line);
  const figures = change === undefined ? '' : `: ${say(change)}`;
  const notes = line.notes.length === 0 ? '' : ` (${line.notes.map(say).join('; ')})`;
  return `${say(line.label)}${figures}${notes}`;
}
