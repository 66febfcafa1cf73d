import assert from 'node:assert/strict';
import { Escaped } from '../flow/recorded-user';
import { type Bench, bench } from './bench';

describe('the borrow flow', function () {
  this.timeout(30_000);
  let on: Bench;
  beforeEach(async () => {
    on = await bench();
  });
  afterEach(async () => {
    await on.close();
  });
  const rowsOf = (index: number) => on.user.seen[index]?.rows ?? [];

  it('borrows against several coins, shows before and after, and tells the end', async () => {
    on.user.picks('BTC').types('0.1').ticks('USDT', 'ETH').types('5000').types('2');
    on.user.picks('Borrow 0.1 BTC').answers('Show Journal');
    await on.run(on.flows.borrow({}));
    on.user.done();
    const { debts, pledged, wallet } = await on.ledger();
    assert.deepEqual(debts, [{ coin: 'BTC', kind: 'flexible', amount: '0.1' }]);
    assert.deepEqual(pledged, { USDT: '5000', ETH: '2' });
    assert.equal(wallet['BTC'], '0.6');
    assert.deepEqual(on.journal(), ['intent', 'sent', 'state', 'verdict']);
    assert.deepEqual(
      on.user.seen.map(({ step }) => step),
      ['1/4', '2/4', '3/4', '4/6', '5/6', '6/6', ''],
    );
    assert.ok(on.user.seen.slice(0, 6).every(({ title }) => title === 'Borrow · Paper (simulated)'));
    const review = rowsOf(5);
    assert.equal(review[0], 'Borrow 0.1 BTC against 5,000 USDT + 2 ETH | Paper (simulated)');
    assert.ok(review.includes('BTC owed | 0 BTC → 0.1 BTC'), review.join('\n'));
    assert.ok(
      review.includes('LTV | none → 63.16 %') &&
        review.includes('Initial line (80 %) | 16.84 percentage points away') &&
        review.includes('Liquidation (95 %) | 31.84 percentage points away'),
      review.join('\n'),
    );
    assert.ok(
      review.some((row) => row.startsWith('Liquidation if BTC rises to | none → 90,250.00 USD · 50.42 %')),
    );
    assert.match(review[1] ?? '', /^Rate of BTC a year \| /);
    assert.match(
      review[2] ?? '',
      /^Flexible interest a year \| 0\.00 USD → [\d.]+ USD \| [\d.]+ USD a day · [\d.]+ USD an hour · if today's rates and prices stay$/,
    );
    assert.match(on.user.last.title, /^Borrow 0\.1 BTC against 5,000 USDT \+ 2 ETH Done/);
    assert.deepEqual(on.ran, ['openJournal']);
    const kept = on.reviews()[0]?.split('\n') ?? [];
    assert.ok(kept.includes('  LTV: none → 63.16 %'), kept.join('\n'));
    assert.ok(kept.includes('  BTC owed: 0 BTC → 0.1 BTC'));
    assert.ok(kept.includes('  Checks before sending (all passed)'));
  });

  it('puts favourites first and offers only what can be borrowed', async () => {
    on.user.escapes();
    await assert.rejects(on.run(on.flows.borrow({})), Escaped);
    assert.match(rowsOf(0)[0] ?? '', /^ETH \| .* a year · from .* ETH · to .* ETH$/);
    const offered = on.desk.snapshot.parts.coins.value?.filter(
      ({ flexibleBorrowable }) => flexibleBorrowable,
    );
    assert.equal(rowsOf(0).length, offered?.length);
  });

  it('shows the effect of an amount while it is typed, and says what would pass', async () => {
    on.user.picks('BTC').types('0.00001').types('abc').types('100').types('0.1234567').types('0.1').escapes();
    await assert.rejects(on.run(on.flows.borrow({})), Escaped);
    const { remarks } = on.user.seen[1] ?? { remarks: [] };
    assert.match(remarks[0] ?? '', /^At least 0\.0001 BTC \(148002\)\.$/);
    assert.match(remarks[1] ?? '', /^Only the digits 0 to 9/);
    assert.match(
      remarks[2] ?? '',
      /at most [\d.]+ BTC, or add collateral \(148009\)|^At most [\d.]+ BTC \(148010\)/,
    );
    assert.match(remarks[3] ?? '', /^At most 6 decimals: 0\.123456 would pass\.$/);
    assert.equal(
      remarks[4]?.startsWith('0.1 BTC | 6,000.00 USD · needs 7,500.00 USD collateral | '),
      true,
      remarks[4],
    );
  });

  it('takes max and shares of what everything in the wallet would carry', async () => {
    on.user.picks('BTC').types('max').escapes();
    await assert.rejects(on.run(on.flows.borrow({})), Escaped);
    const most = /^Maximum \| ([\d.]+ BTC)/.exec(rowsOf(1).at(-1) ?? '')?.[1];
    // Chosen, so the next question is asked already.
    assert.match(on.user.seen[1]?.remarks[0] ?? '', new RegExp(`^${most?.replace('.', '\\.')} \\| `));
    assert.equal(on.user.last.kind, 'many');
  });

  it('proposes what to pledge for usual LTVs, and says when it does not suffice', async () => {
    on.user.picks('BTC').types('0.1').ticks('USDT').types('1000').escapes();
    await assert.rejects(on.run(on.flows.borrow({})), Escaped);
    assert.deepEqual(rowsOf(3), [
      'All of it | 50,000 USDT · LTV 12.63 %',
      'For an LTV of 30 % | 21,053 USDT · LTV 30.00 %',
      'For an LTV of 50 % | 12,632 USDT · LTV 50.00 %',
      'For an LTV of 70 % | 9,022.6 USDT · LTV 70.00 %',
      'Least that suffices | 7,894.73684211 USDT · LTV 80.00 %',
    ]);
    assert.deepEqual(on.user.seen[3]?.remarks, ['1,000 USDT | LTV 631.58 % · 6,550.00 USD short']);
  });

  it('leads from an error in the review to the step that it is about, with everything kept', async () => {
    on.user.picks('BTC').types('0.1').ticks('USDT').types('1000');
    on.user.picks('The LTV would be').types('0.01').accepts().accepts().picks('Borrow 0.01 BTC').answers();
    await on.run(on.flows.borrow({}));
    on.user.done();
    const again = on.user.seen[5];
    assert.equal(again?.step, '2/5');
    assert.equal(again?.text, '0.1');
    assert.match(again?.notice ?? '', /above 80\.00 %: at most [\d.]+ BTC, or add collateral/);
    assert.deepEqual((await on.ledger()).pledged, { USDT: '1000' });
  });

  it('needs collateral ticked only when what is pledged does not suffice', async () => {
    on.user.picks('BTC').types('0.01').ticks().ticks('USDT').picks('All of it').picks('Borrow').answers();
    await on.run(on.flows.borrow({}));
    on.user.picks('ETH').types('0.1').ticks().picks('Borrow 0.1 ETH against what is pledged').answers();
    await on.run(on.flows.borrow({}));
    on.user.done();
    const many = on.user.seen.filter(({ kind }) => kind === 'many');
    assert.match(many[0]?.remarks[0] ?? '', /^error: Tick coins to pledge: 750\.00 USD more must count/);
    assert.match(
      many[1]?.remarks[0] ?? '',
      /^info: LTV 1\.79 %: enough\. Tick coins to pledge more, or go on$/,
    );
    assert.equal((await on.ledger()).debts.length, 2);
  });

  it('begins behind the coin that it was started with, and lets it be changed', async () => {
    on.user.accepts().escapes();
    await assert.rejects(on.run(on.flows.borrow({ coin: 'SOL', amount: '3.5' })), Escaped);
    assert.equal(on.user.seen[0]?.placeholder.startsWith('How much SOL'), true);
    assert.equal(on.user.seen[0]?.step, '2/4');
    assert.equal(on.user.seen[0]?.text, '3.5');
    on.user.backs().picks('XRP').escapes();
    await assert.rejects(on.run(on.flows.borrow({ coin: 'SOL', amount: '3.5' })), Escaped);
    assert.equal(on.user.last.placeholder.startsWith('How much XRP'), true);
    assert.equal(on.user.last.text, '');
    on.user.accepts().escapes();
    await assert.rejects(on.run(on.flows.borrow({ coin: '<b>no coin</b>', amount: '3.5' })), Escaped);
    assert.equal(on.user.last.placeholder.startsWith('How much ETH'), true);
  });

  it('goes back through every step and finds every answer there', async () => {
    on.user.picks('BTC').types('0.1').ticks('USDT').types('10000');
    on.user.backs().backs().backs().backs();
    on.user.accepts().accepts().accepts().accepts().picks('Borrow 0.1 BTC').answers();
    await on.run(on.flows.borrow({}));
    on.user.done();
    assert.deepEqual((await on.ledger()).pledged, { USDT: '10000' });
  });

  it('sends nothing when the person escapes, whatever the step', async () => {
    const acts: readonly ((bench: Bench) => unknown)[] = [
      ({ user }) => user.picks('BTC'),
      ({ user }) => user.types('0.1'),
      ({ user }) => user.ticks('USDT', 'ETH'),
      ({ user }) => user.types('9000'),
      ({ user }) => user.types('2'),
    ];
    for (let count = 0; count <= acts.length; count += 1) {
      for (const act of acts.slice(0, count)) act(on);
      on.user.escapes();
      await assert.rejects(on.run(on.flows.borrow({})), Escaped);
      on.user.done();
    }
    assert.deepEqual((await on.ledger()).debts, []);
    assert.deepEqual(on.journal(), []);
  });
});
