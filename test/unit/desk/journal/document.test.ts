import assert from 'node:assert/strict';
import { plain, words } from '../../../../src/bybit/words';
import { journalDocument } from '../../../../src/desk/journal/document';
import type { JournalEvent } from '../../../../src/desk/journal/event';
import { journalCsv, journalJsonLines } from '../../../../src/desk/journal/export';
import { readLine } from '../../../../src/desk/journal/lines';
import type { Operation } from '../../../../src/desk/operation';
import { SAMPLES } from '../bench';

const AT = Date.UTC(2026, 2, 2, 10, 20, 30, 4);

/** A confirmed operation and what followed, a second after each other. */
function told(
  id: string,
  operation: Operation,
  at: number,
  ...followers: readonly object[]
): readonly JournalEvent[] {
  const common = { v: 1, id };
  const intent = {
    type: 'intent',
    operation,
    title: words('Do {0}', 'coin' in operation.params ? operation.params.coin : ''),
    baseline: NONE,
  };
  return [intent, ...followers].map((event, index) => {
    const line = readLine(Buffer.from(JSON.stringify({ ...common, at: at + index * 1000, ...event })));
    assert.ok('type' in line, `no event: ${JSON.stringify(event)}`);
    return line;
  });
}
const NONE = { ids: [], totals: [] };

const DONE = told(
  'op-1',
  SAMPLES['flexible.borrow'],
  AT,
  { type: 'sent', t: AT + 900 },
  { type: 'state', state: 'processing', accepted: true, recordId: '2091991237922142464' },
  {
    type: 'verdict',
    state: 'done',
    words: words('Done: it stands in the history of the exchange.'),
    recordId: '2091991237922142464',
    by: 'desk',
  },
);
const REFUSED = told(
  'op-2',
  SAMPLES['common.adjustCollateral'],
  AT + 60_000,
  { type: 'sent', t: AT + 60_900 },
  { type: 'verdict', state: 'refused', words: words('Too little.'), code: '148015', by: 'desk' },
);
const OPEN = told(
  'op-3',
  SAMPLES['flexible.repayWithCollateral'],
  AT + 120_000,
  { type: 'sent', t: AT + 120_900 },
  { type: 'state', state: 'unknown', code: 'ECONNRESET' },
);
const ACCOUNT = { label: 'Main', environment: 'testnet' };

