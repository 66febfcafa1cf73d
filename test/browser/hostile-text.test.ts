import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import { FIRST_VIEW, parseHostMessage, TABLE_IDS } from '../../src/webview/contract';
import { parsePositionHostMessage } from '../../src/webview/position-contract';
import { parseRecordsHostMessage } from '../../src/webview/records-contract';
import type { Parser } from '../../src/webview/wire';
import { report, scaled } from '../promises/scale';
import { startBrowser } from '../workbench/driver';
import { answer } from './history-messages';
import { Hostile } from './hostile';
import { start } from './messages';
import { type PageServer, SESSION, servePages } from './page-server';
import { paperTables } from './paper-tables';
import { PAYLOADS } from './payloads';
import { facts, position } from './position-messages';
import { RatesPage } from './rates-page';
import { recordsState } from './records-messages';

/** Rows of a table: enough for every kind of row, few enough to be drawn two hundred times. */
const ROWS = 6;
/** Rounds that the page draws before it is asked. */
const AT_ONCE = 20;
/** Which payload each round begins with; at full size every payload comes to every text once. */
const BEGINNINGS = Array.from({ length: scaled(PAYLOADS.length) }, (_, round) =>
  Math.floor((round * PAYLOADS.length) / scaled(PAYLOADS.length)),
);

interface Case {
  readonly of: string;
  /** What the page is told first: how it is looked at. */
  readonly first: object;
  readonly messages: readonly object[];
}

/** Sentences of another language, as a broken or hostile translation would have them. */
const SENTENCES = Object.fromEntries(
  ['Borrow', 'Filter coins', 'Columns', 'Read just now', 'Debts', 'Collateral', 'All kinds'].map((text) => [
    text,
    text,
  ]),
);

function greeting(change: Parameters<typeof start>[0]) {
  return start({ ...change, strings: SENTENCES });
}

interface Found {
  /** What was not text. */
  readonly problems: readonly string[];
  /** Rounds in which payloads stood on the page. */
  readonly seen: number;
}

/** In the page: draws one round after the other, and looks for what is not text. */
async function drawAll(rounds: readonly (readonly object[])[]): Promise<Found> {
  const ELEMENTS = 'img,script,style,iframe,object,embed,video,audio,link,base,math,animate,a,form[action]';
  const own = window as unknown as { pwned?: unknown; violations: readonly string[] };
  const page = document.getElementById('page') ?? document.body;
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const isBad = ({ name, value }: Attr) =>
    name.startsWith('on') ||
    (['src', 'href', 'action', 'srcdoc', 'style'].includes(name) && /pwned|127/.test(value));
  const problems: string[] = [];
  let seen = 0;
  for (const round of rounds) {
    for (const message of round) window.postMessage(message, '*');
    await drawn();
    if (page.textContent?.includes('pwned') === true) seen += 1;
    for (const { outerHTML } of page.querySelectorAll(ELEMENTS)) problems.push(outerHTML.slice(0, 200));
    for (const { attributes } of page.querySelectorAll('*')) {
      for (const one of attributes) if (isBad(one)) problems.push(`${one.name}=${one.value.slice(0, 200)}`);
    }
  }
  if (own.pwned !== undefined) problems.push('something ran');
  return { problems: [...problems, ...own.violations].slice(0, 5), seen };
}

