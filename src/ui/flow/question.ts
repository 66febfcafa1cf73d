import type { Words } from '../../bybit/words';
import type { Text } from '../tree/row';

/** What is said about an answer while it is being given. An `error` keeps it from being accepted. */
export interface Remark {
  readonly severity: 'error' | 'warning' | 'info';
  /** What is wrong and what would pass, or what the answer would do. */
  readonly words: Words;
}

/** Where a question stands in its flow. Made by `walk.ts`. */
export interface Frame {
  /** The deed, and what it is done to: "Borrow · Main · Testnet". */
  readonly title: readonly Words[];
  /** From 1. */
  readonly step: number;
  /** Steps behind, this one, and those still to come as far as known. */
  readonly steps: number;
  readonly canGoBack: boolean;
  /** Why the person is asked again. */
  readonly notice: Remark | undefined;
}

/** A button in the title of a question. After its deed has ended the question is drawn anew. */
export interface Button {
  /** Name of a theme icon. */
  readonly icon: string;
  readonly tooltip: Words;
  press(): void | Promise<void>;
}

/** One row to choose. */
export interface Choice<T> {
  /** What choosing it means; a row without one only informs and cannot be chosen. */
  readonly value: T | undefined;
  readonly label: Words;
  readonly description?: Text;
  readonly detail?: Text;
  /** Name of a theme icon. */
  readonly icon?: string;
  /** Heading above the first row of a group. */
  readonly group?: Words;
}

interface Asked {
  /** Stands in the field while it is empty: what to do. */
  readonly placeholder?: Words;
  readonly buttons?: readonly Button[];
  /** Given a way to draw the question anew, e.g. when prices change; returns the way to stop. */
  readonly watch?: (redraw: () => void) => () => void;
}

/** One of several rows; with `typed`, or something typed in place of them. */
export interface PickQuestion<T> extends Omit<Asked, 'placeholder'> {
  /** As of every question; one that changes with the rows is asked for with them. */
  readonly placeholder?: Words | (() => Words);
  choices(): readonly Choice<T>[];
  /** The row that is marked at first; the first that can be chosen without one. */
  isCurrent?(value: T): boolean;
  /**
   * Makes the field one to type in, and not a filter of the rows: the row for the text, first of all, with its effect or
   * (without a `value`) what is wrong with it. Never asked for an empty text.
   */
  readonly typed?: (text: string) => Choice<T>;
  /**
   * Leaves the other rows away while something is typed: VS Code would put those first in whose label the text stands, and a
   * list in order, as of rates, would not be in order any more.
   */
  readonly isTypedAlone?: true;
  /** What stands in the field at first, selected. */
  readonly text?: string;
}

/** Any number of rows. */
export interface ManyQuestion<T> extends Asked {
  choices(): readonly Choice<T>[];
  /** Ticked at first. */
  isPicked?(value: T): boolean;
  /** What the ticked rows mean or, as an error, why they cannot be accepted. Shown while ticking. */
  remark?(picked: readonly T[]): Remark | undefined;
}

/** A line of text. */
export interface InputQuestion extends Asked {
  readonly prompt: Words;
  /** What stands in the field at first, selected. */
  readonly text?: string;
  /** For secrets: dots in place of letters. */
  readonly isMasked?: boolean;
  /** While typing. A later text makes an answer that is still awaited worthless. */
  check?(text: string): Remark | undefined | Promise<Remark | undefined>;
  /** Once, when the person accepts: may ask the exchange. The field is busy meanwhile; an error keeps it open. */
  accept?(text: string): Promise<Remark | undefined>;
}

/** A file that exists. */
export interface FileQuestion {
  /** The button, e.g. "Use This Key". */
  readonly open: Words;
}

/** A modal dialog: one deed or none. */
export interface ConfirmQuestion {
  readonly message: Words;
  /** One line each. */
  readonly detail: readonly Text[];
  /** The button, e.g. "Borrow 0.1 BTC". */
  readonly deed: Words;
}

/** A notification with ways on. */
export interface Message<Action extends string> {
  readonly severity: Remark['severity'];
  /** What it is about, in front of the text: "Repay 0.1 BTC". */
  readonly about?: Words;
  /** Joined to one text. */
  readonly words: readonly Words[];
  readonly actions: readonly { readonly id: Action; readonly label: Words }[];
}

export type Reply<T> = { readonly kind: 'answer'; readonly value: T } | { readonly kind: 'back' };
