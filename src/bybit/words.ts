/**
 * A sentence for the user that has not been translated yet: English with `{0}`, `{1}` for the arguments.
 * Code below `src/ui/` cannot reach `vscode.l10n`, so it hands over `Words` and the surface translates them.
 * `text` is always written as a literal in a call of {@link words}: the extraction of strings looks for those.
 */
export interface Words {
  readonly text: string;
  readonly args: readonly string[];
  /** The exchange's code, shown in brackets at the end of the sentence whatever the language. */
  readonly code?: string;
}

/** Makes a sentence. `text` must be a string literal; every `{n}` in it needs an argument. */
export function words(text: string, ...args: readonly string[]): Words {
  return { text, args };
}

/** `one` for exactly one, `many` for every other count: the two forms English has. Both are translated. */
export function byCount(count: number, one: Words, many: Words): Words {
  return count === 1 ? one : many;
}

/** The English sentence, for logs and tests. */
export function plain(sentence: Words): string {
  return inLanguage(sentence, fill);
}

/** The sentence with the exchange's code at its end. */
export function withCode(sentence: Words, code: string): Words {
  return { ...sentence, code };
}

/** The sentence as `translate` renders text and arguments, with its code. */
export function inLanguage(
  { text, args, code }: Words,
  translate: (text: string, args: readonly string[]) => string,
): string {
  const sentence = translate(text, args);
  if (code === undefined) return sentence;
  // Before the mark that ends it: behind, it would stand between two sentences and belong to neither.
  const [end = ''] = /[.!?…。！？]?$/u.exec(sentence) ?? [];
  return `${sentence.slice(0, sentence.length - end.length)} (${code})${end}`;
}

/** Puts arguments into the `{n}` of a (translated) text. An index without an argument stays as it is. */
export function fill(text: string, args: readonly string[]): string {
  return text.replace(/\{(\d+)\}/g, (whole, index: string) => args[Number(index)] ?? whole);
}
