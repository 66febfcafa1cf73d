import assert from 'node:assert/strict';
import { decimal } from '../../../../../src/bybit/decimal';
import { plain } from '../../../../../src/bybit/words';
import { made, type Row } from '../../../../../src/ui/tree/row';
import { veiledRows } from '../../../../../src/ui/tree/veiled-rows';
import { attentionOf } from '../../../../../src/ui/trees/loans/attention';
import { loanRows } from '../../../../../src/ui/trees/loans/loan-rows';
import { type Bench, bench } from '../../flows/bench';
import { face, outline, rowOf, tooltipOf } from '../read';

/** Rows of the tree over a desk on the paper exchange, whose world begins with legacy loans and a risk unit. */
describe('the groups of the Loans tree', function () {
  this.timeout(20_000);
  let on: Bench;

  beforeEach(async () => {
    on = await bench();
    await on.run(on.desk.refresh());
  });

  afterEach(() => on.close());

  const rows = () => loanRows(on.session, on.clock.now(), 'en');
  const under = (id: string): readonly Row[] => made(rowOf(rows(), id).children ?? []);
  /** The exchange's clock goes on, the one of this machine does not. */
  const later = async (hours: number) => {
    await on.door.control.advance(hours);
    await on.run(on.desk.refresh());
  };
  const tokens = (list: readonly Row[]) => list.map((row) => [row.tokens?.join(' '), row.about?.coin]);

  it('are only those of systems that the account has', () => {
    assert.deepEqual(
      rows().map(({ id }) => id),
      ['account', 'debts', 'legacy', 'unit', 'wallet', 'read'],
    );
  });

  it('show fixed loans with their due dates, and orders that wait', async () => {
    await on.owe('BTC', '0.1', { USDT: '20000' });
    const order = { term: '30', atMaturity: 'repay', allOrNothing: false, collateral: [] } as const;
    const eth = { ...order, coin: 'ETH', amount: decimal('1'), annualRate: decimal('0.5') };
    await on.sent({ kind: 'fixed.borrow', params: eth });
    await on.sent({
      kind: 'fixed.borrow',
      params: { ...eth, term: '7', atMaturity: 'toFlexible', amount: decimal('0.5') },
    });
    await on.door.control.advance(0.1);
    await on.sent({ kind: 'fixed.borrow', params: { ...eth, annualRate: decimal('0.0001') } });
    await on.run(on.desk.refresh());
    assert.equal(face(rowOf(rows(), 'fixed')), 'Fixed loans (2) | due in 6 d · 3,750.00 USD · 1 waiting');
    const list = under('fixed');
    assert.deepEqual(list.map(face), [
      '0.5 ETH | due in 6 d · 50.00 % a year · 1,250.00 USD',
      '1 ETH | due in 29 d · 50.00 % a year · 2,500.00 USD',
      'Borrow 1 ETH | 0.01 % · 30 d · waits',
    ]);
    assert.deepEqual(tokens(list), [
      ['fixedContract', 'ETH'],
      ['fixedContract', 'ETH'],
      ['fixedOrder', 'ETH'],
    ]);
    assert.ok(list.every(({ about }) => about?.record !== undefined));
    assert.match(outline(list).join('\n'), /At its due date \| becomes a flexible loan/);
    assert.equal(list[0]?.icon?.id, 'arrow-small-down');
    assert.equal(tooltipOf(rowOf(rows(), 'fixed')).split('\n')[0], 'Owed together · 1.5 ETH');
    await later(5 * 24);
    const [soon] = under('fixed');
    assert.equal(soon?.icon?.id, 'warning');
    assert.match(soon === undefined ? '' : face(soon), /^0\.5 ETH \| due in 47 h · /);
    assert.match(
      face(rowOf(rows(), 'fixed')),
      /^Fixed loans \(2\) \| due in 47 h · 3,750\.00 USD · 1 waiting$/,
    );
  });

  it('show what is lent with its net interest, and supply orders that wait', async () => {
    const supply = { coin: 'USDT', term: '30', source: 'funding' } as const;
    await on.sent({
      kind: 'fixed.supply',
      params: { ...supply, amount: decimal('1000'), annualRate: decimal('0.9') },
    });
    await on.run(on.desk.refresh());
    assert.equal(face(rowOf(rows(), 'supply')), 'Lent (0) | 1 waiting');
    assert.deepEqual(tokens(under('supply')), [['supplyOrder', 'USDT']]);
    assert.deepEqual(under('supply').map(face), ['Lend 1,000 USDT | 90.00 % · 30 d · waits']);
    await on.sent({
      kind: 'fixed.supply',
      params: { ...supply, amount: decimal('2000'), annualRate: decimal('0.0001') },
    });
    await on.door.control.advance(0.1);
    await on.run(on.desk.refresh());
    const [first] = under('supply');
    assert.match(
      first === undefined ? '' : face(first),
      /^2,000 USDT \| due in 29 d · [\d.]+ % a year · net [\d.]+ USDT$/,
    );
    assert.deepEqual(first?.tokens, ['supplyContract']);
    assert.match(
      tooltipOf(rowOf(rows(), 'supply')),
      /^Lent together · 2,000 USDT\nNet interest together · [\d.]+ USDT$/m,
    );
  });

  it('show legacy loans by due date, each with its own LTV and lines', async () => {
    const list = under('legacy');
    assert.equal(
      face(rowOf(rows(), 'legacy')).replace(/\d[\d,.]* USD/, 'x'),
      'Legacy loans (5) | due in 4 d · x',
    );
    assert.match(
      list.map(face).join('\n'),
      /^20\.0094206 SOL \| due in 4 d · LTV \d\d\.\d\d % · 5\.89 % a year$/m,
    );
    assert.match(
      outline(list).join('\n'),
      /Lines of its LTV \| initial 78 % · margin call 85 % · liquidation 95 %/,
    );
    for (const text of [outline(made(list[0]?.children ?? [])).join('\n'), tooltipOf(list[0] as Row)]) {
      assert.match(text, /^LTV( \| | · )\d\d\.\d\d %$/m);
      assert.match(text, /^Rate( \| | · )5\.89 % a year$/m);
    }
    assert.match(list.map(face).at(-1) ?? '', /USDT \| LTV [\d.]+ % · [\d.]+ % a year$/);
    assert.match(tooltipOf(rowOf(rows(), 'legacy')), /^Owed together · 20\.0094206 SOL · [\d.]+ BTC · /);
    assert.ok(list.every((row) => row.tokens?.includes('legacyLoan') && row.about?.record !== undefined));
  });

  it('put what is overdue first, with the hours it has been, and call for somebody', async () => {
    assert.deepEqual(attentionOf(on.session, 'en'), []);
    await later(5 * 24);
    const list = under('legacy').map(face);
    assert.match(list[0] ?? '', /SOL \| overdue for \d+ h · LTV [\d.]+ % · /);
    assert.ok(list.slice(1).every((text) => !text.includes('overdue')));
    assert.match(face(rowOf(rows(), 'legacy')), /^Legacy loans \(5\) \| 1 overdue · [\d,.]+ USD$/);
    assert.equal(rowOf(rows(), 'legacy').icon?.id, 'error');
    assert.match(attentionOf(on.session, 'en').map(plain).join('\n'), /^[\d.]+ SOL overdue$/);
  });

  it('tell debts of other systems from the ones that can be taken up', async () => {
    const nothing = rowOf(rows(), 'debts');
    assert.equal(face(nothing), 'No flexible or fixed loan | click to borrow');
    await on.owe('BTC', '0.1', { USDT: '20000' });
    await on.run(on.desk.refresh());
    assert.equal(face(rowOf(rows(), 'debts')), 'Debts | 6,000.00 USD · flexible and fixed');
    for (const id of ['debts', 'collateral', 'interest']) {
      assert.match(tooltipOf(rowOf(rows(), id)), /the flexible and fixed loans/);
    }
    assert.match(tooltipOf(rowOf(rows(), 'debts')), /Other loans of the account/);
  });

  it('show the risk unit with what it owes, holds, and its lines', () => {
    assert.match(face(rowOf(rows(), 'unit')), /^Institutional unit \| LTV \d\d\.\d\d % · [\d,.]+ USD$/);
    const text = outline(under('unit')).join('\n');
    assert.match(text, /255,048\.9039 USDT \| principal 255,000 USDT · interest 48\.9039 USDT/);
    assert.match(text, /Liquidation from \| 90 % LTV/);
    assert.match(text, /100000007 \| designated, may repay/);
    assert.deepEqual(rowOf(rows(), 'unit').tokens, ['riskUnit']);
  });

  it('hide their amounts where amounts are hidden, and no rates, LTVs or dates', () => {
    const text = outline(veiledRows(rows())).join('\n');
    assert.doesNotMatch(text, /\d (USDT|USD|SOL|BTC|ETH|XRP)\b/);
    assert.match(text, /••• SOL \| due in 4 d · LTV \d\d\.\d\d %/);
  });
});
