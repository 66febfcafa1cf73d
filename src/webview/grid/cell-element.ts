import { words } from '../../bybit/words';
import { readSpark, SPARK_HEIGHT, SPARK_WIDTH, type Spark } from '../../desk/history/sparkline';
import type { Column, Note, Row } from '../contract';
import { cellText } from '../model/cell-text';
import { deedWords } from '../model/deed-words';
import { noteText } from '../model/note-text';
import { unitOf } from '../model/units';
import type { GridModel } from './grid-model';

const NONE = '–';

/** What a cell shows. */
export interface CellModel {
  readonly row: Row;
  readonly column: Column;
  readonly cell: string | null;
  readonly note: Note | null;
  readonly isChanged: boolean;
  /** A name of a row like the one above. */
  readonly isRepeated: boolean;
  readonly isOpen: boolean;
}

export function setClass(element: Element, name: string): void {
  if (element.className !== name) element.className = name;
}

/** Null takes the attribute away. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** A part of a page that has no text of anybody in it; every call gives a new one. */
function part<E extends Element>(markup: string): () => E {
  let made: HTMLTemplateElement | undefined;
  return () => {
    if (made === undefined) {
      made = document.createElement('template');
      made.innerHTML = markup;
    }
    return made.content.firstElementChild?.cloneNode(true) as E;
  };
}

const newText = part<HTMLElement>('<span class="text"> </span>');
const newStar = part<HTMLElement>(
  '<button tabindex="-1"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.6l1.9 4 4.4.6-3.2 3 .8 4.3L8 11.4l-3.9 2.1.8-4.3-3.2-3 4.4-.6z"/></svg></button>',
);
const newDeed = part<HTMLElement>('<button class="deed" tabindex="-1"></button>');
const newNote = part<HTMLElement>('<span class="note"></span>');
const newBest = part<HTMLElement>('<span class="unseen"></span>');
const newSpark = part<SVGElement>(
  `<svg class="spark" viewBox="0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}" preserveAspectRatio="none" role="img"><path/></svg>`,
);

const NAME = '<button class="twist" tabindex="-1"></button><span class="text"> </span>';
const rowMarkups = new Map<number, () => HTMLElement>();

/** A row of so many empty cells, the first of which is its head. Made once and copied: the first rows wait for it. */
export function newRow(columns: number): HTMLElement {
  const known = rowMarkups.get(columns);
  if (known !== undefined) return known();
  const cells = Array.from({ length: columns }, (_, index) => {
    const [role, inside] = index === 0 ? ['rowheader', NAME] : ['gridcell', ' '];
    return `<div role="${role}" aria-colindex="${index + 1}" tabindex="-1">${inside}</div>`;
  });
  const made = part<HTMLElement>(`<div role="row">${cells.join('')}</div>`);
  rowMarkups.set(columns, made);
  return made();
}

function classesOf({ column, cell, note, isChanged, isRepeated }: CellModel): string {
  const states = [
    isChanged ? ' changed' : '',
    isRepeated ? ' repeated' : '',
    cell === null ? ' none' : '',
    note?.mark == null ? '' : ` ${note.mark === 'unread' ? 'weak' : note.mark}`,
  ];
  return `cell ${column.kind}${states.join('')}`;
}

/** A cell that is no name: its text, with a second line under it, or a small line instead. */
export function fillCell(element: HTMLElement, model: GridModel, shown: CellModel): void {
  const { column, cell, note } = shown;
  setClass(element, classesOf(shown));
  setAttribute(element, 'title', column.kind === 'long' ? cell : null);
  const line = column.kind === 'spark' && cell !== null ? readSpark(cell) : undefined;
  if (line !== undefined) {
    fillSpark(element, line, column.title, model);
    return;
  }
  const text = cell === null ? NONE : cellText(cell, column.kind, model);
  if (note !== null) fillNoted(element, text, note, model);
  else setText(element, text);
}

