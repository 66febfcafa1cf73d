import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { plain, words } from '../../../../src/bybit/words';
import { positionModel } from '../../../../src/ui/panels/position-model';
import type { Session } from '../../../../src/ui/session';
import { parsePositionHostMessage } from '../../../../src/webview/position-contract';
import { documentedParts } from '../../desk/snapshots';
import { BORROWED, type DeskChange, deskOf, FAILURE, keyInfo, NOW, sessionOf, TESTNET } from '../trees/desks';

const OPTIONS = { areAmountsHidden: false, locale: 'en', now: NOW, say: plain };
const SESSION = 'session-0123456789';

function model(change: DeskChange = {}) {
  return positionModel(sessionOf(deskOf(change)), OPTIONS);
}

describe('what the position page shows', () => {
  it('is every pool with its book, its lines and where they are from; it passes its contract', () => {
    const state = model({ values: documentedParts(), holdings: BORROWED });
    assert.equal(state.source, 'My testnet · Testnet');
    assert.deepEqual(
      state.pools.map(({ name, lines }) => [name, lines.map((line) => line.name)]).slice(0, 1),
      [['shared', ['Initial', 'Margin call', 'Delayed liquidation', 'Liquidation']]],
    );
    assert.ok(state.pools.some(({ name }) => name === 'institutional'));
    const [shared] = state.pools;
    assert.deepEqual(shared?.debts, [
      { coin: 'BTC', system: 'flexible', amount: '0.1', interest: '0.0001', hourlyRate: '0.00001' },
    ]);
    assert.match(shared?.source ?? '', /help page of January 2026/);
    assert.ok(shared?.wallet.some(({ coin }) => coin === 'USDT'));
    // SOL is no collateral and not owed: what lies in the wallet of it does not matter here.
    assert.ok(!shared?.wallet.some(({ coin }) => coin === 'SOL'));
    const message = { type: 'position', session: SESSION, state };
    assert.deepEqual(parsePositionHostMessage(message, SESSION), message);
  });

  it('lists debts of all systems with what can be done, due ones on the ladder', () => {
    const state = model({ values: documentedParts(), holdings: BORROWED });
    assert.deepEqual([...new Set(state.loans.map(({ system }) => system))].sort(), [
      'fixed',
      'flexible',
      'institutional',
      'legacy',
    ]);
    const flexible = state.loans.find(({ system }) => system === 'flexible');
    assert.deepEqual(flexible?.deeds, ['repay', 'repayWithCollateral']);
    assert.equal(flexible?.record, null);
    const unit = state.loans.find(({ system }) => system === 'institutional');
    assert.equal(unit?.record, documentedParts().riskUnit.parentUid);
    assert.ok(state.ladder.length > 0);
    assert.ok(state.ladder.every(({ loan }) => state.loans.some(({ id }) => id === loan)));
  });

  it('knows whether all lists with due dates were read', () => {
    const { fixedContracts, legacyLoans } = documentedParts();
    assert.equal(model({ values: { legacyLoans }, holdings: BORROWED }).areDuesKnown, false);
    assert.equal(model({ values: { fixedContracts, legacyLoans }, holdings: BORROWED }).areDuesKnown, true);
  });

  it('tells legacy loans of the same coins apart', () => {
    const [one] = documentedParts().legacyLoans;
    assert.ok(one);
    const legacyLoans = ['1234567890', '1234567891'].map((orderId) => ({ ...one, orderId }));
    const { pools } = model({ values: { ...documentedParts(), legacyLoans } });
    assert.deepEqual(
      pools.filter(({ name }) => name === 'legacy').map(({ title }) => title),
      ['Legacy loan …7890: USDT against BTC', 'Legacy loan …7891: USDT against BTC'],
    );
  });

  it('offers no deed to a key that may only read', () => {
    const state = model({ values: { key: keyInfo({ readOnly: 1 }) }, holdings: BORROWED });
    assert.equal(state.canWrite, false);
    assert.ok(state.loans.every(({ deeds }) => deeds.length === 0));
  });

  it('names what failed with the age of what is shown in its place', () => {
    const state = model({ failures: { prices: FAILURE, wallet: FAILURE }, holdings: BORROWED });
    assert.deepEqual(state.failures, [
      {
        text: 'Not read: Prices, Funding wallet. No answer came within 10 s (ETIMEDOUT).',
        advice: 'Check the network.',
      },
    ]);
    assert.equal(state.pools[0]?.isStale, true);
    assert.equal(state.parts.find(({ name }) => name === 'Prices')?.isStale, true);
    assert.equal(state.parts.find(({ name }) => name === 'Position')?.isStale, false);
  });

  it('says whose lines they are when the settings differ from the help page', () => {
    const desk = {
      ...deskOf({ holdings: BORROWED }),
      thresholds: { ...deskOf().thresholds, initial: decimal('0.7') },
    };
    const state = positionModel(sessionOf(desk), OPTIONS);
    assert.match(state.pools[0]?.source ?? '', /your settings.*80 % \/ 85 % \/ 93 % \/ 95 %/);
  });

  it('says why there is nothing to show', () => {
    const of = (session: object) => positionModel(session as Session, OPTIONS);
    assert.equal(of({ kind: 'loading' }).isReading, true);
    assert.match(of({ kind: 'none', desk: {} }).obstacle?.text ?? '', /none is chosen/);
    assert.deepEqual(of({ kind: 'locked', account: TESTNET, reason: words('The key is lost.') }).obstacle, {
      text: 'The key is lost.',
      waysOn: ['replaceKey', 'refresh', 'switchAccount'],
    });
    // There is no key to enter of the paper account.
    const paper = { ...TESTNET, environment: 'paper' };
    assert.deepEqual(of({ kind: 'locked', account: paper, reason: words('Damaged.') }).obstacle?.waysOn, [
      'refresh',
      'switchAccount',
    ]);
    assert.equal(model({ values: { position: undefined, prices: undefined } }).pools.length, 0);
    assert.equal(model({ values: { position: undefined } }).isReading, true);
  });
});
