import * as vscode from 'vscode';
import { words } from '../../bybit/words';
import { translate } from '../l10n';
import { textOf } from '../tree/item';
import { MovedRows } from './moved-rows';
import type { Choice, Frame, ManyQuestion, PickQuestion, Remark, Reply } from './question';
import { during } from './quick-input';
import { rowText, startsGroup } from './row-text';
import { meantInstead, unmatchedWords } from './unmatched';

interface Item<T> extends vscode.QuickPickItem {
  /** What choosing it means; undefined for headings and rows that only inform. */
  readonly value: T | undefined;
}

const ICON = { info: 'info', warning: 'warning', error: 'error' } as const;

/** Asks for one of several rows, or for something typed in place of them. */
export async function askOne<T>(question: PickQuestion<T>, frame: Frame): Promise<Reply<T>> {
  const pick = createPick<T>(question);
  const { typed } = question;
  pick.value = question.text ?? '';
  /** The text for which the rows on the screen were made. */
  let drawnFor = '';
  let wasUnmatched = false;
  const moved = new MovedRows<Item<T>>();
  /** What can be chosen does not depend on what is typed: it is made anew only when something else has changed. */
  let choices: readonly Item<T>[] = [];
  const choose = () => {
    choices = itemsOf(question.choices(), typed !== undefined);
  };
  const answers = () => choices.filter(({ value }) => value !== undefined);
  const typedRow = (text: string) => (typed === undefined || text.trim() === '' ? undefined : typed(text));
  const ownRow = (text: string) => (typed === undefined ? unmatchedRow<T>(text, answers()) : typedRow(text));
  const draw = () => {
    drawnFor = pick.value;
    const own = ownRow(pick.value);
    const made = own === undefined ? [] : [itemOf(own, true)];
    const isAlone = own !== undefined && question.isTypedAlone === true;
    const rows = [...noticeItems<T>(frame), ...(isAlone ? [] : choices)];
    // VS Code tells which row was accepted by its place in the list that was on the screen then. That nothing was found stands
    // behind all rows: where it came and went in front, Enter could take the neighbour of the row that was seen.
    return typed === undefined
      ? { first: [], items: [...rows, ...made] }
      : { first: made, items: [...made, ...rows] };
  };
  const show = () => {
    const { first, items } = draw();
    pick.items = items;
    const isCurrent = ({ value }: Item<T>) => value !== undefined && question.isCurrent?.(value) === true;
    mark(pick, first[0] ?? items.find(isCurrent) ?? items.find(({ value }) => value !== undefined));
  };
  const redraw = () => {
    invite(pick, question.placeholder);
    const [active] = pick.activeItems;
    choose();
    const { first, items } = draw();
    if (isSame(pick.items, items)) return;
    const wasTyped = active !== undefined && first.length > 0 && pick.items[0] === active;
    const same = sameIn(items, active);
    const drawn = moved.replaced(pick.items);
    pick.items = items;
    void onScreen().then(drawn);
    mark(pick, wasTyped ? first[0] : same);
  };
  return await during<T>(pick, frame, {
    buttons: question.buttons ?? [],
    watch: question.watch,
    redraw,
    begin: (settle) => {
      choose();
      show();
      return vscode.Disposable.from(
        pick.onDidChangeValue((text) => {
          // A list that is only searched is left to VS Code, until nothing in it is found.
          const isUnmatched = typed === undefined && unmatchedRow(text, answers()) !== undefined;
          if (typed !== undefined) show();
          // Which of the found rows is active is for VS Code to say: one that is marked stays so though it is not found.
          else if (isUnmatched || wasUnmatched) pick.items = draw().items;
          wasUnmatched = isUnmatched;
        }),
        pick.onDidAccept(() => {
          // Enter can be quicker than the rows: what was typed counts then, not a row made for an earlier text.
          const isStale = typed !== undefined && drawnFor !== pick.value;
          const [item] = pick.selectedItems;
          const seen = item && moved.doubt(pick.items.indexOf(item), item);
          if (seen !== undefined && !isStale) {
            // Which of the two was meant cannot be told: the one that was seen is marked, for one more Enter.
            mark(pick, sameIn(pick.items, seen));
            return;
          }
          const value = isStale ? typedRow(pick.value)?.value : item?.value;
          if (value === undefined) return;
          const meant =
            typed === undefined && item !== undefined && meantInstead(pick.value, item, answers());
          if (meant) mark(pick, meant);
          else settle(value);
        }),
      );
    },
  });
}

