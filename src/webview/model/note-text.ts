import type { Note } from '../contract';

/** The second line of a cell in one: the figure and what limits it. */
export function noteText({ text, limit }: Note): string {
  return limit === null ? text : `${text} · ${limit}`;
}
