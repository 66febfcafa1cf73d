import assert from 'node:assert/strict';
import { decimal, gt, ZERO } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import { recordsCsv } from '../../../../src/desk/records/export';
import { RecordReader } from '../../../../src/desk/records/reader';
import { RECORD_SOURCES } from '../../../../src/desk/records/sources';
import { type Bench, bench } from '../../ui/flows/bench';

describe('the histories of the exchange', () => {
  let on: Bench;

  beforeEach(async () => {
    on = await bench();
    await on.run(on.desk.refresh());
  });

  afterEach(() => on.close());

  async function everything(): Promise<RecordReader> {
    const reader = new RecordReader({
      sources: RECORD_SOURCES,
      ask: (question, signal) => on.desk.ask(question, signal),
      locale: 'en',
    });
    for (let rounds = 0; !reader.isComplete && rounds < 50; rounds += 1) await on.run(reader.more());
    return reader;
  }

  it('tell what was done in every system, each once', async () => {
    await on.owe('BTC', '0.1', { USDT: '10000' });
    await on.sent({ kind: 'flexible.repay', params: { coin: 'BTC', amount: decimal('0.04') } });
    await on.sent({
      kind: 'common.adjustCollateral',
      params: { coin: 'USDT', amount: decimal('500'), direction: 'add' },
    });
    await on.sent({
      kind: 'fixed.supply',
      params: {
        coin: 'USDT',
        amount: decimal('1000'),
        annualRate: decimal('0.9'),
        term: '30',
        source: 'funding',
      },
    });
    const { records, failures } = await everything();
    assert.deepEqual(failures, []);
    const told = records.map(({ system, kind, coin, amount, what, state }) =>
      [system, kind, coin, amount ?? '–', plain(what), state].join(' '),
    );
    for (const line of [
      'flexible borrow BTC 0.1 Borrowed done',
      'flexible repay BTC 0.04 Repaid by you done',
      'common collateral USDT 500 Collateral added done',
      'fixed order USDT 1000 Supply order placed running',
    ]) {
      assert.equal(told.filter((each) => each === line).length, 1, `${line}\n${told.join('\n')}`);
    }
    const times = records.map(({ time }) => time);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => b - a),
    );
  });

  it('name interest of a unit that was paid alone, with how much it was', async () => {
    const { records } = await everything();
    const repaid = records.filter(({ system, kind }) => system === 'institutional' && kind === 'repay');
    assert.ok(repaid.every(({ amount }) => amount !== undefined && gt(amount, ZERO)));
    const [interest, principal] = ['Interest paid', 'Repaid by you'].map((text) =>
      repaid.filter(({ what }) => plain(what) === text),
    );
    assert.ok(interest?.length && principal?.length, repaid.map(({ what }) => plain(what)).join());
    assert.ok(interest.every(({ details }) => details.length === 0));
    assert.ok(principal.every(({ details }) => /^with interest /.test(details.map(plain).join())));
  });

  it('are exported as a table with exact amounts', async () => {
    await on.owe('BTC', '0.1', { USDT: '10000' });
    const { records } = await everything();
    const lines = recordsCsv(records, { label: '=Main', environment: 'paper' }).split('\r\n');
    assert.equal(lines[0], '\ufefftime,environment,account,system,kind,coin,amount,what,state,details,id');
    const borrowed = lines.find((line) => line.includes(',flexible,borrow,BTC,'));
    assert.match(
      borrowed ?? '',
      /^2026-03-02T10:20:\d\d\.\d{3}Z,paper,'=Main,flexible,borrow,BTC,0\.1,Borrowed,done,,\d+$/,
    );
  });
});