/** Asks for any number of rows. */
export async function askMany<T>(question: ManyQuestion<T>, frame: Frame): Promise<Reply<readonly T[]>> {
  const pick = createPick<T>(question);
  pick.canSelectMany = true;
  const values = () => pick.selectedItems.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const draw = () => {
    const items = itemsOf(question.choices(), false);
    pick.items = items;
    pick.selectedItems = items.filter(({ value }) => value !== undefined && question.isPicked?.(value));
  };
  /** Whether OK was pressed in vain with what is ticked now. */
  let isRefused = false;
  let hasLine = false;
  const say = (remark: Remark | undefined) => {
    // A pick list has no line for messages: the empty field is where one looks.
    const said = remark?.words ?? question.placeholder;
    const text = said === undefined ? undefined : translate(said);
    const isRefusal = isRefused && remark?.severity === 'error' && text !== undefined;
    pick.placeholder = isRefusal ? translate(words('Not yet: {0}', text)) : text;
    hasLine ||= isRefusal;
    // Once there, the line stays: without it the rows would move up, away from under the pointer.
    if (hasLine) prompt(pick, pick.placeholder);
  };
  const remark = () => question.remark?.(values());
  return await during<readonly T[]>(pick, frame, {
    buttons: question.buttons ?? [],
    watch: question.watch,
    redraw: () => say(remark()),
    begin: (settle) => {
      draw();
      say(frame.notice ?? question.remark?.(values()));
      return vscode.Disposable.from(
        pick.onDidChangeSelection(() => {
          isRefused = false;
          say(remark());
        }),
        pick.onDidAccept(() => {
          const now = remark();
          if (now?.severity !== 'error') {
            settle(values());
            return;
          }
          // OK is answered even where the field has said why not all along, and what was searched for would hide the reason.
          isRefused = true;
          pick.value = '';
          say(now);
        }),
      );
    },
  });
}

/**
 * Ends when what was set of a quick input so far is on the screen: it leaves the extension host with the next timer, and both
 * sides answer in the order they were asked.
 */
async function onScreen(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  await vscode.commands.executeCommand('setContext', 'loanDesk.drawn', true).then(undefined, () => undefined);
}

function unmatchedRow<T>(text: string, rows: readonly Item<T>[]): Choice<T> | undefined {
  const label = unmatchedWords(text, rows);
  return label === undefined ? undefined : { value: undefined, label, icon: ICON.info };
}

/** The row of another drawing: as it was, also one that only informs, or at least of the same value. */
function sameIn<T>(items: readonly Item<T>[], row: Item<T> | undefined): Item<T> | undefined {
  const again = items.find(({ value, label }) => value === row?.value && label === row?.label);
  return again ?? items.find(({ value }) => value !== undefined && value === row?.value);
}

function mark<T>(pick: vscode.QuickPick<Item<T>>, item: Item<T> | undefined): void {
  if (item !== undefined) pick.activeItems = [item];
}

/** Whether drawing would change nothing that is seen or can be chosen. */
function isSame<T>(shown: readonly Item<T>[], items: readonly Item<T>[]): boolean {
  const keys = ['value', 'label', 'description', 'detail', 'kind'] as const;
  return (
    shown.length === items.length &&
    items.every((item, index) => keys.every((key) => item[key] === shown[index]?.[key]))
  );
}

function createPick<T>({
  placeholder,
  typed,
}: Pick<PickQuestion<T>, 'placeholder' | 'typed'>): vscode.QuickPick<Item<T>> {
  const pick = vscode.window.createQuickPick<Item<T>>();
  // Where text is typed the rows are no hits of a search, so nothing in them is marked as one.
  pick.matchOnDescription = typed === undefined;
  pick.matchOnDetail = typed === undefined;
  pick.keepScrollPosition = true;
  invite(pick, placeholder);
  return pick;
}

/** Says something under the field, in whole; VS Codes of 2025 have no such line in a list. */
function prompt(pick: vscode.QuickPick<vscode.QuickPickItem>, text: string | undefined): void {
  if ('prompt' in pick) pick.prompt = text;
}

/** What stands in the empty field. */
function invite<T>(pick: vscode.QuickPick<Item<T>>, what: PickQuestion<T>['placeholder']): void {
  if (what !== undefined) pick.placeholder = translate(typeof what === 'function' ? what() : what);
}

function noticeItems<T>({ notice }: Frame): Item<T>[] {
  if (notice === undefined) return [];
  const { severity, words } = notice;
  return [itemOf<T>({ value: undefined, label: words, icon: ICON[severity] }, true)];
}

function itemsOf<T>(choices: readonly Choice<T>[], alwaysShow: boolean): Item<T>[] {
  const groups = choices.map(({ group }) => group && translate(group));
  const isFirst = startsGroup(groups);
  return choices.flatMap((choice, index) => {
    const hasHeading = isFirst[index] === true;
    const item = itemOf(choice, alwaysShow, hasHeading);
    if (!hasHeading) return [item];
    const kind = vscode.QuickPickItemKind.Separator;
    return [{ label: groups[index] ?? '', kind, value: undefined }, item];
  });
}

function itemOf<T>(
  { value, label, description, detail, icon }: Choice<T>,
  alwaysShow: boolean,
  hasHeading = false,
): Item<T> {
  const beside = description && textOf(description, ' · ');
  const text = rowText(translate(label), beside, detail && textOf(detail, ' · '), hasHeading);
  return {
    value,
    label: inert(text.label),
    alwaysShow,
    ...(text.description === undefined ? {} : { description: inert(text.description) }),
    ...(text.detail === undefined ? {} : { detail: inert(text.detail) }),
    ...(icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(icon) }),
  };
}

/** Names of coins come from outside: `$(…)` in them is text and no icon. */
function inert(text: string): string {
  return text.replace(/\$\(/g, '\\$(');
}
