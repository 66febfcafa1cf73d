const ENDS = /[.!?:;…。！？：]["”»)\]]?$/u;

/** Texts after one another, each ended with a full stop where it has no end of its own and another one follows. */
export function sentences(texts: readonly string[]): string {
  return texts
    .filter((text) => text !== '')
    .map((text, index, all) => (index === all.length - 1 || ENDS.test(text) ? text : `${text}.`))
    .join(' ');
}
