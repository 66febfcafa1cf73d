import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plain, type Words } from '../../src/bybit/words';
import type { Desk } from '../../src/desk/operation';
import { subjectOf } from '../../src/ui/arguments';
import type { Asker } from '../../src/ui/flow/asker';
import type {
  Choice,
  ConfirmQuestion,
  Frame,
  InputQuestion,
  ManyQuestion,
  Message,
  PickQuestion,
  Reply,
} from '../../src/ui/flow/question';
import { Ends } from '../../src/ui/flows/ends';
import { flowCommands } from '../../src/ui/flows/flow-commands';
import type { FlowOptions } from '../../src/ui/flows/host';
import { ACCOUNT } from '../wire/ledger';
import { pick, report, SCALE, scaled, seeded } from './scale';
import { laid, type Table } from './table';
import { argumentsOf, TEXTS } from './wild-arguments';

class Escaped extends Error {}

/** Answers every question at random and quickly, as a hostile program might through the keyboard; confirms only if told so. */
class RandomAsker implements Asker {
  confirmations = 0;
  /** What was said yes to, as it was named; of several orders in one, the name of the whole. */
  readonly confirmed: { readonly title: string; readonly isSeveral: boolean }[] = [];
  /** What happens while the last question stands there. */
  meanwhile: () => Promise<void> = async () => undefined;
  #left = 0;

  constructor(
    private readonly random: () => number,
    private readonly confirms: boolean,
  ) {}

  /** A new run of a flow, with so much patience. */
  begin(questions: number): void {
    this.#left = questions;
  }

