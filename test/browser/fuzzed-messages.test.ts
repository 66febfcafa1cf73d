import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import { mutated, ODD, retold } from '../promises/mutations';
import { PANELS, type PanelName, STRANGE, WAYS } from '../promises/panel-messages';
import { pick, report, SCALE, scaled, seeded } from '../promises/scale';
import { startBrowser } from '../workbench/driver';
import { row, snapshot, start } from './messages';
import { SESSION, servePages } from './page-server';
import { position } from './position-messages';
import { RatesPage } from './rates-page';
import { recordRow, recordsState } from './records-messages';

/** Messages that come before the page is let draw. */
const AT_ONCE = 50;
const AFTERWARDS = 'AFTERWARDS';

/** What a page is told in the end, and shows. */
const GOOD: Readonly<Record<PanelName, readonly object[]>> = {
  rates: [start(), snapshot([row({ coin: AFTERWARDS })])],
  records: [
    { type: 'start', locale: 'en', strings: {} },
    { type: 'records', state: recordsState({ rows: [recordRow('1', { coin: AFTERWARDS })] }) },
  ],
  position: [
    { type: 'start', locale: 'en', strings: {} },
    { type: 'position', state: position({ source: AFTERWARDS }) },
  ],
};

function messageTo(name: PanelName, random: () => number): unknown {
  const { good } = WAYS[name].toPage;
  const session = random() < 0.03 ? 'session-of-before' : SESSION;
  const message = { ...pick(random, random() < 0.05 ? STRANGE : good), session };
  const way = random();
  if (way < 0.05) return pick(random, ODD);
  if (way < 0.15) return message;
  return way < 0.6 ? mutated(message, random) : retold(message, random);
}

/** In the page: takes all of it, draws, and gives what it has sent to its host meanwhile. */
async function take(messages: readonly unknown[]): Promise<readonly unknown[]> {
  // What VS Code kept of earlier looks is gone, so that it is looked at as the host says.
  sessionStorage.clear();
  for (const message of messages) window.postMessage(message, '*');
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return (window as unknown as { readonly sent: unknown[] }).sent.splice(0);
}

describe('whatever the host says to a page', function () {
  this.timeout(3_600_000);
  let browser: Browser;
  let context: BrowserContext;

  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
    context.setDefaultTimeout(60_000);
  });
  afterEach(() => context.close());

  for (const name of PANELS) {
    it(`of the ${name}: it is shown or dropped, and the page goes on`, async () => {
      const server = await servePages(name, name === 'position' ? 'position-panel' : 'panel');
      try {
        const shown = await RatesPage.open(context, server);
        const faults: string[] = [];
        shown.page.on('pageerror', ({ message, stack }) => faults.push(stack ?? message));
        shown.page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
        shown.page.on('dialog', (dialog) => {
          faults.push(`dialog: ${dialog.message()}`);
          void dialog.dismiss();
        });
        const random = seeded(880);
        // Drawing takes its time: in `npm test` a fortieth.
        const runs = SCALE < 1 ? scaled(25_000) : scaled(100_000);
        const { toPage, toHost } = WAYS[name];
        const greetings = toPage.good.filter((message) => 'type' in message && message.type === 'start');
        let taken = 0;
        let sent = 0;
        for (let n = 0; n < runs; n += AT_ONCE) {
          const greeting = { ...pick(random, greetings), session: SESSION };
          const messages = [greeting, ...Array.from({ length: AT_ONCE - 1 }, () => messageTo(name, random))];
          taken += messages.filter((message) => toPage.parse(message, SESSION) !== undefined).length;
          const answers = await shown.page.evaluate(take, messages);
          sent += answers.length;
          const unread = answers.filter((answer) => toHost.parse(answer, SESSION) === undefined);
          assert.deepEqual(unread, [], `the host drops what the page says, from message ${n}`);
          assert.deepEqual(faults, [], `from message ${n}`);
        }
        report(8, `${runs} messages to the ${name} page`, `${taken} taken`, `${sent} answers`, '0 errors');
        assert.ok(taken > runs / 20);
        await shown.page.evaluate(
          take,
          GOOD[name].map((message) => ({ ...message, session: SESSION })),
        );
        await shown.page.getByText(AFTERWARDS).first().waitFor();
        assert.deepEqual([...faults, ...(await shown.violations())], []);
        assert.equal(
          await shown.page.evaluate(() => ({}) as { polluted?: unknown }).then((own) => own.polluted),
          undefined,
        );
      } finally {
        await server.close();
      }
    });
  }
});
