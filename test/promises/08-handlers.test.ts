import assert from 'node:assert/strict';
import { subjectOf } from '../../src/ui/arguments';
import { CoinChoices } from '../../src/ui/trees/coins/choices';
import { MOST_IN_SIGHT, viewOf } from '../../src/webview/contract';
import { mutated, ODD, retold } from './mutations';
import { PANELS, type PanelName, STRANGE, WAYS } from './panel-messages';
import { PanelWindow, vscode } from './panel-window';
import { pick, report, scaled, seeded } from './scale';
import { argumentsOf } from './wild-arguments';

/** Beside the coins in sight: the table itself, all offers, the market of the charts. */
const MOST_WATCHED = MOST_IN_SIGHT + 3;
/** Messages between two looks at what they led to. */
const AT_ONCE = 25;

interface Flood {
  readonly window: PanelWindow;
  /** Types of changed messages that reached their handler, and how often. */
  readonly reached: ReadonlyMap<string, number>;
  readonly unhandled: readonly unknown[];
  readonly held: Readonly<Record<string, number>>;
}

function messageFor(window: PanelWindow, name: PanelName, random: () => number): unknown {
  const { good } = WAYS[name].toHost;
  // Now and then of a load that is over.
  const session = random() < 0.03 ? 'session-of-before' : window.panel.session;
  const message = { ...pick(random, random() < 0.05 ? STRANGE : good), session };
  const way = random();
  if (way < 0.05) return pick(random, ODD);
  if (way < 0.15) return message;
  return way < 0.6 ? mutated(message, random) : retold(message, random);
}

/** A page that says anything at all, while panels come and go and the window shows one session after the other. */
async function flooded(name: PanelName, runs: number): Promise<Flood> {
  const random = seeded(808);
  const window = await PanelWindow.open(name, random);
  const { parse, good } = WAYS[name].toHost;
  const known = new Set(good.map((message) => JSON.stringify(message)));
  const reached = new Map<string, number>();
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  // Those of mocha would end the test at the first one, with nothing about the others.
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', note).on('warning', note);
  vscode.trouble = () => random() < 0.1;
  vscode.choosesFile = () => random() < 0.7;
  try {
    for (let n = 1; n <= runs; n += 1) {
      if (random() < 0.03) window.stir();
      if (random() < 0.01) window.lead(subjectOf(argumentsOf(random, ['acc-1', 'acc-2'])));
      const message = messageFor(window, name, random);
      const taken = parse(message, window.panel.session);
      const { session: _session, ...rest } = taken ?? {};
      if (taken !== undefined && !known.has(JSON.stringify(rest)))
        reached.set(taken.type, (reached.get(taken.type) ?? 0) + 1);
      window.panel.post(message);
      assert.deepEqual(
        [...window.panel.thrown, ...window.faults],
        [],
        JSON.stringify(message)?.slice(0, 500),
      );
      if (n % AT_ONCE === 0) await window.settle();
    }
    await window.settle();
    window.close();
    await window.settle();
    return { window, reached, unhandled, held: window.held };
  } finally {
    vscode.trouble = () => false;
    await window.end();
    process.removeAllListeners('unhandledRejection').off('warning', note);
    for (const other of others) process.on('unhandledRejection', other);
  }
}

describe('what a page says reaches the host', function () {
  this.timeout(3_600_000);

  for (const name of PANELS) {
    it(`of the ${name} panel: nothing goes wrong unseen, nothing moves, nothing is kept that does not read`, async () => {
      vscode.started.clear();
      vscode.errors.length = 0;
      const runs = scaled(100_000);
      const { window, reached, unhandled, held } = await flooded(name, runs);
      const { asker, memento, table, log } = window;
      const sum = [...reached.values()].reduce((all, count) => all + count, 0);
      const commands = [...vscode.started.values()].reduce((all, count) => all + count, 0);
      report(
        8,
        `${runs} messages from the ${name} page to its host`,
        `${sum} changed ones handled`,
        `${commands} flows begun, ${asker.questions} came to their first question`,
        `${window.sent} answers`,
        `VS Code refused ${log.lines.length} times, ${vscode.errors.length} told`,
        `${unhandled.length} unhandled, ${table.passage.sends} sent`,
      );
      assert.deepEqual(unhandled.map(String), []);
      assert.ok(log.lines.length > 0 && vscode.errors.length > 0, 'what VS Code refuses is not told');
      assert.deepEqual(window.unread, [], 'the page drops what the host sends');
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
      // Nobody was there.
      assert.equal(asker.confirmations, 0);
      assert.equal(table.passage.sends, 0);
      assert.deepEqual(table.journal(), []);
      // What is kept is read again as it is.
      const view = memento.get('rates.view');
      if (view !== undefined) assert.deepEqual(viewOf(view), view);
      const kept = memento.get<{ readonly favourites: readonly string[] }>('loanDesk.coins');
      const { favourites } = new CoinChoices(memento, () => undefined).current;
      assert.deepEqual([...favourites], kept?.favourites ?? []);
      // Nothing grows, and nothing goes on behind a panel that is gone.
      assert.ok(window.mostWatched <= MOST_WATCHED, `${window.mostWatched} topics at once`);
      assert.deepEqual(
        Object.entries(held).filter(([, count]) => count !== 0),
        [],
      );
      // Each kind of message that has anything to change was changed and taken, and flows began. Of the ways to an account every
      // one that passes is sent as it is.
      const wordless = new Set(['ready', 'retry', 'all', 'offers', 'again', 'more', 'wayOn']);
      for (const type of WAYS[name].toHost.types)
        assert.ok(wordless.has(type) || (reached.get(type) ?? 0) > 0, `${type} never came changed`);
      if (name !== 'records') assert.ok(asker.questions > 0, 'no flow came to its first question');
    });
  }
});
