import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plain } from '../../src/bybit/words';
import { subjectOf } from '../../src/ui/arguments';
import { flowCommands } from '../../src/ui/flows/flow-commands';
import { ACCOUNT } from '../wire/ledger';
import { Escaped, optionsFor, RandomAsker } from './random-asker';
import { pick, report, SCALE, scaled, seeded } from './scale';
import { laid } from './table';
import { argumentsOf } from './wild-arguments';

interface Counts {
  readonly sends: number;
  readonly confirmations: number;
  readonly crashes: readonly string[];
  /** Titles of what was begun and not confirmed under that name. */
  readonly others: readonly string[];
}

/** Of the orders of one confirmation, which says how many: each is of less than the whole, of its coin and term. */
const ORDER = /^(?:\d+ orders: )?Borrow \S+ (\S+ for \d+ days) /;

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
