import assert from 'node:assert/strict';
import { decimal } from '../../../src/bybit/decimal';
import { plain } from '../../../src/bybit/words';
import { calendarDues, calendarOf } from '../../../src/desk/calendar';
import type { DueDebt } from '../../../src/desk/watch/observation';
import { documentedParts, snapshotOf } from './snapshots';

const NOW = Date.UTC(2026, 10, 24, 7, 46, 35);
const account = { label: 'Main; "VIP", two', environment: 'mainnet' } as const;
const options = { account, now: NOW, locale: 'en', translate: plain };

function due(parts: Partial<DueDebt> = {}): DueDebt {
  return {
    loanId: '571',
    system: 'fixed',
    coin: 'USDT',
    amount: decimal('1000.123456789'),
    dueAt: Date.UTC(2026, 11, 24, 7, 0, 0),
    takenAt: undefined,
    overdue: false,
    atDue: 'autoRepay',
    ...parts,
  };
}

/** A reader of its own: unfolds, then splits into names and values. */
function read(text: string): readonly (readonly [string, string])[] {
  assert.ok(text.endsWith('\r\n'));
  const unfolded = text.slice(0, -2).replaceAll('\r\n ', '').split('\r\n');
  return unfolded.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1)] as const;
  });
}

const values = (text: string, name: string) =>
  read(text)
    .filter(([key]) => key === name)
    .map(([, value]) => value);

describe('the calendar of due dates', () => {
  it('knows whether a list with due dates is missing', () => {
    const { fixedContracts, legacyLoans } = documentedParts();
    const of = (...given: Parameters<typeof snapshotOf>) => calendarDues(snapshotOf(...given), NOW);
    assert.deepEqual(of({}), { dues: [], isWhole: false });
    assert.equal(of({ fixedContracts }).isWhole, false);
    assert.ok(of({ fixedContracts }).dues.length > 0);
    assert.equal(of({ legacyLoans: [] }).isWhole, false);
    assert.equal(of({ fixedContracts, legacyLoans }).isWhole, true);
    assert.equal(of({ fixedContracts }, ['legacyLoans']).isWhole, true);
    assert.deepEqual(of({ fixedContracts: [], legacyLoans: [] }), { dues: [], isWhole: true });
  });

  it('has an event with its time in UTC and three reminders for each debt, soonest first', () => {
    const later = due({ loanId: '572', system: 'legacy', dueAt: Date.UTC(2027, 0, 1), atDue: 'nothing' });
    const text = calendarOf([later, due()], options);
    assert.deepEqual(values(text, 'DTSTART'), ['20261224T070000Z', '20270101T000000Z']);
    assert.deepEqual(values(text, 'DTSTAMP'), ['20261124T074635Z', '20261124T074635Z']);
    assert.deepEqual(values(text, 'UID'), ['mainnet-fixed-571@loan-desk', 'mainnet-legacy-572@loan-desk']);
    assert.deepEqual(values(text, 'TRIGGER'), ['-P7D', '-P1D', '-PT6H', '-P7D', '-P1D', '-PT6H']);
    assert.equal(values(text, 'SUMMARY')[0], 'Loan due: 1\\,000.12345679 USDT');
    const open = read(text)
      .filter(([key]) => key === 'BEGIN')
      .map(([, value]) => value);
    const closed = read(text)
      .filter(([key]) => key === 'END')
      .map(([, value]) => value);
    assert.deepEqual([...open].sort(), [...closed].sort());
  });

  it('escapes what a person or the exchange wrote', () => {
    const text = calendarOf([due({ coin: 'A;B,C\\D\nBEGIN:VEVENT', loanId: '../1 2' })], options);
    assert.equal(values(text, 'BEGIN').filter((value) => value === 'VEVENT').length, 1);
    assert.match(values(text, 'SUMMARY')[0] ?? '', /A\\;B\\,C\\\\D\\nBEGIN:VEVENT$/);
    assert.match(values(text, 'DESCRIPTION')[0] ?? '', /^Account Main\\; "VIP"\\, two\\, loan/);
    assert.deepEqual(values(text, 'UID'), ['mainnet-fixed-___1_2@loan-desk']);
  });

  it('folds long lines at 75 octets and at no character’s middle', () => {
    const text = calendarOf([due({ coin: '💥'.repeat(80) })], options);
    for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.ok(!text.includes('\ufffd'));
    assert.ok((values(text, 'SUMMARY')[0] ?? '').endsWith('💥'.repeat(80)));
  });

  it('leaves out dates that no calendar has', () => {
    const odd = [8_640_000_000_000_001, Date.UTC(10_000, 0, 1), -1].map((dueAt) => due({ dueAt }));
    assert.deepEqual(values(calendarOf([...odd, due()], options), 'DTSTART'), ['20261224T070000Z']);
  });

  it('without a due date is an empty calendar', () => {
    assert.deepEqual(values(calendarOf([], options), 'BEGIN'), ['VCALENDAR']);
  });
});
