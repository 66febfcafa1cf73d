import type { RecordRow, RecordsState } from '../../src/webview/records-contract';

export function recordRow(id: string, change: Partial<RecordRow> = {}): RecordRow {
  return {
    id,
    time: Date.UTC(2026, 10, 25, 8, 1),
    kind: 'repay',
    coin: 'BTC',
    amount: '0.123456789012345678',
    system: 'flexible',
    what: 'Repaid by you',
    state: 'done',
    details: 'contract 7: 0.1 BTC',
    ...change,
  };
}

export const RECORDS = [
  recordRow('1'),
  recordRow('2', { kind: 'borrow', coin: 'ETH', what: 'Borrowed', time: Date.UTC(2026, 10, 24) }),
  recordRow('3', { coin: '<img src=x onerror=alert(1)>', amount: null, details: '' }),
];

export function recordsState(change: Partial<RecordsState> = {}): RecordsState {
  return {
    source: 'Main · Paper (simulated)',
    obstacle: null,
    rows: RECORDS,
    isReading: false,
    isComplete: false,
    failures: [],
    readAt: Date.UTC(2026, 10, 25, 8, 2),
    areAmountsHidden: false,
    ...change,
  };
}
