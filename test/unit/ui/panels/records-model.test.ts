import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { TransportError } from '../../../../src/bybit/errors';
import { plain, words } from '../../../../src/bybit/words';
import type { AccountRecord } from '../../../../src/desk/records/record';
import { type Reading, recordsModel } from '../../../../src/ui/panels/records-model';
import type { Session } from '../../../../src/ui/session';
import { parseRecordsHostMessage } from '../../../../src/webview/records-contract';

const RECORD: AccountRecord = {
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
        id: 'fixed.repay.2091991237922142464',
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

  it('hides amounts where they are hidden, in the details too', () => {
    const state = recordsModel(session, reading, true, plain);
    assert.equal(state.areAmountsHidden, true);
    assert.doesNotMatch(JSON.stringify(state.rows), /12\.5/);
  });

  it('says why there is nothing to read', () => {
    const none = { kind: 'none', desk: {}, reason: words('The list is damaged.') } as unknown as Session;
    assert.equal(recordsModel(none, undefined, false, plain).obstacle, 'The list is damaged.');
    const locked = { ...session, kind: 'locked', reason: words('The key is lost.') } as unknown as Session;
    assert.equal(recordsModel(locked, undefined, false, plain).obstacle, 'The key is lost.');
    assert.equal(recordsModel({ kind: 'loading' }, undefined, false, plain).isReading, true);
  });
});
