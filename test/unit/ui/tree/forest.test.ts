import assert from 'node:assert/strict';
import fc from 'fast-check';
import { subjectOf } from '../../../../src/ui/arguments';
import { type Change, RowForest, type RowNode } from '../../../../src/ui/tree/forest';
import { type Row, verbatim } from '../../../../src/ui/tree/row';

function row(id: string, change: Partial<Row> = {}): Row {
  return { id, label: verbatim(id), ...change };
}

function ids(nodes: readonly RowNode[]): string[] {
  return nodes.map(({ id }) => id);
}

function changed(change: Change): string[] | Change {
  return typeof change === 'string' ? change : ids(change);
}

/** Every node that has been asked for, as a view that unfolds everything holds them. */
function unfold(forest: RowForest, nodes = forest.roots): RowNode[] {
  return nodes.flatMap((node) => [node, ...unfold(forest, forest.childrenOf(node))]);
}

describe('the forest of rows', () => {
  it('keeps the node of a row over replacements, which is what selection and folding hang on', () => {
    const forest = new RowForest();
    forest.replace([row('a', { children: [row('b')] })]);
    const before = unfold(forest);
    forest.replace([row('a', { description: verbatim('new'), children: [row('b')] })]);
    assert.deepEqual(
      unfold(forest).map((node, index) => node === before[index]),
      [true, true],
    );
  });

  it('draws nothing again when nothing differs', () => {
    const forest = new RowForest();
    const make = () => [row('a', { children: [row('b', { tooltip: [verbatim('t')] })] }), row('c')];
    forest.replace(make());
    for (const node of unfold(forest)) forest.tooltipOf(node);
    assert.equal(forest.replace(make()), 'nothing');
  });

  it('names only the rows that differ', () => {
    const forest = new RowForest();
    forest.replace([row('a', { children: [row('b'), row('c')] }), row('d')]);
    unfold(forest);
    const change = forest.replace([
      row('a', { children: [row('b'), row('c', { description: verbatim('new') })] }),
      row('d'),
    ]);
    assert.deepEqual(changed(change), ['a/c']);
  });

  it('names a parent alone when its children come or go', () => {
    const forest = new RowForest();
    forest.replace([row('a', { children: [row('b', { description: verbatim('old') })] }), row('d')]);
    unfold(forest);
    const change = forest.replace([
      row('a', { children: [row('b', { description: verbatim('new') }), row('c')] }),
      row('d'),
    ]);
    assert.deepEqual(changed(change), ['a']);
  });

  it('names a row that can be unfolded from now on, or no longer', () => {
    const forest = new RowForest();
    forest.replace([row('a')]);
    assert.deepEqual(changed(forest.replace([row('a', { children: [row('b')] })])), ['a']);
    assert.deepEqual(changed(forest.replace([row('a', { children: [] })])), ['a']);
  });

  it('draws everything when rows of the top come, go or change places', () => {
    const forest = new RowForest();
    forest.replace([row('a'), row('b')]);
    assert.equal(forest.replace([row('b'), row('a')]), 'everything');
    assert.equal(forest.replace([row('b')]), 'everything');
    assert.equal(forest.replace([row('b')]), 'nothing');
  });

  it('draws everything rather than very many rows one by one', () => {
    const forest = new RowForest();
    const rows = (text: string) =>
      [...Array(500).keys()].map((n) => row(`${n}`, { description: verbatim(text) }));
    forest.replace(rows('old'));
    assert.equal(forest.replace(rows('new')), 'everything');
  });

  it('makes children and tooltips only when they are asked for', () => {
    let made = 0;
    const lazy = () => {
      made += 1;
      return [row('b')];
    };
    const tooltip = () => {
      made += 1;
      return [verbatim('t')];
    };
    const forest = new RowForest();
    forest.replace([row('a', { children: lazy, tooltip })]);
    forest.replace([row('a', { children: lazy, tooltip })]);
    assert.equal(made, 0);
    const [a] = forest.roots;
    assert(a !== undefined);
    assert.deepEqual(ids(forest.childrenOf(a)), ['a/b']);
    assert.equal(made, 1);
  });

  it('draws a row again whose tooltip was read and has changed, and only then', () => {
    let time = '12:00';
    const forest = new RowForest();
    const same = [row('a', { tooltip: () => [verbatim(`read ${time}`)] })];
    forest.replace(same);
    time = '12:01';
    assert.equal(forest.replace(same), 'nothing');
    const [a] = forest.roots;
    assert(a !== undefined);
    assert.deepEqual(forest.tooltipOf(a), [verbatim('read 12:01')]);
    assert.equal(forest.replace(same), 'nothing');
    time = '12:02';
    assert.deepEqual(changed(forest.replace(same)), ['a']);
    // The view will ask again.
    assert.equal(forest.replace(same), 'nothing');
  });

  it('shows the whole row as the tooltip of one that has none, for a narrow view cuts it off', () => {
    const forest = new RowForest();
    forest.replace([row('a', { description: [verbatim('b'), verbatim('c')] })]);
    const [a] = forest.roots;
    assert(a !== undefined);
    assert.deepEqual(forest.tooltipOf(a), [verbatim('a'), [verbatim('b'), verbatim('c')]]);
  });

  it('hands commands the subject of the row as it is now', () => {
    const forest = new RowForest();
    forest.replace([row('a', { about: { coin: 'BTC' } }), row('b')]);
    const [a, b] = forest.roots;
    assert.deepEqual(subjectOf([a]), { coin: 'BTC' });
    assert.deepEqual(subjectOf([b]), {});
    forest.replace([row('a', { about: { coin: 'ETH' } }), row('b')]);
    assert.deepEqual(subjectOf([a]), { coin: 'ETH' });
  });

  it('gives every node an id of its own, whatever the rows are called (property)', () => {
    const name = fc.constantFrom('a', 'b', 'a/b', 'a#1', '#', '%', '/', '__proto__', '\ud800', '');
    const tree = fc.letrec<{ rows: Row[] }>((tie) => ({
      rows: fc.array(
        fc
          .record({ id: name, children: fc.oneof({ depthSize: 'small' }, fc.constant([]), tie('rows')) })
          .map(({ id, children }): Row => row(id, { children: children as Row[] })),
        { maxLength: 4 },
      ),
    })).rows;
    fc.assert(
      fc.property(tree, tree, (first, second) => {
        const forest = new RowForest();
        for (const rows of [first, second, first]) {
          forest.replace(rows);
          const all = ids(unfold(forest));
          assert.equal(new Set(all).size, all.length);
        }
      }),
    );
  });

  it('holds what the rows say, whatever was there before (property)', () => {
    const rows = fc
      .array(
        fc.record({
          id: fc.constantFrom('a', 'b', 'c'),
          text: fc.constantFrom('x', 'y'),
          children: fc.array(fc.record({ id: fc.constantFrom('d', 'e'), text: fc.constantFrom('x', 'y') }), {
            maxLength: 3,
          }),
        }),
        { maxLength: 4 },
      )
      .map((found) =>
        found.map(({ id, text, children }) =>
          row(id, {
            description: verbatim(text),
            children: children.map((child) => row(child.id, { description: verbatim(child.text) })),
          }),
        ),
      );
    fc.assert(
      fc.property(fc.array(rows, { minLength: 2, maxLength: 5 }), (states) => {
        const forest = new RowForest();
        const view = new FakeView(forest);
        for (const state of states) {
          view.follow(forest.replace(state));
          const truth = unfold(forest).map((node) => [node.id, JSON.stringify(node.row.description)]);
          assert.deepEqual([...view.shown].sort(), truth.sort());
        }
      }),
    );
  });
});

/** Draws as VS Code does: all from the top, or the named nodes with what is under them, everything unfolded. */
class FakeView {
  readonly shown = new Map<string, string>();
  readonly #forest: RowForest;

  constructor(forest: RowForest) {
    this.#forest = forest;
  }

  follow(change: Change): void {
    if (change === 'nothing') return;
    if (change === 'everything') this.shown.clear();
    else for (const { id } of change) this.#forget(`${id}/`);
    this.#draw(change === 'everything' ? this.#forest.roots : change);
  }

  #forget(prefix: string): void {
    for (const id of [...this.shown.keys()].filter((one) => one.startsWith(prefix))) this.shown.delete(id);
  }

  #draw(nodes: readonly RowNode[]): void {
    for (const node of nodes) {
      this.shown.set(node.id, JSON.stringify(node.row.description));
      this.#draw(this.#forest.childrenOf(node));
    }
  }
}
