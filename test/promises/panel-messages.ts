import { decimal } from '../../src/bybit/decimal';
import { TERMS } from '../../src/bybit/terms';
import { SERIES } from '../../src/desk/history/series';
import { RECORD_KINDS } from '../../src/desk/records/record';
import { DEEDS as ROW_DEEDS } from '../../src/desk/tables/deed';
import {
  FIRST_VIEW,
  type HostMessage,
  type PanelMessage,
  parseHostMessage,
  parsePanelMessage,
  TABLE_IDS,
} from '../../src/webview/contract';
import { FIRST_ASK } from '../../src/webview/history-contract';
import { KINDS } from '../../src/webview/look-contract';
import { WAYS_ON } from '../../src/webview/obstacle-contract';
import { FIRST_PLACE } from '../../src/webview/place-contract';
import {
  DEEDS,
  type PositionHostMessage,
  type PositionPageMessage,
  parsePositionHostMessage,
  parsePositionPageMessage,
  type WirePool,
} from '../../src/webview/position-contract';
import {
  parseRecordsHostMessage,
  parseRecordsPageMessage,
  type RecordsHostMessage,
  type RecordsPageMessage,
} from '../../src/webview/records-contract';
import type { Message, Parser } from '../../src/webview/wire';
import { answer, line } from '../browser/history-messages';
import { row, SOME, snapshot, start, table } from '../browser/messages';
import { FIXED, facts, LEGACY, legacy, loan, position, READ_AT, shared } from '../browser/position-messages';
import { RECORDS, recordRow, recordsState } from '../browser/records-messages';

// Messages of the panels with every field and every kind that their contracts have, to be changed by the suites.

const FAILURE = { text: 'It failed.', advice: 'Do this.', offline: true };
const COSTS = { amount: '10,000 USDT', days: '30', read: 1, all: 3, reach: 'reading' } as const;
const START = { type: 'start', locale: 'en', strings: { Owed: 'Geschuldet' } };

const LOOK = {
  table: 'borrow',
  filter: 'usd',
  sort: [
    { column: 'flexible', descending: true },
    { column: 'term7', descending: false },
  ],
  filters: [
    { column: 'flexible', kind: 'rate', op: '..', values: ['1', '2.5'], without: 'high', period: 'year' },
    { column: 'minimum', kind: 'amount', op: '=', values: ['10'], places: 2, period: 'hour' },
    { column: 'coin', kind: 'name', op: 'has', values: ['usd'], period: 'year' },
  ],
  columns: [
    { id: 'flexible', width: 120, isShown: false },
    { id: 'term7', width: null, isShown: true },
  ],
};
const PLACE = {
  table: 'borrow',
  top: { id: 'BTC', at: 0, past: 3 },
  left: 12,
  cell: { row: { id: 'ETH', at: 1 }, column: 'flexible' },
  chosen: { from: 'BTC' },
  open: ['BTC', 'ETH'],
};
const PLACES = [PLACE, { table: 'lend', ...FIRST_PLACE, cell: { row: null, column: 'coin' }, chosen: 'all' }];
const ASK = { coins: ['USDT', 'BTC', 'ETH'], series: '30', days: null };
const COST = { amount: '10,000 USDT for 30 days', days: '30' };

/** A column of every kind, a second line with every mark, and a column that is not shown. */
const EVERY_KIND = {
  ...table([]),
  columns: KINDS.map((kind) => ({ id: kind, title: kind, kind, hint: 'What it is.' })),
  behind: [{ id: 'behind', title: 'Behind', kind: 'ratio', hint: null }],
  rows: [
    {
      id: 'BTC',
      cells: [
        ...KINDS.map((kind) =>
          kind === 'spark'
            ? null
            : ['name', 'moment', 'text', 'short', 'long'].includes(kind)
              ? 'BTC'
              : '0.5',
        ),
        '0.25',
      ],
      notes: KINDS.map((_kind, at) =>
        at === 0
          ? null
          : {
              text: 'A note',
              value: at % 2 === 0 ? '1.5' : null,
              limit: at % 3 === 0 ? 'at most 5' : null,
              mark: (['best', 'weak', 'unread', null] as const)[at % 4] ?? null,
            },
      ),
      coin: 'BTC',
      deed: { kind: 'borrowFixed', coin: 'BTC', term: '30' },
    },
  ],
};

