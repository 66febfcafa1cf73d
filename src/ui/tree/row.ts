import type { Term } from '../../bybit/terms';
import type { Words } from '../../bybit/words';

/** A theme icon by name, with a theme colour where colour helps; the words beside it always say the same. */
export interface RowIcon {
  readonly id: string;
  readonly color?: string;
}

/**
 * What a row is about, handed to the commands that are started from it. Also what other extensions may pass to the
 * commands, so it is checked before use (see `arguments.ts`); it only ever pre-fills.
 */
export interface RowSubject {
  readonly coin?: string;
  readonly amount?: string;
  /** Of a fixed loan or of what is lent, days. */
  readonly term?: Term;
  readonly direction?: 'add' | 'reduce';
  /** Pledged coin to sell. */
  readonly sold?: string;
  /** The exchange's number of a contract, an order or a loan. */
  readonly record?: string;
  readonly operationId?: string;
  readonly accountId?: string;
}

/** One sentence, or several that stand beside each other with a dot between. */
export type Text = Words | readonly Words[];

/** A value, or the way to make it: for what is only looked at when somebody hovers or unfolds. */
export type Lazy<T> = T | (() => T);

/** The commands that a click on a row may start; every one of them asks before it does anything that matters. */
export type RowCommand = `loanDesk.${
  | 'borrow'
  | 'clearCoinFilter'
  | 'lookAgain'
  | 'openJournal'
  | 'openWatch'
  | 'refresh'
  | 'removeAccount'
  | 'replaceKey'
  | 'showLog'
  | 'switchAccount'}`;

/** One row of a tree as a value: no `vscode` in it, words not translated yet. */
export interface Row {
  /** Tells it from its siblings; keeps selection and folding over refreshes. Any text will do. */
  readonly id: string;
  readonly label: Words;
  readonly description?: Text;
  /** One line each. */
  readonly tooltip?: Lazy<readonly Text[]>;
  /** Further lines of the tooltip that have to be read first; asked for when somebody hovers. Never rejects. */
  readonly more?: () => Promise<readonly Text[]>;
  readonly icon?: RowIcon;
  /** Capabilities, matched by the menus of package.json as words of `viewItem`. */
  readonly tokens?: readonly string[];
  /** Rows under it; a function is asked when the row is unfolded, and has at least one to give. */
  readonly children?: Lazy<readonly Row[]>;
  readonly expanded?: boolean;
  /** Started by a click on the row. */
  readonly command?: RowCommand;
  readonly about?: RowSubject;
}

/** Builds a row's lines out of parts of which some may not apply. */
export function texts<T extends Text>(...parts: readonly (T | undefined)[]): readonly T[] {
  return parts.filter((part) => part !== undefined);
}

/** Text that is a name or a figure and stays as it is in every language. */
export function verbatim(text: string): Words {
  return { text: '{0}', args: [text] };
}

export function made<T extends readonly unknown[]>(lazy: Lazy<T>): T {
  return typeof lazy === 'function' ? lazy() : lazy;
}

export function canUnfold({ children }: Row): boolean {
  return typeof children === 'function' || (children !== undefined && children.length > 0);
}