/** The first cell of a row: its name with what can be done with the row. */
export function fillName(element: HTMLElement, model: GridModel, shown: CellModel): void {
  const { row, cell, isOpen } = shown;
  setClass(element, classesOf(shown));
  setAttribute(element, 'aria-label', nameOf(model, row));
  const [twist, text = null] = [element.querySelector('.twist'), element.querySelector('.text')];
  if (text !== null) setText(text, cell ?? NONE);
  fillTwist(twist, model, isOpen);
  const { favourites, say } = model;
  const { coin, deed } = row;
  const star = optional(element, '.star', favourites !== undefined && coin !== null, newStar, text);
  if (star !== undefined && coin !== null) {
    const isOn = favourites?.has(coin) === true;
    setClass(star, isOn ? 'star on' : 'star');
    label(
      star,
      isOn ? say(words('Remove {0} from favourites', coin)) : say(words('Add {0} to favourites', coin)),
    );
  }
  // In the pinned cell, so that it is in reach however narrow the panel is. Enter on the row does the same.
  const button = optional(element, '.deed', deed !== null && model.canAct, newDeed, null);
  if (button !== undefined && deed !== null) {
    const { short, whole } = deedWords(deed);
    setAttribute(button, 'aria-label', say(whole));
    setText(button, say(short));
  }
}

/** The name without the buttons beside it. */
function nameOf({ favourites, say }: GridModel, { cells: [name], coin }: Row): string | null {
  if (coin === null || favourites?.has(coin) !== true) return name ?? null;
  return say(words('{0}, favourite', name ?? ''));
}

/** Opens the row under itself; the menu and Alt+Enter do the same. */
function fillTwist(twist: Element | null, { say }: GridModel, isOpen: boolean): void {
  if (twist === null) return;
  setAttribute(twist, 'aria-expanded', String(isOpen));
  label(twist, isOpen ? say(words('Hide Details')) : say(words('Show Details')));
}

/** Text and a second line; the mark is said, too, since colour alone says nothing. */
function fillNoted(element: HTMLElement, text: string, note: Note, { say }: GridModel): void {
  const [line, below] = lines(element);
  setText(line, text);
  if (note.mark !== 'best') {
    setText(below, noteText(note));
    return;
  }
  const said = newBest();
  said.textContent = `${say(words('cheapest'))} `;
  below.replaceChildren(said, note.text);
}

function lines(element: HTMLElement): readonly [Element, Element] {
  const [line, below] = element.children;
  if (line !== undefined && below !== undefined) return [line, below];
  const made = [newText(), newNote()] as const;
  // On one line, and to readers, the two would be one word.
  element.replaceChildren(made[0], ' ', made[1]);
  return made;
}

/** A small line, and for those who do not see it what it says in numbers. */
function fillSpark(
  element: HTMLElement,
  { path, low, high, now }: Spark,
  title: string,
  model: GridModel,
): void {
  const there = element.firstElementChild;
  const line = there ?? newSpark();
  if (there === null) element.replaceChildren(line);
  const { period, say } = model;
  const unit = unitOf('rate', period, say) ?? '';
  const [least, most] = [cellText(low, 'rate', model), cellText(high, 'rate', model)];
  const said =
    now === undefined
      ? words('{0}: lowest {1}, highest {2} {3}', title, least, most, unit)
      : words(
          '{0}: lowest {1}, highest {2}, now {3} {4}',
          title,
          least,
          most,
          cellText(now, 'rate', model),
          unit,
        );
  setAttribute(line, 'aria-label', say(said));
  if (line.firstElementChild !== null) setAttribute(line.firstElementChild, 'd', path);
}

function setText(element: Element, text: string): void {
  const only = element.firstChild;
  if (only instanceof Text && only === element.lastChild) {
    if (only.data !== text) only.data = text;
  } else element.textContent = text;
}

/** A part that is there or not, put before another when it comes. */
function optional(
  element: HTMLElement,
  selector: string,
  isThere: boolean,
  make: () => HTMLElement,
  before: Node | null,
): HTMLElement | undefined {
  const found = element.querySelector<HTMLElement>(selector) ?? undefined;
  if (!isThere) {
    found?.remove();
    return undefined;
  }
  if (found !== undefined) return found;
  const made = make();
  element.insertBefore(made, before);
  return made;
}

function label(button: Element, text: string): void {
  setAttribute(button, 'aria-label', text);
  setAttribute(button, 'title', text);
}