describe('the journal as a document', () => {
  const text = (events: readonly JournalEvent[], oddLines = 0) =>
    journalDocument({ events, oddLines, heading: 'Main · Testnet', say: plain });

  it('tells an operation from the confirmation to its end, in UTC', () => {
    assert.equal(
      text(DONE),
      `Journal of Main · Testnet
Operations: 1, newest first. Times are UTC.

2026-03-02 10:20:30.004 UTC  Do BTC
    State: Done
    Asked: borrow (flexible), 0.05 BTC
    Collateral: 1000 USDT, 1 ETH
    2026-03-02 10:20:30.004 UTC  Confirmed
    2026-03-02 10:20:31.004 UTC  Sent, signed with the time 2026-03-02 10:20:30.904 UTC of the exchange
    2026-03-02 10:20:32.004 UTC  Accepted by the exchange · record 2091991237922142464
    2026-03-02 10:20:33.004 UTC  Done: it stands in the history of the exchange. · record 2091991237922142464
    Id of the operation in this journal: op-1
`,
    );
  });

  it('shows the newest first, with codes and what is not known yet', () => {
    const shown = text([...DONE, ...REFUSED, ...OPEN]);
    const order = ['op-3', 'op-2', 'op-1'].map((id) => shown.indexOf(id));
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    assert.match(shown, /Too little\. · code 148015\n/);
    assert.match(shown, /Direction: add\n/);
    assert.match(shown, /State: Not known yet\n/);
    assert.match(shown, /Not known yet · code ECONNRESET\n/);
  });

  it('tells a sending after a clean refusal as what it is', () => {
    const twice = told(
      'op',
      SAMPLES['flexible.repay'],
      AT,
      { type: 'sent', t: AT + 900 },
      { type: 'sent', t: AT + 2_900 },
    );
    assert.match(
      text(twice),
      /Sent, signed with .*\n.*Refused for its time or its rate; sent again, signed with the time 2026-03-02 10:20:32\.904 UTC\n/,
    );
  });

  it('says when a person gave the verdict, and when there is nothing', () => {
    const byHand = { type: 'verdict', state: 'absent', words: words('You said so.'), by: 'person' };
    assert.match(text(told('op', SAMPLES['flexible.repay'], AT, byHand)), /You said so\. · by your word\n/);
    assert.match(text([]), /No operation was confirmed/);
    assert.match(text([], 3), /Lines that cannot be read: 3\./);
  });

  it('shows what was reviewed, as the person saw it', () => {
    const [intent, ...rest] = DONE;
    assert.ok(intent?.type === 'intent');
    const review = 'Risk\n  LTV: 20.00 % → 52.43 % (1 point away)\nData\n  \u202eX';
    const shown = text([{ ...intent, review }, ...rest]);
    assert.match(
      shown,
      /\n {4}Reviewed, before → after:\n {8}Risk\n {10}LTV: 20\.00 % → 52\.43 % \(1 point away\)\n/,
    );
    assert.ok(!shown.includes('\u202e'));
    const line = readLine(Buffer.from(JSON.stringify({ ...intent, review })));
    assert.ok('type' in line && line.type === 'intent' && line.review === review);
  });

  it('keeps a line a line whatever a coin is called', () => {
    const coin = 'EVIL\u202e\nState: Done\u0007';
    const operation = { ...SAMPLES['flexible.repay'], params: { ...SAMPLES['flexible.repay'].params, coin } };
    const shown = text(told('op', operation as Operation, AT));
    assert.ok(!shown.includes('\u202e') && !shown.includes('\u0007'));
    assert.equal(shown.match(/^ *State:/gm)?.length, 1);
  });

  it('gives a moment that is none as it stands', () => {
    assert.match(text(told('op', SAMPLES['flexible.repay'], 1e17)), /^100000000000000000 {2}Do/m);
  });
});

describe('the journal as a file', () => {
  it('is one line an operation as CSV', () => {
    const [head, ...rows] = journalCsv([...DONE, ...REFUSED, ...OPEN], ACCOUNT)
      .trimEnd()
      .split('\r\n');
    assert.equal(
      head,
      '\ufeffconfirmedAt,environment,account,operation,coin,amount,target,annualRate,termDays,direction,collateral,title,sentAt,state,endedAt,endedBy,what,code,recordId,journalId',
    );
    assert.deepEqual(rows, [
      '2026-03-02T10:20:30.004Z,testnet,Main,flexible.borrow,BTC,0.05,,,,,1000 USDT; 1 ETH,Do BTC,2026-03-02T10:20:31.004Z,done,2026-03-02T10:20:33.004Z,desk,Done: it stands in the history of the exchange.,,2091991237922142464,op-1',
      '2026-03-02T10:21:30.004Z,testnet,Main,common.adjustCollateral,ETH,0.5,,,,add,,Do ETH,2026-03-02T10:21:31.004Z,refused,2026-03-02T10:21:32.004Z,desk,Too little.,148015,,op-2',
      '2026-03-02T10:22:30.004Z,testnet,Main,flexible.repayWithCollateral,BTC,0.02,,,,,USDT,Do BTC,2026-03-02T10:22:31.004Z,unknown,,,,ECONNRESET,,op-3',
    ]);
  });

  it('is what the journal itself holds as JSON lines', () => {
    const events = [...DONE, ...OPEN];
    const lines = journalJsonLines(events).trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => readLine(Buffer.from(line))),
      events,
    );
  });
});