  async pick<T>(question: PickQuestion<T>, frame: Frame): Promise<Reply<T>> {
    if (this.#turnsBack(frame)) return { kind: 'back' };
    const rows = [...question.choices()];
    const text = pick(this.random, TEXTS);
    if (question.typed !== undefined && text !== '' && this.random() < 0.5)
      rows.unshift(question.typed(text));
    const open = rows.filter((row): row is Choice<T> & { value: T } => row.value !== undefined);
    if (open.length === 0) throw new Escaped();
    return {
      kind: 'answer',
      value: this.random() < 0.6 ? (open[0] as { value: T }).value : pick(this.random, open).value,
    };
  }

  async pickMany<T>(question: ManyQuestion<T>, frame: Frame): Promise<Reply<readonly T[]>> {
    if (this.#turnsBack(frame)) return { kind: 'back' };
    const picked = question
      .choices()
      .flatMap(({ value }) => (value !== undefined && this.random() < 0.4 ? [value] : []));
    if (question.remark?.(picked)?.severity === 'error') throw new Escaped();
    return { kind: 'answer', value: picked };
  }

  async input(question: InputQuestion, frame: Frame): Promise<Reply<string>> {
    if (this.#turnsBack(frame)) return { kind: 'back' };
    for (let tries = 0; tries < 5; tries += 1) {
      const text = pick(this.random, [question.text ?? '', ...TEXTS]);
      if ((await question.check?.(text))?.severity === 'error') continue;
      if ((await question.accept?.(text))?.severity === 'error') continue;
      return { kind: 'answer', value: text };
    }
    throw new Escaped();
  }

  async file(): Promise<Reply<string>> {
    throw new Escaped();
  }

  async confirm({ message, deed }: ConfirmQuestion): Promise<boolean> {
    this.confirmations += 1;
    if (this.confirms) {
      this.confirmed.push({ title: plain(message), isSeveral: deed.text.startsWith('Send {0} Orders') });
      await this.meanwhile();
    }
    // Whoever declined gives up, mostly.
    if (this.random() < 0.8) this.#left = 0;
    return this.confirms;
  }

  async say<Action extends string>(message: Message<Action>): Promise<Action | undefined> {
    const ids = message.actions.map(({ id }) => id);
    return ids.length > 0 && this.random() < 0.3 ? pick(this.random, ids) : undefined;
  }

  during<T>(_title: Words, work: (report: (stage: Words) => void) => Promise<T>): Promise<T> {
    return work(() => undefined);
  }

  #turnsBack({ canGoBack }: Frame): boolean {
    this.#left -= 1;
    if (this.#left < 0) throw new Escaped();
    return canGoBack && this.random() < 0.05;
  }
}

function optionsFor(table: Table, desk: Desk, asker: Asker): FlowOptions {
  const session = { kind: 'account' as const, account: ACCOUNT, desk };
  return {
    asker,
    sessions: { current: session, ready: async () => session },
    locale: 'en',
    say: plain,
    now: () => table.clock.now(),
    favourites: () => new Set(),
    ends: new Ends(),
    run: async () => undefined,
  };
}

interface Counts {
  readonly sends: number;
  readonly confirmations: number;
  readonly crashes: readonly string[];
  /** Titles of what was begun and not confirmed under that name. */
  readonly others: readonly string[];
}

/** Of the orders of one confirmation: each is of less than the whole, of its coin and term. */
const ORDER = /^Borrow \S+ (\S+ for \d+ days) /;

/** What was begun under another name than was said yes to. */
function unconfirmed(begun: readonly string[], { confirmed }: RandomAsker): readonly string[] {
  return begun.filter((title) =>
    confirmed.every((whole) =>
      whole.isSeveral
        ? ORDER.exec(title) === null || ORDER.exec(title)?.[1] !== ORDER.exec(whole.title)?.[1]
        : whole.title !== title,
    ),
  );
}

async function flooded(runs: number, confirms: boolean): Promise<Counts> {
  const random = seeded(90);
  const table = await laid({ random });
  const asker = new RandomAsker(random, confirms);
  const crashes: string[] = [];
  const others: string[] = [];
  try {
    const desk = await table.open();
    const flows = flowCommands(optionsFor(table, desk, asker));
    const names = Object.keys(flows) as (keyof typeof flows)[];
    for (let n = 0; n < runs; n += 1) {
      const name = pick(random, names);
      const args = argumentsOf(random, [ACCOUNT.id, 'acc-2', 'paper']);
      asker.begin(Math.floor(random() * 12));
      const run = async () => flows[name](subjectOf(args));
      const before = table.journal().length;
      asker.confirmed.length = 0;
      asker.meanwhile = async () => {
        // The person reads; interest is posted, prices move, and the window reads all of it.
        await table.clock.sleep(Math.floor(random() * 900_000));
        await desk.refresh();
      };
      await table.clock.run(run()).catch((error: unknown) => {
        if (!(error instanceof Escaped)) crashes.push(`${name}: ${String(error)}`);
      });
      const begun = table
        .journal()
        .slice(before)
        .flatMap((event) => (event.type === 'intent' ? [plain(event.title)] : []));
      others.push(...unconfirmed(begun, asker));
    }
    if (!confirms) assert.deepEqual(table.journal(), []);
    return { sends: table.passage.sends, confirmations: asker.confirmations, crashes, others };
  } finally {
    await table.close();
  }
}

describe('nothing moves without a person', function () {
  this.timeout(3_600_000);

  it('whatever arguments a command is started with and whatever is answered, short of the confirmation', async () => {
    // Flows take their time: in `npm test` a twentieth.
    const runs = SCALE < 1 ? Math.ceil(scaled(10_000) / 2) : scaled(10_000);
    const { sends, confirmations, crashes } = await flooded(runs, false);
    report(
      9,
      `${runs} commands with made-up arguments`,
      `${confirmations} came to the confirmation`,
      `${sends} sent`,
      `${crashes.length} crashes`,
    );
    assert.equal(sends, 0);
    assert.deepEqual(crashes.slice(0, 5), []);
    assert.ok(confirmations > runs / 100, 'hardly any came as far as the confirmation');
  });

  it('and with it what was named, whatever changes while the last question stands there', async () => {
    const runs = scaled(1_000);
    const { sends, confirmations, others } = await flooded(runs, true);
    report(
      9,
      `${runs} commands with made-up arguments, confirmed minutes later`,
      `${confirmations} confirmed, ${sends} sent`,
      `${others.length} under another name than was confirmed`,
    );
    assert.ok(sends > 0);
    assert.deepEqual(others, []);
  });

  it('no link into the extension and no tool for assistants exist', () => {
    const folder = join(__dirname, '../../src');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js'),
    );
    const doors =
      /registerUriHandler|registerTool|registerChatParticipant|lm\.register|enableCommandUris: true|supportHtml = true/;
    const open = names.filter((name) => doors.test(readFileSync(join(folder, name), 'utf8')));
    const manifest = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
      activationEvents: readonly string[];
      contributes: Record<string, unknown>;
    };
    assert.deepEqual(open, []);
    assert.ok(!manifest.activationEvents.some((event) => /^onUri|^\*|onLanguageModelTool/.test(event)));
    assert.ok(
      !('languageModelTools' in manifest.contributes) && !('chatParticipants' in manifest.contributes),
    );
    report(9, `${names.length} files without a link handler or a tool`);
  });
});
