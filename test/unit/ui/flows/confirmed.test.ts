import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { loansOf } from '../../../../src/desk/loans/loans';
import { runDeed } from '../../../../src/ui/flows/deed';
import { renew } from '../../../../src/ui/flows/fixed/renew';
import { repayFixed } from '../../../../src/ui/flows/fixed/repay-fixed';
import { Escaped } from '../flow/recorded-user';
import { type Bench, bench } from './bench';

/** What was asked in the last question is what is sent, or nothing is: whatever changes while it stands there. */
describe('what a person confirmed', function () {
  this.timeout(30_000);
  let on: Bench;
  afterEach(() => on.close());

  const contracts = () => loansOf('fixed', on.desk.snapshot, on.clock.now()) ?? [];
  const owed = () => contracts().map((loan) => loan.owed);

  async function owesFixed(amount: string, term: '7' | '30'): Promise<void> {
    await on.sent({
      kind: 'fixed.borrow',
      params: {
        coin: 'ETH',
        amount: decimal(amount),
        annualRate: decimal('0.5'),
        term,
        atMaturity: 'repay',
        allOrNothing: false,
        collateral: [{ coin: 'USDT', amount: decimal('15000') }],
      },
    });
    // Orders are matched once a minute.
    await on.door.control.advance(0.05);
    await on.run(on.desk.refresh());
  }

  async function sells(record: string, amount: string): Promise<void> {
    await on.sent({
      kind: 'fixed.repayWithCollateral',
      params: { coin: 'ETH', amount: decimal(amount), collateralCoins: ['USDT'], loanId: record },
    });
    await on.run(on.desk.refresh());
  }

  /** Something happens on the account while the last question stands there, and the window reads it. */
  function meanwhile(happens: () => Promise<void>): void {
    const confirm = on.user.confirm.bind(on.user);
    on.user.confirm = async (question) => {
      const isSure = await confirm(question);
      await happens();
      return isSure;
    };
  }

  const sent = () => on.journal().filter((type) => type === 'intent').length;

  it('is not sent as more where another contract has begun meanwhile', async () => {
    on = await bench({ environment: 'mainnet' });
    await owesFixed('1', '30');
    await owesFixed('0.5', '7');
    const before = sent();
    meanwhile(() => owesFixed('0.7', '7'));
    on.user.picks('All in ETH').picks('Repay all fixed loans in ETH: 1.5 ETH').confirms();
    on.user.answers('Change and Try Again').escapes();
    await assert.rejects(on.run(runDeed(repayFixed, on.options, {})), Escaped);
    on.user.done();
    const said = on.user.seen.at(-2);
    assert.match(said?.title ?? '', /Nothing has changed/);
    assert.match(said?.title ?? '', /[Aa]nother contract/);
    assert.deepEqual(owed().length, 3);
    // The one of the contract that began meanwhile, and no other.
    assert.equal(sent(), before + 1);
  });

  it('is not renewed as more where more was repaid meanwhile', async () => {
    on = await bench({ environment: 'testnet' });
    await owesFixed('1', '30');
    const record = contracts()[0]?.id ?? '';
    await sells(record, '0.4');
    const count = contracts().length;
    meanwhile(() => sells(record, '0.3'));
    on.user.accepts().ticks().picks('Renew fixed loan').confirms().answers();
    await on.run(runDeed(renew, on.options, {}));
    assert.match(on.user.last.title, /Nothing has changed/);
    assert.equal(contracts().length, count);
  });

  it('is asked for once more where it changed between the rows and the answer', async () => {
    on = await bench({ environment: 'mainnet' });
    await owesFixed('1', '30');
    await owesFixed('0.5', '7');
    let times = 0;
    const pick = on.user.pick.bind(on.user);
    on.user.pick = async (question, frame) => {
      const reply = await pick(question, frame);
      times += 1;
      // Between the key that confirms and its arrival here.
      if (times === 2) await owesFixed('0.7', '7');
      return reply;
    };
    on.user.picks('All in ETH').picks('Repay all fixed loans in ETH: 1.5 ETH');
    on.user.picks('Repay all fixed loans in ETH: 2.2 ETH').confirms().answers();
    await on.run(runDeed(repayFixed, on.options, {}));
    on.user.done();
    assert.ok(
      on.user.seen.some(
        ({ notice }) => notice === 'What would be sent has changed just now: look at it again.',
      ),
    );
    assert.match(on.user.last.title, /2\.2 ETH.*Done/);
    assert.deepEqual(owed(), []);
  });

  it('stands in the journal as it was seen', async () => {
    on = await bench({ environment: 'mainnet' });
    on.user
      .picks('BTC')
      .types('0.1')
      .ticks('USDT')
      .types('10000')
      .picks('Borrow 0.1 BTC')
      .confirms()
      .answers();
    meanwhile(async () => {
      await on.door.control.price('BTC', '61000');
      await on.run(on.desk.refresh());
    });
    await on.run(on.flows.borrow({}));
    const modal = on.user.seen.find(({ kind }) => kind === 'confirm');
    const ltv = modal?.rows.find((row) => row.startsWith('LTV'))?.split(' → ')[1];
    assert.ok(ltv, modal?.rows.join('\n'));
    assert.match(on.user.last.title, /Done/);
    assert.match(on.reviews()[0] ?? '', new RegExp(`LTV: none → ${ltv}`));
  });
});