describe('text from outside', function () {
  this.timeout(300_000);
  let browser: Browser;
  let context: BrowserContext;

  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  });
  afterEach(() => context.close());

  /** Every payload in every text of a page's messages; nothing may run, and nothing become an element or an attribute. */
  async function assertText(
    bundle: string,
    style: string,
    parse: Parser<{ readonly type: string; readonly session: string }>,
    { of, first, messages }: Case,
  ): Promise<void> {
    const take = (message: object) => parse({ ...message, session: SESSION }, SESSION) !== undefined;
    for (const message of [first, ...messages]) assert.ok(take(message), `${of}: not a message`);
    const server: PageServer = await servePages(bundle, style);
    try {
      const shown = await RatesPage.open(context, server);
      const all = [first, ...messages].map((message) => new Hostile(message, take));
      const texts = all.reduce((sum, { count }) => sum + count, 0);
      assert.ok(texts > 10, `${of}: only ${texts} texts can be replaced`);
      let seen = 0;
      for (let round = 0; round < BEGINNINGS.length; round += AT_ONCE) {
        const some = BEGINNINGS.slice(round, round + AT_ONCE).map((from) =>
          all.map((one) => {
            const message = one.with(PAYLOADS, from);
            assert.ok(take(message), `${of}: not taken with the texts from ${from}`);
            return { ...message, session: SESSION };
          }),
        );
        const found = await shown.page.evaluate(drawAll, some);
        assert.deepEqual(found.problems, [], `${of}, rounds from ${round}`);
        seen += found.seen;
      }
      // It was shown, not dropped.
      assert.ok(seen > (BEGINNINGS.length * 3) / 4, `${of}: payloads seen in ${seen} rounds`);
      report(
        8,
        `${of}: ${texts} texts, each with ${BEGINNINGS.length} of ${PAYLOADS.length} payloads`,
        '0 ran',
      );
    } finally {
      await server.close();
    }
  }

  it('has over two hundred forms here', () => {
    assert.ok(new Set(PAYLOADS).size >= 200 && new Set(PAYLOADS).size === PAYLOADS.length);
  });

  it('stays text in every table of the rates page', async () => {
    const tables = await paperTables();
    for (const of of TABLE_IDS) {
      const snapshot = tables.get(of);
      assert.ok(snapshot?.table != null);
      const table = { ...snapshot.table, rows: snapshot.table.rows.slice(0, ROWS) };
      await assertText('rates', 'panel', parseHostMessage, {
        of: `the table ${of}`,
        first: greeting({ view: { ...FIRST_VIEW, table: of } }),
        messages: [{ ...snapshot, table }],
      });
    }
  });

  it('stays text in the states of the rates page', async () => {
    const snapshot = (await paperTables()).get('borrow');
    assert.ok(snapshot !== undefined);
    const failure = { text: 'It failed.', advice: 'Do this.', offline: false };
    await assertText('rates', 'panel', parseHostMessage, {
      of: 'a failure',
      first: greeting({}),
      messages: [
        { ...snapshot, table: null, status: { ...snapshot.status, failure, costProblem: 'No such coin.' } },
      ],
    });
  });

  it('stays text in the charts', async () => {
    await assertText('rates', 'panel', parseHostMessage, {
      of: 'the charts',
      first: greeting({ view: { ...FIRST_VIEW, tab: 'history' } }),
      messages: [{ type: 'history', answer: answer() }],
    });
  });

  it('stays text on the position page', async () => {
    const first = { type: 'start', locale: 'en', strings: SENTENCES };
    const failure = { text: 'It failed.', advice: 'Do this.' };
    await assertText('position', 'position-panel', parsePositionHostMessage, {
      of: 'the position',
      first,
      messages: [
        {
          type: 'position',
          state: position({
            failures: [failure],
            remarks: ['A remark.'],
            names: [{ coin: 'ETH', shown: 'Ether' }],
          }),
        },
      ],
    });
    await assertText('position', 'position-panel', parsePositionHostMessage, {
      of: 'the refinance view',
      first,
      messages: [
        { type: 'position', state: position() },
        { type: 'compare', loan: 'flexible USDT' },
        { type: 'refinance', facts: facts() },
      ],
    });
  });

  it('stays text in the account history', async () => {
    await assertText('records', 'panel', parseRecordsHostMessage, {
      of: 'the account history',
      first: { type: 'start', locale: 'en', strings: SENTENCES },
      messages: [
        { type: 'records', state: recordsState({ failures: [{ text: 'It failed.', advice: 'Do this.' }] }) },
      ],
    });
  });
});