/** To the page of the rates. */
const TO_RATES: readonly object[] = [
  start(),
  start({
    locale: 'de',
    strings: { Borrow: 'Leihen' },
    view: { ...FIRST_VIEW, tab: 'history', table: 'fixed', period: 'hour', tier: 'VIP1', coin: 'BTC' },
  }),
  snapshot(SOME),
  snapshot(null),
  snapshot([row({ coin: '<img src=x onerror=alert(1)>' })]),
  snapshot(null, { failure: FAILURE, ageMs: null, ownTier: null, isReadingPrices: true }),
  snapshot(SOME, { costs: COSTS, isPartial: true, canAct: false }),
  snapshot(SOME, { costProblem: 'No such coin.', coin: 'BTC', coins: ['BTC', 'ETH'] }),
  { ...snapshot(SOME), table: EVERY_KIND },
  ...TABLE_IDS.map((of) => ({ ...snapshot(SOME), of, table: { ...table(SOME), id: of } })),
  { ...snapshot(SOME), ahead: 5_000 },
  { type: 'favourites', coins: ['BTC', '<b>'] },
  { type: 'chart', coin: 'ETH' },
  { type: 'history', answer: answer({ lines: [line('USDT', 5_000, 48), line('BTC', 1_800, 48)] }) },
  {
    type: 'history',
    answer: answer({
      ask: { coins: ['BTC'], series: '30', days: null },
      lines: [{ coin: 'BTC', points: [], standing: null }],
      depth: null,
      isRecording: false,
      isSimulated: false,
    }),
  },
  { type: 'historyStatus', status: { ageMs: 3_000, failure: FAILURE } },
  { type: 'historyStatus', status: { ageMs: null, failure: null } },
];

/** From the page of the rates. */
const FROM_RATES: readonly object[] = [
  { type: 'ready' },
  { type: 'all' },
  { type: 'view', view: FIRST_VIEW },
  { type: 'view', view: { ...FIRST_VIEW, tables: [LOOK], places: PLACES, cost: COST, tier: 'VIP1' } },
  ...TABLE_IDS.map((of) => ({ type: 'view', view: { ...FIRST_VIEW, table: of, coin: 'USDT' } })),
  { type: 'view', view: { ...FIRST_VIEW, tab: 'history', period: 'hour', history: ASK } },
  { type: 'view', view: { ...FIRST_VIEW, tab: 'history', history: FIRST_ASK } },
  // The longest name of a coin, which the sentences of the answer hold.
  { type: 'view', view: { ...FIRST_VIEW, table: 'fixed', coin: 'x'.repeat(1_000) } },
  { type: 'places', places: PLACES },
  ...ROW_DEEDS.map((kind) => ({ type: 'deed', deed: { kind, coin: 'BTC', term: null } })),
  { type: 'deed', deed: { kind: 'supply', coin: '<b>', term: '30' } },
  { type: 'favourite', coin: 'BTC', isFavourite: true },
  { type: 'favourite', coin: 'BTC', isFavourite: false },
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
  { type: 'offers' },
  { type: 'sight', rows: ['BTC', 'ETH', 'USDT'] },
];

const TO_RECORDS: readonly object[] = [
  START,
  { type: 'records', state: recordsState({ rows: RECORDS, readAt: 1 }) },
  {
    type: 'records',
    state: recordsState({
      rows: RECORD_KINDS.map((kind) => recordRow(kind, { kind })),
      isComplete: true,
      areAmountsHidden: true,
      readAt: null,
    }),
  },
  {
    type: 'records',
    state: recordsState({
      failures: [
        { text: '<b>', advice: null },
        { text: 'Missing.', advice: 'Again.' },
      ],
      isReading: true,
    }),
  },
  {
    type: 'records',
    state: recordsState({ rows: [], obstacle: { text: 'No account.', waysOn: ['tryPaper'] } }),
  },
];

const FROM_RECORDS: readonly object[] = [
  { type: 'ready' },
  ...WAYS_ON.map((way) => ({ type: 'wayOn', way })),
  { type: 'more', all: true },
  { type: 'more', all: false },
  { type: 'again' },
  ...(['', ...RECORD_KINDS] as const).map((kind) => ({
    type: 'export',
    filter: { kind, coin: 'BTC', from: '2026-01-01', to: '2026-12-31' },
  })),
  { type: 'export', filter: { kind: '', coin: '', from: '', to: '' } },
  { type: 'copy', text: 'BTC\t1' },
];

const UNIT: WirePool = {
  ...shared(),
  id: 'institutional 1',
  name: 'institutional',
  title: 'Institutional unit, UID 1',
  record: '1',
  debts: [{ coin: 'USDT', system: 'institutional', amount: decimal('5'), interest: null, hourlyRate: null }],
  said: null,
  readAt: null,
  isStale: true,
};

