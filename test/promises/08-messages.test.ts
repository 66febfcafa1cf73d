import assert from 'node:assert/strict';
import { FIRST_VIEW, parseHostMessage, parsePanelMessage, viewOf } from '../../src/webview/contract';
import { parsePositionHostMessage, parsePositionPageMessage } from '../../src/webview/position-contract';
import { parseRecordsHostMessage, parseRecordsPageMessage } from '../../src/webview/records-contract';
import type { Message, Parser } from '../../src/webview/wire';
import { row, SOME, snapshot, start } from '../browser/messages';
import { facts, position } from '../browser/position-messages';
import { RECORDS, recordsState } from '../browser/records-messages';
import { mutated, ODD } from './mutations';
import { pick, report, scaled, seeded } from './scale';

const SESSION = 'session-0123456789';

const LOOK = {
  table: 'borrow',
  filter: 'usd',
  sort: [{ column: 'flexible', descending: true }],
  filters: [{ column: 'flexible', kind: 'rate', op: '..', values: ['1', '2.5'], period: 'year' }],
  columns: [{ id: 'flexible', width: 120, isShown: false }],
};

/** Messages that each side sends. */
const TO_PAGE: readonly object[] = [
  start(),
  snapshot(SOME),
  snapshot(null),
  { type: 'favourites', coins: ['BTC', '<b>'] },
  snapshot([row({ coin: '<img src=x onerror=alert(1)>' })]),
  { ...snapshot(SOME), ahead: 5_000 },
];
const TO_HOST: readonly object[] = [
  { type: 'ready' },
  { type: 'all' },
  { type: 'view', view: FIRST_VIEW },
  { type: 'view', view: { ...FIRST_VIEW, tables: [LOOK] } },
  { type: 'deed', deed: { kind: 'borrow', coin: 'BTC', term: null } },
  { type: 'deed', deed: { kind: 'supply', coin: '<b>', term: '30' } },
  { type: 'favourite', coin: 'BTC', isFavourite: true },
  { type: 'copy', text: 'BTC\t1' },
  {
    type: 'export',
    of: 'borrow',
    sheet: {
      columns: [
        { title: 'Coin', isNumber: false },
        { title: 'Rate', isNumber: true },
      ],
      rows: [
        ['BTC', '0.5'],
        ['=1', null],
      ],
    },
  },
  { type: 'retry' },
  { type: 'execute', command: 'loanDesk.borrow' },
];
const FILTER = { kind: 'borrow', coin: 'BTC', from: '2026-01-01', to: '' };
const TO_RECORDS: readonly object[] = [
  { type: 'start', locale: 'en', strings: { Owed: 'Geschuldet' } },
  { type: 'records', state: recordsState({ rows: RECORDS, readAt: 1 }) },
  { type: 'records', state: recordsState({ failures: [{ text: '<b>', advice: null }], isReading: true }) },
  { type: 'records', state: recordsState({ rows: [], obstacle: 'No account.' }) },
];
const FROM_RECORDS: readonly object[] = [
  { type: 'ready' },
  { type: 'more', all: true },
  { type: 'again' },
  { type: 'export', filter: FILTER },
  { type: 'copy', text: 'BTC\t1' },
  { type: 'deed', deed: { command: 'repay', coin: 'BTC' } },
];
const TO_POSITION: readonly object[] = [
  { type: 'start', locale: 'en', strings: { Owed: 'Geschuldet' } },
  { type: 'position', state: position() },
  { type: 'position', state: position({ pools: [], loans: [], ladder: [], obstacle: 'No account.' }) },
  { type: 'refinance', facts: facts() },
  { type: 'compare', loan: null },
];
const FROM_POSITION: readonly object[] = [
  { type: 'ready' },
  { type: 'again' },
  { type: 'refinance', loan: 'flexible USDT' },
  { type: 'deed', deed: { command: 'repay', coin: 'BTC', amount: '0.1', record: '7' } },
  { type: 'deed', deed: { command: 'adjustCollateral', coin: 'ETH', amount: '1', direction: 'add' } },
  { type: 'deed', deed: { command: 'removeAccount', coin: 'ETH' } },
];

const WAYS: readonly {
  readonly name: string;
  readonly good: readonly object[];
  readonly parse: Parser<Message>;
}[] = [
  { name: 'to the rates panel', good: TO_PAGE, parse: parseHostMessage },
  { name: 'from the rates panel', good: TO_HOST, parse: parsePanelMessage },
  { name: 'to the records panel', good: TO_RECORDS, parse: parseRecordsHostMessage },
  { name: 'from the records panel', good: FROM_RECORDS, parse: parseRecordsPageMessage },
  { name: 'to the position panel', good: TO_POSITION, parse: parsePositionHostMessage },
  { name: 'from the position panel', good: FROM_POSITION, parse: parsePositionPageMessage },
];

describe('messages of the panels', function () {
  this.timeout(3_600_000);

  for (const { name, good, parse } of WAYS) {
    it(`${name}, whatever they are: checked and taken, or dropped; nothing is thrown`, () => {
      const runs = scaled(100_000);
      const random = seeded(800);
      const counts = { taken: 0, dropped: 0 };
      // What the page or the host knows; the others are there to be dropped whole.
      const known = good.flatMap((message) => parse({ ...message, session: SESSION }, SESSION)?.type ?? []);
      const types = new Set<string>();
      const unchanged = new Set(good.map((message) => JSON.stringify({ ...message, session: SESSION })));
      let changed = 0;
      for (let n = 0; n < runs; n += 1) {
        const message =
          random() < 0.1 ? pick(random, ODD) : mutated({ ...pick(random, good), session: SESSION }, random);
        const before = JSON.stringify(message);
        const taken = parse(message, SESSION);
        assert.equal(JSON.stringify(message), before, 'what came was changed');
        if (taken === undefined) counts.dropped += 1;
        else {
          counts.taken += 1;
          types.add(taken.type);
          if (!unchanged.has(before)) changed += 1;
          assert.equal(taken.session, SESSION);
          // What was taken is wholly of the contract: it is taken again as it is.
          assert.deepEqual(parse(taken, SESSION), taken);
          assert.equal(parse(taken, `${SESSION}x`), undefined);
        }
        viewOf(message);
      }
      report(8, `${runs} messages ${name}`, `${counts.taken} taken`, `${counts.dropped} dropped`, '0 thrown');
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
      assert.ok(counts.dropped > 0);
      // Past the first check: each kind was taken, also with something in it changed.
      assert.deepEqual([...types].sort(), [...new Set(known)].sort());
      assert.ok(known.length >= 3 && changed > 0, `${changed} changed ones taken`);
    });
  }
});
