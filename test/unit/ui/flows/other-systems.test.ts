import assert from 'node:assert/strict';
import { createExchange } from '../../../../src/bybit/client';
import { add, decimal, sub, ZERO } from '../../../../src/bybit/decimal';
import { repayInsLoan } from '../../../../src/bybit/institutional';
import { getLegacyUnpaidLoans, repayLegacyLoan } from '../../../../src/bybit/legacy';
import { plain } from '../../../../src/bybit/words';
import { loansOf } from '../../../../src/desk/loans/loans';
import { riskUnitOf } from '../../../../src/desk/loans/risk-unit';
import { NoReview } from '../../../../src/desk/operation';
import { Escaped } from '../flow/recorded-user';
import { type Bench, bench } from './bench';

describe('the flows on legacy loans and the risk unit', function () {
  this.timeout(30_000);
  let on: Bench;

  beforeEach(async () => {
    on = await bench();
    await on.run(on.desk.refresh());
  });

  afterEach(() => on.close());

  const loans = () => loansOf('legacy', on.desk.snapshot, on.clock.now()) ?? [];
  const loanIn = (coin: string) => {
    const loan = loans().find((each) => each.coin === coin);
    if (loan === undefined) assert.fail(`no loan in ${coin}`);
    return loan;
  };

  const unpaid = (coin: string) =>
    riskUnitOf(on.desk.snapshot)?.debts.find((debt) => debt.coin === coin)?.principal;

  it('begin with every debt of the account, grouped by system', async () => {
    await on.owe('BTC', '0.1', { USDT: '10000' });
    on.user.escapes();
    await assert.rejects(on.run(on.flows.repay({})), Escaped);
    const { rows, placeholder } = on.user.last;
    assert.equal(placeholder, 'Which debt to repay?');
    assert.match(rows[0] ?? '', /^0\.1 BTC \| 6,000\.00 USD/);
    assert.equal(rows.filter((row) => row.includes('loan 2')).length, 5);
    assert.match(rows.at(-1) ?? '', /^2 BTC \| principal, out of the Unified wallet · for urgent cases$/);
  });

  it('never take one system for another that owes the same coin', async () => {
    const uid = on.desk.snapshot.parts.riskUnit.value?.parentUid ?? '';
    on.user.escapes();
    await assert.rejects(on.run(on.flows.repay({ coin: 'USDT', record: uid })), Escaped);
    assert.match(on.user.last.title, /^Repay the Institutional Loan/);
    on.user.escapes();
    await assert.rejects(on.run(on.flows.repay({ coin: 'USDT' })), Escaped);
    assert.equal(on.user.last.placeholder, 'Which debt to repay?');
    assert.equal(on.user.last.rows.length, 3);
    on.user.escapes();
    await assert.rejects(on.run(on.flows.repay({ record: uid })), Escaped);
    assert.deepEqual(
      on.user.last.rows.map((row) => row.split(' ')[1]),
      ['USDT', 'BTC'],
    );
    await on.owe('USDT', '100', { BTC: '0.1' });
    on.user.answers();
    await on.run(on.flows.repay({ coin: 'USDT', record: '404' }));
    assert.match(on.user.last.title, /^What this was about is not open any more/);
    on.user.escapes();
    await assert.rejects(on.run(on.flows.repay({ coin: 'USDT' })), Escaped);
    assert.match(on.user.last.title, /^Repay · /);
  });

  it('repay a legacy loan in part, then whole, and its collateral comes back', async () => {
    const { id, owed } = loanIn('SOL');
    on.user.types('5').picks('Repay 5 SOL of legacy loan').answers();
    await on.run(on.flows.repay({ coin: 'SOL', record: id }));
    assert.match(on.user.seen[0]?.placeholder ?? '', new RegExp(`^${owed} SOL owed`));
    assert.match(on.user.seen[0]?.remarks.at(-1) ?? '', /^5 SOL \| 750\.00 USD · LTV [\d.]+ % → [\d.]+ %/);
    const before = (await on.ledger()).wallet['ETH'];
    on.user.picks('All of it').picks('Repay').answers();
    await on.run(on.flows.repay({ coin: 'SOL', record: id }));
    on.user.done();
    assert.ok(!loans().some((each) => each.id === id));
    assert.notEqual((await on.ledger()).wallet['ETH'], before);
  });

  it('propose shares of a legacy loan in decimals that the exchange takes', async () => {
    for (const share of ['A quarter', 'Three quarters', 'Half']) {
      for (const { id, coin } of loans()) {
        on.user.picks(share).picks('Repay').answers();
        await on.run(on.flows.repay({ coin, record: id }));
        assert.match(on.user.last.title, /Done/, `${share} of ${coin}`);
      }
    }
    on.user.done();
  });

  it('move collateral of a legacy loan both ways, within its own lines', async () => {
    const { id, collateral } = loanIn('XRP');
    on.user.picks('Add').types('1').picks('Add 1 SOL to the collateral of legacy loan').answers();
    await on.run(on.flows.adjustCollateral({ coin: 'XRP', record: id }));
    assert.notEqual(loanIn('XRP').collateral?.amount, collateral?.amount);
    on.user.picks('Release').types('4').types('1').picks('Take 1 SOL out of the collateral').answers();
    await on.run(on.flows.adjustCollateral({ coin: 'XRP', record: id }));
    on.user.done();
    assert.equal(loanIn('XRP').collateral?.amount, collateral?.amount);
    assert.match(
      on.user.seen.flatMap(({ remarks }) => remarks).join('\n'),
      /The LTV would pass 73\.00 %: at most [\d.]+ SOL \(177013\)\./,
    );
  });

  it('propose collateral in the decimals that its coin has here', async () => {
    await on.close();
    on = await bench({
      answered: (body) => body.replaceAll('"collateralAccuracy":8', '"collateralAccuracy":2'),
    });
    await on.run(on.desk.refresh());
    const { id } = loanIn('XRP');
    on.user.picks('Release').picks('Half').picks('Take ').answers();
    await on.run(on.flows.adjustCollateral({ coin: 'XRP', record: id }));
    on.user.done();
    const asked = on.user.seen.find(({ placeholder }) => placeholder.startsWith('How much SOL to take back'));
    assert.match(asked?.rows[0] ?? '', /^Maximum \| \d+(\.\d{1,2})? SOL · /);
    on.user.picks('Release').types('max').picks('Take ').answers();
    await on.run(on.flows.adjustCollateral({ coin: 'XRP', record: id }));
    on.user.done();
  });

  it('warn where what is pledged already passes the limit of a coin together with more of it', async () => {
    await on.close();
    on = await bench({ answered: (body) => body.replaceAll(/"maxLimit":"[^"]*"/g, '"maxLimit":"5"') });
    await on.run(on.desk.refresh());
    const { id, collateral } = loanIn('XRP');
    assert.equal(collateral?.coin, 'SOL');
    const found = (amount: string) => {
      const params = { orderId: id, coin: 'SOL', amount: decimal(amount), direction: 'add' as const };
      return on.desk
        .check({ kind: 'legacy.adjustCollateral', accountId: 'acc-1', params })
        .map(({ severity, words }) => `${severity}: ${plain(words)}`);
    };
    const rest = sub(decimal('5'), collateral?.amount ?? ZERO);
    assert.deepEqual(found(rest), []);
    assert.deepEqual(found('4'), [
      `warning: With what is pledged already this passes the limit of the coin; ${rest} SOL would not (177015).`,
    ]);
    assert.deepEqual(found('6'), ['error: At most 5 SOL (177015).']);
  });

  it('repay the risk unit after a warning, refuse all else meanwhile, and tell the end minutes later', async () => {
    const uid = on.desk.snapshot.parts.riskUnit.value?.parentUid ?? '';
    const before = unpaid('USDT');
    on.user.types('1000').picks('Repay 1,000 USDT of the institutional loan').answers();
    await on.run(on.flows.repay({ coin: 'USDT', record: uid }));
    on.user.done();
    const review = on.user.seen.find(({ rows }) => rows.some((row) => row.startsWith('Repay 1,000 USDT')));
    assert.match(review?.rows.join('\n') ?? '', /meant for urgent cases.*\n(.*\n)*.*two to three minutes/);
    const rows = review?.rows.join('\n') ?? '';
    for (const own of [
      /^No withdrawal \(/m,
      /^No spot selling \(/m,
      /^USDT held by the unit/m,
      /^USDT in the Unified wallet/m,
    ])
      assert.match(rows, own);
    assert.doesNotMatch(rows, /Funding wallet|pledged|Margin call|Initial line/);
    assert.match(on.user.last.title, /still working on it\. A repayment of the risk unit is running/);

    on.user.answers();
    await on.run(on.flows.repay({ coin: 'USDT', record: uid }));
    assert.match(on.user.last.title, /no end yet.*two to three minutes after it was sent/);

    on.user.answers();
    await on.clock.pass(180_000);
    await on.run(on.desk.refresh());
    on.user.done();
    assert.equal(
      on.user.last.title,
      'Repay 1,000 USDT of the institutional loan Done: it stands in the history of the exchange.',
    );
    assert.deepEqual(on.user.last.rows, ['Show Journal']);
    assert.equal(on.desk.open.length, 0);
    assert.equal(unpaid('USDT'), String(Number(before) - 1000));
  });

  it('say why a repayment of the risk unit that was made elsewhere keeps another one waiting', async () => {
    const { baseUrl, adapter, credentials } = on.door;
    const elsewhere = createExchange({ baseUrl, adapter, credentials, clock: on.clock });
    await on.run(elsewhere.call(repayInsLoan, { token: 'USDT', quantity: decimal('500') }));
    elsewhere.dispose();
    await on.run(on.desk.refresh(['riskUnit']));
    await on.run(on.desk.refresh(['unifiedWallet']));
    const record = on.desk.snapshot.parts.riskUnit.value?.parentUid ?? '';
    on.user.answers();
    await on.run(on.flows.repay({ coin: 'USDT', record }));
    on.user.done();
    assert.match(on.user.last.title, /^A repayment of the risk unit is running/);
    // The unit shows no coins meanwhile; what is free of them must not look spent.
    assert.ok(on.desk.snapshot.parts.unifiedWallet.value?.has('USDT'));
  });

  it('say so when the loan is repaid elsewhere while its repayment is reviewed, and offer the others', async () => {
    const { id } = loanIn('SOL');
    const { baseUrl, adapter, credentials } = on.door;
    const elsewhere = createExchange({ baseUrl, adapter, credentials, clock: on.clock });
    const repaidElsewhere = async () => {
      const { list } = (await elsewhere.call(getLegacyUnpaidLoans, { orderId: id })).result;
      const [loan] = list;
      if (loan === undefined) assert.fail('no loan');
      const amount = add(loan.totalDebt, loan.residualInterest, loan.residualPenaltyInterest);
      await elsewhere.call(repayLegacyLoan, { orderId: id, amount });
      elsewhere.dispose();
    };
    const { refresh } = on.desk;
    on.desk.refresh = async (names) => {
      await repaidElsewhere();
      on.desk.refresh = refresh;
      await refresh.call(on.desk, names);
    };
    // Reviewed, read again, and then: the row names the loan that is gone and leads to the others.
    on.user.types('5').presses('Read Again').picks(`Loan ${id} is not open any more`).picks('XRP').escapes();
    await assert.rejects(on.run(on.flows.repay({ coin: 'SOL', record: id })), Escaped);
    on.user.done();
    const asked = on.user.seen.find(({ notice }) => notice !== '');
    assert.equal(asked?.notice, `Loan ${id} is not open any more (177005).`);
    assert.ok(!asked?.rows.some((row) => row.includes(id)));
    assert.deepEqual(on.journal(), []);
  });

  it('say so at an amount, too, once there is nothing to review', async () => {
    const { id } = loanIn('SOL');
    on.user.onSeen = () => {
      on.desk.review = () => {
        throw new NoReview();
      };
    };
    on.user.types('5').escapes();
    await assert.rejects(on.run(on.flows.repay({ coin: 'SOL', record: id })), Escaped);
    assert.equal(
      on.user.last.remarks.at(-1),
      'What this rests on could not be read, or is not there any more.',
    );
  });

  it('ask which debt is meant when a coin alone fits several', async () => {
    on.user.escapes();
    await assert.rejects(on.run(on.flows.repay({ coin: 'USDT' })), Escaped);
    assert.equal(on.user.last.rows.length, 3);
    assert.ok(on.user.last.rows.every((row) => row.includes(' USDT | ')));
  });

  it('ask which debt of the unit is meant when they are started from the unit', async () => {
    const record = on.desk.snapshot.parts.riskUnit.value?.parentUid ?? '';
    on.user.picks('255,000 USDT').escapes();
    await assert.rejects(on.run(on.flows.repay({ record })), Escaped);
    assert.equal(on.user.seen[0]?.rows.length, 2);
    assert.match(on.user.last.placeholder, /^255,000 USDT of principal/);
  });

  it('bind and unbind a UID', async () => {
    on.user.types('12x').types('100000010').picks('Bind UID 100000010').answers();
    await on.run(on.flows.bindUid({}));
    assert.match(on.user.seen[0]?.remarks[0] ?? '', /A UID is a number of up to 19 digits/);
    assert.ok(riskUnitOf(on.desk.snapshot)?.uids.includes('100000010'));
    on.user.picks('Unbind UID 100000010').answers();
    await on.run(on.flows.unbindUid({ record: '100000010' }));
    on.user.done();
    assert.ok(!riskUnitOf(on.desk.snapshot)?.uids.includes('100000010'));
  });
});
