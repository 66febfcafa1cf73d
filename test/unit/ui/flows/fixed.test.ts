import assert from 'node:assert/strict';
import { type Decimal, decimal, gt, mul, ZERO } from '../../../../src/bybit/decimal';
import { getFixedBorrowOrders } from '../../../../src/bybit/fixed-borrow';
import { plain } from '../../../../src/bybit/words';
import { formatPercent } from '../../../../src/desk/format';
import { loansOf } from '../../../../src/desk/loans/loans';
import { supplyOrders } from '../../../../src/desk/loans/orders';
import { bestBid, lending } from '../../../../src/desk/market/lending';
import { runDeed } from '../../../../src/ui/flows/deed';
import { repayFixed } from '../../../../src/ui/flows/fixed/repay-fixed';
import { Escaped } from '../flow/recorded-user';
import { type Bench, bench } from './bench';

describe('the flows on the fixed market', function () {
  this.timeout(30_000);
  let on: Bench;

  beforeEach(async () => {
    on = await bench();
  });

  afterEach(() => on.close());

  const contracts = () => loansOf('fixed', on.desk.snapshot, on.clock.now()) ?? [];
  const seen = (placeholder: RegExp) => {
    const found = on.user.seen.find((each) => placeholder.test(each.placeholder));
    if (found === undefined) assert.fail(`nothing asked ${placeholder}`);
    return found;
  };

  /** How the newest borrow order is to be filled, as the exchange holds it; undefined for what there is. */
  async function strategy(): Promise<string | undefined> {
    const list = await on.run(
      on.desk.ask(async (exchange) => (await exchange.call(getFixedBorrowOrders, {})).result.list),
    );
    return (list as { strategyType?: string }[])[0]?.strategyType;
  }

  /** A fixed loan without a person, at a rate that every offer meets. */
  async function owesFixed(amount: string, term: '7' | '30' = '30'): Promise<void> {
    const params = {
      coin: 'ETH',
      amount: decimal(amount),
      annualRate: decimal('0.5'),
      term,
      atMaturity: 'repay' as const,
      allOrNothing: false,
      collateral: [{ coin: 'USDT', amount: decimal('15000') }],
    };
    await on.sent({ kind: 'fixed.borrow', params });
    await on.door.control.advance(0.05);
    await on.run(on.desk.refresh());
  }

  it('borrow for a term, with the offers in sight and what it costs', async () => {
    on.user.picks('ETH').picks('30 days').types('50').types('1').picks('Turn into a flexible loan');
    on.user.ticks('USDT').picks('All of it').picks('Borrow 1 ETH for 30 days').answers();
    await on.run(on.flows.borrowFixed({}));
    on.user.done();
    await on.door.control.advance(0.05);
    await on.run(on.desk.refresh());
    const [loan] = contracts();
    assert.deepEqual([loan?.coin, loan?.owed, loan?.atMaturity], ['ETH', '1', 'toFlexible']);
    assert.match(
      seen(/how long/).rows.join('\n'),
      /^30 days \| from [\d.]+ % a year · [\d,.]+ ETH offered$/m,
    );
    assert.match(seen(/which rate/).rows[0] ?? '', /^[\d.]+ % a year \| [\d,.]+ ETH at this rate$/);
    assert.match(seen(/How much ETH/).remarks.at(-1) ?? '', /^1 ETH \| filled at once · .*not given back/s);
    const review = seen(/Before → after/).rows.join('\n');
    assert.match(review, /Rate a year, at most \| 50 % · filled at once/);
    assert.match(review, /Interest for 30 days \| 0\.0410959 ETH · taken in advance, not given back/);
    assert.match(review, /Interest of up to 0\.0410959 ETH is taken at the start/);
    assert.match(review, /Paid out \| 0\.9589041 ETH/);
    assert.match(review, /Due about \| 2026-04-01 \d\d:\d\d UTC/);
    assert.match(review, /At its due date \| becomes a flexible loan/);
    assert.doesNotMatch(review, /If it is not repaid when due/);
  });

  it('ask no more for what a row of the order book names', async () => {
    on.user.escapes();
    await assert.rejects(on.run(on.flows.borrowFixed({ coin: 'ETH', term: '30' })), Escaped);
    assert.match(on.user.seen.at(-1)?.placeholder ?? '', /At most which rate/);
    on.user.escapes();
    await assert.rejects(on.run(on.flows.supply({ coin: 'ETH', term: '7' })), Escaped);
    assert.match(on.user.seen.at(-1)?.placeholder ?? '', /At least which rate/);
    on.user.escapes();
    await assert.rejects(on.run(on.flows.supply({ coin: 'ETH' })), Escaped);
    assert.match(on.user.seen.at(-1)?.placeholder ?? '', /how long/);
    assert.equal(on.user.seen.length, 3);
  });

  it('say when an order would wait, and let it be whole or nothing', async () => {
    on.user.picks('ETH').picks('30 days').types('0.01').types('1').picks('Whole or not at all');
    on.user
      .picks('Repay from the Funding wallet')
      .ticks('USDT')
      .picks('All of it')
      .picks('Borrow 1 ETH')
      .answers();
    await on.run(on.flows.borrowFixed({}));
    on.user.done();
    assert.match(
      seen(/which rate/).remarks.at(-1) ?? '',
      /0\.01 % a year \| nothing fits now: the order waits/,
    );
    assert.equal(await strategy(), 'FULL');
  });

  it('tell that an order of which a part fits waits for all of it, where it is whole or nothing', async () => {
    on.user.picks('SOL').picks('90 days').types('20').types('20').picks('Whole or not at all');
    on.user.picks('Repay from the Funding wallet').ticks('USDT').picks('All of it').picks('Borrow').answers();
    await on.run(on.flows.borrowFixed({}));
    on.user.done();
    const review = seen(/Before → after/).rows.join('\n');
    assert.match(review, /Rate a year, at most \| 20 % · waits for offers of all of it: whole or not at all/);
    assert.equal(await strategy(), 'FULL');
  });

  it('forget whole or nothing when the offers cover what is asked for after all', async () => {
    on.user
      .picks('SOL')
      .picks('90 days')
      .types('20')
      .types('20')
      .picks('Whole or not at all')
      .backs()
      .backs();
    on.user.types('5').picks('Repay from the Funding wallet').ticks('USDT').picks('All of it');
    on.user.picks('Borrow').answers();
    await on.run(on.flows.borrowFixed({}));
    on.user.done();
    const review = seen(/Before → after/).rows.join('\n');
    assert.match(review, /Rate a year, at most \| 20 % · filled at once/);
    assert.equal(await strategy(), undefined);
  });

  it('warn of a rate that is many times the cheapest offer, and take none that leaves nothing to pay out', async () => {
    await on.run(on.desk.refresh());
    const cheapest = on.desk.snapshot.parts.coins.value?.find(({ currency }) => currency === 'ETH');
    const offer = cheapest?.annualizedInterestRate30D;
    assert.ok(offer !== undefined && gt(offer, ZERO));
    const found = (annualRate: Decimal) =>
      on.desk
        .check({
          kind: 'fixed.borrow',
          accountId: 'acc-1',
          params: {
            coin: 'ETH',
            amount: decimal('0.2'),
            annualRate,
            term: '30',
            atMaturity: 'repay',
            allOrNothing: false,
            collateral: [{ coin: 'USDT', amount: decimal('20000') }],
          },
        })
        .map(({ severity, field, words }) => `${severity} ${field}: ${plain(words)}`)
        .join('\n');
    assert.doesNotMatch(found(mul(offer, decimal('1.5'))), /times the cheapest offer/);
    assert.match(
      found(decimal('1')),
      /^warning annualRate: 100\.00 % a year is [\d.]+ times the cheapest offer\. At it the loan costs 0\.01\d* ETH, \d\d\.\d\d USD more/m,
    );
    assert.doesNotMatch(found(decimal('1')), /^error/m);
    assert.match(found(decimal('20')), /^error annualRate: .* as much as the loan: name a lower rate\./m);
  });

  it('refuse rates that are none, and keep what was typed on the way back', async () => {
    on.user.picks('ETH').picks('30 days').types('0').types('x').types('3.5 %').backs().backs().escapes();
    await assert.rejects(on.run(on.flows.borrowFixed({})), Escaped);
    const said = seen(/which rate/).remarks.join('\n');
    assert.match(said, /The rate must be more than 0 % a year\./);
    assert.match(said, /Only the digits 0 to 9/);
    assert.match(on.user.last.placeholder, /how long/);
  });

  it('mark the offer that was chosen when one comes back to the rates, and show what was typed otherwise', async () => {
    const rates = () => on.user.seen.filter(({ placeholder }) => /which rate/.test(placeholder));
    const choose = async () => {
      on.user.picks('ETH').picks('30 days').accepts().backs().types('3.5').backs().escapes();
      await assert.rejects(on.run(on.flows.borrowFixed({})), Escaped);
    };
    await choose();
    assert.deepEqual(
      rates().map(({ text }) => text),
      ['', '', '3.5 %'],
    );
  });

  it('begin behind the coin they were started with, and say why the market could not be read', async () => {
    on.door.control.fault('/v5/crypto-loan-fixed/borrow-order-quote', 'retcode:10016', 5);
    on.user.escapes();
    await assert.rejects(on.run(on.flows.borrowFixed({ coin: 'ETH' })), Escaped);
    assert.equal(on.user.last.placeholder, 'Which coin?');
    assert.match(on.user.last.notice, /./);
  });

  it('cut a large order along the offers, confirm it once and send it one after the other', async () => {
    await on.run(on.desk.refresh());
    on.user.picks('ETH').picks('30 days').types('max').picks('Repay from the Funding wallet');
    on.user.ticks('USDT', 'SOL').picks('All of it').picks('All of it').picks('Borrow').answers();
    await on.run(on.flows.sweep({}));
    on.user.done();
    const sent = on.journal().filter((type) => type === 'intent').length;
    assert.ok(sent >= 2, on.journal().join(' '));
    assert.equal(on.user.seen.filter(({ placeholder }) => placeholder.startsWith('Before')).length, 1);
    const review = seen(/Before → after/).rows.join('\n');
    assert.match(review, /Order 1 of \d+ \| [\d,.]+ ETH · at [\d.]+ % a year/);
    assert.match(review, /Saved against one order \| [\d,.]+ ETH/);
    assert.match(review, /Due about \| 2026-04-01 \d\d:\d\d UTC/);
    assert.match(review, /At its due date \| repaid from the Funding wallet/);
    assert.match(review, /If it is not repaid when due \| interest triples for 24 hours/);
    const interest = /Interest for 30 days, all orders \| ([\d.]+) ETH/.exec(review)?.[1];
    const minded = `Interest of up to ${interest} ETH is taken at the start`;
    assert.ok(review.includes(minded), review);
    assert.match(seen(/How much ETH/).remarks.at(-1) ?? '', new RegExp(minded));
    const all = /Order 1 of (\d+)/.exec(review)?.[1];
    assert.match(review, new RegExp(`^${all} orders: Borrow [\\d,.]+ ETH for 30 days at up to`));
    assert.match(on.user.last.title, new RegExp(`^${all} orders: Borrow .* All ${all} orders were sent`));
    assert.match(
      on.user.last.title,
      /All \d+ orders were sent\. The last one: The order stands in the market\./,
    );
  });

  it('name in the dialog what a sweep orders, not what the offers cannot cover', async () => {
    await on.close();
    on = await bench({ environment: 'testnet' });
    await on.run(on.desk.refresh());
    on.user.picks('SOL').picks('90 days').types('20').picks('Repay from the Funding wallet');
    on.user.ticks('USDT').picks('All of it').picks('Borrow').confirms().answers();
    await on.run(on.flows.sweep({}));
    on.user.done();
    assert.match(seen(/Before → after/).rows.join('\n'), /Not ordered \| 13\.11098 SOL/);
    const asked = on.user.seen.find(({ kind }) => kind === 'confirm');
    assert.equal(asked?.rows.at(-1), 'Send One Order for 6.88902 SOL');
  });

  it('stop a sweep at the first refusal, and say what was done', async () => {
    await on.run(on.desk.refresh());
    on.user.picks('ETH').picks('30 days').types('max').picks('Repay from the Funding wallet');
    on.user.ticks('USDT', 'SOL').picks('All of it').picks('All of it').picks('Borrow').answers();
    let isBroken = false;
    on.desk.onDidChange(() => {
      if (isBroken || !on.journal().includes('verdict')) return;
      isBroken = true;
      on.door.control.fault('/v5/crypto-loan-fixed/borrow', 'retcode:148014', 100);
    });
    await on.run(on.flows.sweep({}));
    assert.match(
      on.user.last.title,
      /^.*1 of \d+ orders are done\. The next one, “Borrow .*”: .*The \d+ orders after it were not sent\.$/,
    );
    assert.ok(!on.user.last.rows.includes('Change and Try Again'));
  });

  it('never take the first order of a sweep for all of it while its end is not known, nor later', async () => {
    await on.run(on.desk.refresh());
    on.user.picks('ETH').picks('30 days').types('max').picks('Repay from the Funding wallet');
    on.user.ticks('USDT', 'SOL').picks('All of it').picks('All of it').picks('Borrow').answers();
    await on.door.control.habits({ historyLagMs: 600_000 });
    on.door.control.fault('/v5/crypto-loan-fixed/borrow', 'timeout-after', 1);
    await on.run(on.flows.sweep({}));
    const told = /Order 1 of (\d+), “Borrow ([\d.,]+) ETH .*”: .* The (\d+) orders after it were not sent\.$/;
    const [, all, first, rest] = told.exec(on.user.last.title) ?? [];
    assert.ok(all && first && rest, on.user.last.title);
    assert.equal(Number(rest), Number(all) - 1);
    assert.ok(!on.user.last.rows.includes('Change and Try Again'));
    assert.equal(on.journal().filter((type) => type === 'intent').length, 1);
    // Minutes later it is found, and told once more by itself.
    await on.door.control.habits({ historyLagMs: 0 });
    on.user.answers();
    await on.run(on.clock.sleep(120_000));
    assert.match(
      on.user.last.title,
      new RegExp(`^Borrow ${first} ETH .*Done.*The ${rest} orders after it were not sent`),
    );
  });

  it('repay one contract in full, or all of a coin in one request', async () => {
    await owesFixed('1');
    await owesFixed('0.5', '7');
    const [first] = contracts();
    on.user.picks('Repay fixed loan').answers();
    await on.run(on.flows.repay({ coin: 'ETH', record: first?.id ?? '' }));
    assert.deepEqual(
      contracts().map(({ owed }) => owed),
      ['1'],
    );
    await owesFixed('0.5', '7');
    on.user.picks('All in ETH').picks('Repay all fixed loans in ETH: 1.5 ETH').answers();
    await on.run(runDeed(repayFixed, on.options, {}));
    on.user.done();
    assert.deepEqual(contracts(), []);
  });

  it('repay a contract by selling collateral, and renew what was repaid', async () => {
    await owesFixed('1');
    const record = contracts()[0]?.id ?? '';
    on.user.ticks('USDT').types('0.4').picks('Repay 0.4 ETH').answers();
    await on.run(on.flows.repayWithCollateral({ coin: 'ETH', record }));
    assert.deepEqual(
      contracts().map(({ owed }) => owed),
      ['0.6'],
    );
    on.user.accepts().ticks().picks('Renew fixed loan').answers();
    await on.run(on.flows.renew({}));
    on.user.done();
    const renewed =
      on.user.seen.findLast(({ placeholder }) => placeholder.startsWith('Before'))?.rows.join('\n') ?? '';
    const row = /Interest for 30 days \| ([\d.]+) ETH/.exec(renewed)?.[1];
    assert.match(renewed, new RegExp(`Interest for the whole term, ${row} ETH at the old rate`));
    assert.match(
      seen(/Which contract to renew/).rows[0] ?? '',
      /^0\.4 ETH again \| 30 days · 50\.00 % a year/,
    );
    assert.deepEqual(
      contracts()
        .map(({ owed }) => owed)
        .sort(),
      ['0.4', '0.6'],
    );
  });

  it('lend with the net interest in sight, and cancel what waits', async () => {
    on.user
      .picks('USDT')
      .picks('30 days')
      .types('90')
      .types('5000')
      .picks('Supply 5,000 USDT for 30 days')
      .answers();
    await on.run(on.flows.supply({}));
    const [order] = supplyOrders(on.desk.snapshot) ?? [];
    assert.deepEqual([order?.coin, order?.rest, order?.annualRate], ['USDT', '5000', '0.9']);
    const review = seen(/Before → after/).rows.join('\n');
    assert.match(
      review,
      /Net interest for 30 days \| 314\.38356164 USDT · after the platform’s share of 15 %/,
    );
    on.user.picks('Cancel what is open of supply order').answers();
    await on.run(on.flows.cancelOrder({ record: order?.id ?? '' }));
    on.user.done();
    assert.deepEqual(supplyOrders(on.desk.snapshot), []);
    assert.equal((await on.ledger()).wallet['USDT'], '50000');
  });

  it('let a lender choose by what borrowers bid and the wallet holds, and tell no rate that is not known', async () => {
    await on.run(on.desk.refresh());
    const asked = async () => {
      on.user.escapes();
      await assert.rejects(on.run(on.flows.supply({})), Escaped);
      return on.user.last.rows;
    };
    const before = await asked();
    assert.doesNotMatch(before.join('\n'), /%/);
    assert.match(
      before.find((row) => row.startsWith('USDT |')) ?? '',
      /^USDT \| 50,000 USDT held · from [\d,.]+ USDT$/,
    );
    await on.run(on.desk.market.refresh(lending));
    const demand = on.desk.market.part(lending).value?.get('USDT');
    const best = demand && bestBid(demand);
    assert.ok(best !== undefined);
    const rows = await asked();
    const rate = formatPercent(best.rate, 2, 'en');
    assert.equal(
      rows.find((row) => row.startsWith('USDT |'))?.split(' · ')[0],
      `USDT | up to ${rate} a year for ${best.term} days`,
    );
    const held = rows.map((row) => / held/.test(row));
    assert.ok(held.lastIndexOf(true) < held.indexOf(false), rows.join('\n'));
    assert.ok(held.includes(true));
  });

  it('tell the deal before what moves and the risk, and in one line what stays as it is', async () => {
    await on.owe('USDC', '5000', { ETH: '5' });
    const reviewed = () => seen(/Before → after/).rows;
    const places = (rows: readonly string[], ...starts: readonly string[]) =>
      starts.map((start) => rows.findIndex((row) => row.startsWith(start)));
    on.user.picks('ETH').picks('30 days').types('0.01').types('1').picks('Take what there is');
    on.user.picks('Repay from').ticks('SOL').picks('All of it').picks('Borrow 1 ETH').answers();
    await on.run(on.flows.borrowFixed({}));
    const borrowing = reviewed();
    const order = places(
      borrowing,
      'Interest of up to',
      'Rate a year, at most',
      'Paid out',
      'Due about',
      'ETH owed',
      'LTV',
      'Liquidation if ETH',
      'Flexible interest a year',
    );
    assert.deepEqual(
      order,
      order.toSorted((one, two) => one - two),
      borrowing.join('\n'),
    );
    assert.ok(!order.includes(-1), borrowing.join('\n'));
    assert.match(
      borrowing[order.at(-1) ?? 0] ?? '',
      /a year \| [\d.]+ USD \| does not change · [\d.]+ USD a day/,
    );
    const id = String(
      await on.run(
        on.desk.ask(
          async (exchange) => (await exchange.call(getFixedBorrowOrders, {})).result.list[0]?.orderId,
        ),
      ),
    );
    on.user.seen.length = 0;
    on.user.picks('Cancel what is open').answers();
    await on.run(on.flows.cancelOrder({ record: id }));
    on.user.done();
    const cancelling = reviewed();
    assert.equal(cancelling[1], 'Rate a year, at most | 0.01 %');
    assert.deepEqual(cancelling.slice(2, 4), ['Term | 30 days', 'Still waits | 1 ETH']);
    const risk = cancelling.filter((row) => /LTV|Liquidation|Margin call|Initial/.test(row));
    assert.equal(risk.length, 1, cancelling.join('\n'));
    assert.match(
      risk[0] ?? '',
      /^LTV \| [\d.]+ % \| does not change · liquidation if all coins fall by [\d.]+ %, stable coins stay$/,
    );
  });

  it('say what there is not', async () => {
    on.user.answers().answers();
    await on.run(on.flows.renew({}));
    assert.match(on.user.last.title, /^There is nothing to renew/);
    await on.run(on.flows.cancelOrder({}));
    assert.equal(on.user.last.title, 'No order waits on the fixed market.');
  });
});
