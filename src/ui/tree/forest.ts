import { isDeepStrictEqual } from 'node:util';
import { canUnfold, made, type Row, type RowSubject, type Text, texts } from './row';

/** A row with its place in the tree: the same object for as long as a row of that id stays under that parent. */
export interface RowNode {
  /** Unique in the tree, whatever the ids of the rows are. */
  readonly id: string;
  readonly parent: RowNode | undefined;
  readonly row: Row;
  /** What commands started from the row are handed. */
  readonly about: RowSubject;
}

/** What a replacement of the rows makes the view draw again. */
export type Change = 'nothing' | 'everything' | readonly RowNode[];

/** Above this, drawing everything once is cheaper than so many rows one by one. */
const MANY = 100;

interface Node extends RowNode {
  row: Row;
  about: RowSubject;
  /** Siblings' own part of the id. */
  readonly key: string;
  /** Undefined until somebody has unfolded it. */
  children: readonly Node[] | undefined;
  /** The tooltip that was asked for last, since the view keeps it. */
  shown: readonly Text[] | undefined;
}

/**
 * The rows of a tree between two drawings. Replacing them tells which nodes have to be drawn again, so that a view need
 * not throw away what has not changed. Children and tooltips are made when they are asked for, not before.
 */
export class RowForest {
  #rows: readonly Row[] = [];
  #roots: readonly Node[] = [];
  readonly #nodes = new WeakSet<RowNode>();

  get roots(): readonly RowNode[] {
    return this.#roots;
  }

  /** The children of a node; none for one of another tree. */
  childrenOf(node: RowNode): readonly RowNode[] {
    if (!this.#owns(node)) return [];
    node.children ??= this.#grow(rowsUnder(node.row), node);
    return node.children;
  }

  /** The tooltip of a node, made now: where it has none of its own, what a narrow view cuts off. */
  tooltipOf(node: RowNode): readonly Text[] {
    if (!this.#owns(node)) return [];
    node.shown = tooltipOf(node.row);
    return node.shown;
  }

  replace(rows: readonly Row[]): Change {
    const changed: Node[] = [];
    const known = this.#rows === rows;
    this.#rows = rows;
    if (known) {
      for (const node of this.#roots) this.#renew(node, node.row, changed);
    } else {
      const roots = this.#merge(this.#roots, rows, undefined, changed);
      const isSame = sameList(roots, this.#roots);
      this.#roots = roots;
      if (!isSame) return 'everything';
    }
    if (changed.length === 0) return 'nothing';
    return changed.length > MANY ? 'everything' : changed;
  }

  #owns(node: RowNode): node is Node {
    return this.#nodes.has(node);
  }

  #grow(rows: readonly Row[], parent: Node | undefined): readonly Node[] {
    return keyed(rows).map(([key, row]) => this.#plant(key, row, parent));
  }

  #plant(key: string, row: Row, parent: Node | undefined): Node {
    const id = parent === undefined ? key : `${parent.id}/${key}`;
    const about = row.about ?? {};
    const node: Node = { id, parent, row, about, key, children: undefined, shown: undefined };
    this.#nodes.add(node);
    return node;
  }

  #merge(
    nodes: readonly Node[],
    rows: readonly Row[],
    parent: Node | undefined,
    changed: Node[],
  ): readonly Node[] {
    const byKey = new Map(nodes.map((node) => [node.key, node]));
    return keyed(rows).map(([key, row]) => {
      const node = byKey.get(key);
      if (node === undefined) return this.#plant(key, row, parent);
      this.#renew(node, row, changed);
      return node;
    });
  }

  /** Gives a node its new row. What is drawn again draws its children again, so these are not named besides. */
  #renew(node: Node, row: Row, changed: Node[]): void {
    const before = node.row;
    node.row = row;
    node.about = row.about ?? {};
    let own = before !== row && !isSameFace(before, row);
    const below: Node[] = [];
    if (node.children !== undefined) {
      const children = this.#merge(node.children, rowsUnder(row), node, below);
      own ||= !sameList(children, node.children);
      node.children = children;
    }
    if (node.shown !== undefined && !isDeepStrictEqual(node.shown, tooltipOf(row))) {
      node.shown = undefined;
      own = true;
    }
    if (own) changed.push(node);
    else changed.push(...below);
  }
}

function rowsUnder({ children }: Row): readonly Row[] {
  return children === undefined ? [] : made(children);
}

function tooltipOf({ label, description, tooltip }: Row): readonly Text[] {
  return tooltip === undefined ? texts<Text>(label, description) : made(tooltip);
}

/**
 * The rows with keys that differ: a coin twice in an answer must not take the tree down, as VS Code does with two
 * elements of one id. A slash is what joins keys, so that none may stand in one.
 */
function keyed(rows: readonly Row[]): readonly (readonly [key: string, row: Row])[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const key = row.id.replaceAll('%', '%25').replaceAll('/', '%2F').replaceAll('#', '%23');
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return [count === 0 ? key : `${key}#${count}`, row];
  });
}

function sameList(a: readonly Node[], b: readonly Node[]): boolean {
  return a.length === b.length && a.every((node, index) => node === b[index]);
}

/** Whether two rows are drawn alike, apart from their tooltips and what is under them. */
function isSameFace(a: Row, b: Row): boolean {
  return (
    canUnfold(a) === canUnfold(b) &&
    a.expanded === b.expanded &&
    a.command === b.command &&
    isDeepStrictEqual(
      [a.label, a.description, a.icon, a.tokens, a.about],
      [b.label, b.description, b.icon, b.tokens, b.about],
    )
  );
}