const TO_POSITION: readonly object[] = [
  START,
  { type: 'position', state: position() },
  {
    type: 'position',
    state: position({
      pools: [],
      loans: [],
      ladder: [],
      obstacle: { text: 'No account.', waysOn: ['replaceKey'] },
    }),
  },
  {
    type: 'position',
    state: position({
      pools: [shared(), legacy(), UNIT],
      loans: [
        loan({ deeds: [...DEEDS] }),
        { ...FIXED, atMaturity: 'toFlexible', isOverdue: true },
        { ...LEGACY, atMaturity: 'nothing', start: READ_AT },
        loan({ id: 'institutional 1', pool: UNIT.id, system: 'institutional', record: '1' }),
      ],
      names: [{ coin: 'ETH', shown: 'Ether' }],
      remarks: ['A remark.'],
      failures: [
        { text: 'It failed.', advice: 'Do this.' },
        { text: 'Another.', advice: null },
      ],
      isReading: true,
      canWrite: false,
      areAmountsHidden: true,
      aheadMs: -1_200,
    }),
  },
  { type: 'refinance', facts: facts() },
  {
    type: 'refinance',
    facts: facts({ flexible: null, readAt: null, past: null, isRecording: false, isSimulated: true }),
  },
  {
    type: 'refinance',
    facts: facts({
      offers: TERMS.map((term) => ({ term, annualRate: decimal('0.04') })),
      past: SERIES.map((series) => ({
        series,
        knownMs: 86_400_000,
        averageRate: decimal('0.05'),
        cost: decimal('1.5'),
      })),
    }),
  },
  { type: 'compare', loan: null },
  { type: 'compare', loan: 'flexible USDT' },
];

const FROM_POSITION: readonly object[] = [
  { type: 'ready' },
  ...WAYS_ON.map((way) => ({ type: 'wayOn', way })),
  { type: 'again' },
  { type: 'refinance', loan: 'flexible USDT' },
  { type: 'refinance', loan: null },
  ...DEEDS.map((command) => ({ type: 'deed', deed: { command, coin: 'BTC', amount: '0.1', record: '7' } })),
  { type: 'deed', deed: { command: 'repayWithCollateral', coin: 'BTC', amount: '0.1', sold: 'ETH' } },
  { type: 'deed', deed: { command: 'borrowFixed', coin: 'USDT', amount: '100', term: '30' } },
  { type: 'deed', deed: { command: 'renew', record: '7', term: '180' } },
  { type: 'deed', deed: { command: 'adjustCollateral', coin: 'ETH', amount: '1', direction: 'add' } },
  { type: 'deed', deed: { command: 'adjustCollateral', coin: 'ETH', amount: '1', direction: 'reduce' } },
];

/** What one side sends to the other. */
export interface Way {
  /** Every type of message; one that is left out does not compile. */
  readonly types: readonly string[];
  readonly good: readonly object[];
  readonly parse: Parser<Message>;
}

/** Names of all types of messages. */
function typesOf<M extends Message>(types: Readonly<Record<M['type'], true>>): readonly string[] {
  return Object.keys(types);
}

/** Both ways of each panel. */
export const WAYS = {
  rates: {
    toPage: {
      types: typesOf<HostMessage>({
        start: true,
        snapshot: true,
        favourites: true,
        chart: true,
        history: true,
        historyStatus: true,
      }),
      good: TO_RATES,
      parse: parseHostMessage,
    },
    toHost: {
      types: typesOf<PanelMessage>({
        ready: true,
        view: true,
        places: true,
        deed: true,
        retry: true,
        all: true,
        copy: true,
        offers: true,
        export: true,
        favourite: true,
        sight: true,
      }),
      good: FROM_RATES,
      parse: parsePanelMessage,
    },
  },
  records: {
    toPage: {
      types: typesOf<RecordsHostMessage>({ start: true, records: true }),
      good: TO_RECORDS,
      parse: parseRecordsHostMessage,
    },
    toHost: {
      types: typesOf<RecordsPageMessage>({
        ready: true,
        more: true,
        again: true,
        wayOn: true,
        export: true,
        copy: true,
      }),
      good: FROM_RECORDS,
      parse: parseRecordsPageMessage,
    },
  },
  position: {
    toPage: {
      types: typesOf<PositionHostMessage>({ start: true, position: true, refinance: true, compare: true }),
      good: TO_POSITION,
      parse: parsePositionHostMessage,
    },
    toHost: {
      types: typesOf<PositionPageMessage>({
        ready: true,
        again: true,
        deed: true,
        wayOn: true,
        refinance: true,
      }),
      good: FROM_POSITION,
      parse: parsePositionPageMessage,
    },
  },
} as const satisfies Readonly<Record<string, { readonly toPage: Way; readonly toHost: Way }>>;
export type PanelName = keyof typeof WAYS;
export const PANELS = Object.keys(WAYS) as readonly PanelName[];

/** Of other panels, or of none: dropped whole by each. */
export const STRANGE: readonly object[] = [
  { type: 'execute', command: 'loanDesk.borrow' },
  { type: 'deed', deed: { command: 'removeAccount', coin: 'ETH' } },
  { type: 'deed', deed: { kind: 'resetPaper', coin: 'ETH', term: null } },
  { type: '__proto__' },
  { type: 'constructor' },
];
