import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { TransportError } from '../../../../src/bybit/errors';
import type { Exchange } from '../../../../src/bybit/exchange';
import { plain, words } from '../../../../src/bybit/words';
import { type FoundRecord, RecordReader } from '../../../../src/desk/records/reader';
import type { RecordSource } from '../../../../src/desk/records/source';
import { type Reading, recordsModel } from '../../../../src/ui/panels/records-model';
import type { Session } from '../../../../src/ui/session';
import { parseRecordsHostMessage } from '../../../../src/webview/records-contract';

const RECORD: FoundRecord = {
  key: 'fixedRepay:2091991237922142464',
  id: '2091991237922142464',
  system: 'fixed',
  kind: 'repay',
  time: Date.UTC(2026, 10, 25),
  coin: 'USDT',
  amount: decimal('12.5'),
  what: words('Repaid by you'),
  state: 'done',
  details: [words('contract {0}: {1}', '7', '12.5 USDT'), words('due {0}', '2026-11-25')],
};
const ERROR = new TransportError({ endpoint: 'x', effect: 'none', words: words('No network.') });

const reading: Reading = {
  reader: {
    records: [RECORD],
    failures: [{ source: 'a', name: words('renewals'), error: ERROR }],
    isComplete: false,
  },
  isReading: false,
  readAt: 5,
};
const session = {
  kind: 'account',
  account: { id: 'a', label: 'Main', environment: 'testnet', host: 'h' },
  desk: {},
} as unknown as Session;

describe('what the page of the account history shows', () => {
  it('are the records with exact amounts, and what is missing; it passes its contract', () => {
    const state = recordsModel(session, reading, false, plain);
    assert.equal(state.source, 'Main · Testnet');
    assert.deepEqual(state.rows, [
      {
        id: 'fixedRepay:2091991237922142464',
        time: RECORD.time,
        kind: 'repay',
        coin: 'USDT',
        amount: '12.5',
        system: 'fixed term',
        what: 'Repaid by you',
        state: 'done',
        details: 'contract 7: 12.5 USDT · due 2026-11-25',
      },
    ]);
    assert.deepEqual(state.failures, [{ text: 'Missing here: renewals. No network.', advice: null }]);
    const message = { type: 'records', session: 'session-0123456789', state };
    assert.deepEqual(parseRecordsHostMessage(message, 'session-0123456789'), message);
  });

  it('are rows with ids of their own, also of a borrow and a supply order of the same number', async () => {
    const order = { ...RECORD, kind: 'order' as const, id: '13007' };
    const source = (id: string): RecordSource => ({
      id,
      name: words('{0}', id),
      read: async () => ({ records: [order], next: undefined }),
    });
    const sources = [source('fixedOrders'), source('supplyOrders')];
    const reader = new RecordReader({
      sources,
      ask: (question) => question({} as Exchange, undefined),
      locale: 'en',
    });
    await reader.more();
    const { rows } = recordsModel(session, { ...reading, reader }, false, plain);
    assert.equal(rows.length, 2);
    assert.equal(new Set(rows.map(({ id }) => id)).size, 2);
  });

  it('hides amounts where they are hidden, in the details too', () => {
    const state = recordsModel(session, reading, true, plain);
    assert.equal(state.areAmountsHidden, true);
    assert.doesNotMatch(JSON.stringify(state.rows), /12\.5/);
  });

  it('says why there is nothing to read', () => {
    const none = { kind: 'none', desk: {}, reason: words('The list is damaged.') } as unknown as Session;
    const of = (one: Session) => recordsModel(one, undefined, false, plain).obstacle;
    assert.deepEqual(of(none), { text: 'The list is damaged.', waysOn: ['refresh', 'showLog'] });
    assert.deepEqual(of({ kind: 'none', desk: {} } as unknown as Session), {
      text: 'A history belongs to an account, and none is chosen.',
      waysOn: ['tryPaper', 'addAccount'],
    });
    const locked = { ...session, kind: 'locked', reason: words('The key is lost.') } as unknown as Session;
    assert.deepEqual(of(locked), {
      text: 'The key is lost.',
      waysOn: ['replaceKey', 'refresh', 'switchAccount'],
    });
    assert.equal(recordsModel({ kind: 'loading' }, undefined, false, plain).isReading, true);
  });
});
