import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import type { Condition } from '../../../../src/desk/watch/event';
import type { Observation, WatchedPool } from '../../../../src/desk/watch/observation';
import { holdsAt, ladderOf, ltvReport } from '../../../../src/desk/watch/rules/ltv';
import { blindPools, poolReports } from '../../../../src/desk/watch/rules/pools';
import { observation, sight } from './observations';

const d = decimal;
const UNKNOWN = observation({
  pools: { legacy: sight(undefined), institutional: sight(undefined) },
  ltv: undefined,
});

/** What a condition would say when it begins and when it ends. */
function said({ event, ending }: Condition) {
  return {
    key: event.key,
    severity: event.severity,
    title: plain(event.title),
    detail: plain(event.detail),
    help: event.help,
    over: ending === undefined ? undefined : [plain(ending.title), plain(ending.detail)],
  };
}

describe('the levels of an LTV', () => {
  const levels = (seen: Observation, ladder: readonly string[] = ['0.75', '0.85']) =>
    ltvReport(
      seen,
      ladder.map((level) => d(level)),
      'en',
    )?.conditions ?? [];
  const keys = (ladder: readonly string[]) => levels(observation(), ladder).map(({ event }) => event.key);

  it('are the person’s own and the exchange’s lines, ascending, each once', () => {
    assert.deepEqual(keys(['0.75', '0.85']), ['ltv:0.75', 'ltv:0.85', 'ltv:0.93', 'ltv:0.95']);
    assert.deepEqual(keys(['0.94', '0.95', '0.99']), ['ltv:0.93', 'ltv:0.94', 'ltv:0.95', 'ltv:0.99']);
    assert.deepEqual(keys([]), ['ltv:0.93', 'ltv:0.95']);
    assert.deepEqual(levels(UNKNOWN), []);
  });

  it('hold from the level on, and end a point under it', () => {
    const at = (ltv: string) => holdsAt(d(ltv), d('0.8'));
    assert.deepEqual(['0.8', '0.800001', '0.799999', '0.79', '0.789999'].map(at), [
      'yes',
      'yes',
      'hold',
      'hold',
      'no',
    ]);
    assert.equal(holdsAt(undefined, d('0.8')), 'no');
  });

  it('are critical from the margin call on, and named as lines from that of liquidation on', () => {
    const all = levels(observation({ ltv: d('0.9612') }), ['0.8499', '0.85', '0.92', '0.99']).map(said);
    assert.deepEqual(
      all.map(({ severity, title }) => [severity, title]),
      [
        ['warning', 'LTV 96.12 %: it has reached 84.99 %'],
        ['critical', 'LTV 96.12 %: it has reached 85.00 %'],
        ['critical', 'LTV 96.12 %: it has reached 92.00 %'],
        ['critical', 'LTV 96.12 %: the line of liquidation at 93.00 % is reached'],
        ['critical', 'LTV 96.12 %: the line of liquidation at 95.00 % is reached'],
        ['critical', 'LTV 96.12 %: the line of liquidation at 99.00 % is reached'],
      ],
    );
    assert.match(all[0]?.detail ?? '', /^Collateral is sold at 95\.00 %\./);
  });

  it('say what the LTV is when they are over, or that nothing is owed', () => {
    const over = (ltv: Observation['ltv']) => levels(observation({ ltv })).map((one) => said(one).over)[0];
    assert.deepEqual(over(d('0.7312')), ['LTV back under 75.00 %', 'It is 73.12 % now.']);
    assert.deepEqual(over('none'), ['LTV back under 75.00 %', 'Nothing is owed any more.']);
  });

  it('are taken from what a person typed: above nothing and up to all of it', () => {
    const typed = ['100', '0.5', '1', '0', '100.1', '-1', '80', '80'].map((text) => d(text));
    assert.deepEqual(ladderOf(typed), ['0.005', '0.01', '0.8', '1']);
  });
});

describe('the lines of a pool of its own', () => {
  const POOL: WatchedPool = {
    id: '7',
    name: 'BTC / USDT',
    ltv: d('0.8812'),
    marginCall: d('0.87'),
    liquidation: d('0.95'),
  };
  const of = (system: 'legacy' | 'institutional', change: Partial<WatchedPool> = {}) => {
    const pools = { legacy: sight([]), institutional: sight([]), [system]: sight([{ ...POOL, ...change }]) };
    const report = poolReports(observation({ pools }), 'en').find((one) => one?.scope === `pool:${system}`);
    return report?.conditions ?? [];
  };

  it('warn at the margin call and are grave at the liquidation, with what helps', () => {
    const help = [{ deed: 'addCollateral', loanId: '7' }];
    const detail = 'It is liquidated at 95.00 %.';
    assert.deepEqual(of('legacy').map(said), [
      {
        key: 'pool:legacy:7:warning',
        severity: 'warning',
        title: 'BTC / USDT: LTV 88.12 %, the line is 87.00 %',
        detail,
        help,
        over: undefined,
      },
      {
        key: 'pool:legacy:7:liquidation',
        severity: 'critical',
        title: 'BTC / USDT: LTV 88.12 %, the line is 95.00 %',
        detail,
        help,
        over: undefined,
      },
    ]);
    assert.deepEqual(said(of('institutional')[0] as Condition).help, [{ deed: 'repay' }]);
    assert.deepEqual(
      of('legacy').map(({ holds }) => holds),
      ['yes', 'no'],
    );
  });

  it('warn five points before the liquidation where there is no margin call', () => {
    const titles = of('institutional', { marginCall: undefined, liquidation: d('0.75') }).map(
      (one) => said(one).title,
    );
    assert.deepEqual(titles, [
      'BTC / USDT: LTV 88.12 %, the line is 70.00 %',
      'BTC / USDT: LTV 88.12 %, the line is 75.00 %',
    ]);
  });

  it('are those of any rule where none is known, and that is said', () => {
    const detail =
      'The rules of the exchange name no line for it. At 100 % the collateral is worth no more than the debt.';
    const [warning, worst] = of('legacy', { ltv: d('0.96'), marginCall: undefined, liquidation: undefined });
    assert.deepEqual([warning?.holds, worst?.holds], ['yes', 'no']);
    for (const one of [warning, worst]) {
      const { title, detail: told } = said(one as Condition);
      assert.deepEqual([title, told], ['BTC / USDT: LTV 96.00 %, its line is not known', detail]);
    }
    const reached = of('legacy', { ltv: d('1'), marginCall: undefined, liquidation: undefined });
    assert.equal(reached[1]?.holds, 'yes');
  });

  it('neither begin nor end while the LTV is hidden, and say nothing while nothing was read', () => {
    assert.deepEqual(
      of('legacy', { ltv: undefined }).map(({ holds, event }) => [holds, plain(event.title)]),
      [
        ['hold', 'BTC / USDT: LTV , the line is 87.00 %'],
        ['hold', 'BTC / USDT: LTV , the line is 95.00 %'],
      ],
    );
    assert.deepEqual(poolReports(UNKNOWN, 'en'), [undefined, undefined]);
  });
});

describe('blindness to pools of their own', () => {
  const legacy = (parts: Parameters<typeof sight>[1], shared = 0, pools?: []) =>
    blindPools(
      observation({
        failedPolls: shared,
        pools: { legacy: sight(pools, parts), institutional: sight([]) },
      }),
    )[0] as Condition;

  it('begins with the third poll that fails, and not where nothing is owed', () => {
    const holds = (failedPolls: number, isOwed: boolean) => legacy({ failedPolls, isOwed }).holds;
    assert.deepEqual([holds(2, true), holds(3, true), holds(4, true)], ['hold', 'yes', 'yes']);
    assert.deepEqual([holds(3, false), holds(9, false)], ['hold', 'hold']);
    assert.equal(legacy({ isOwed: true }, 0, []).holds, 'no');
  });

  it('of what was never read matters while the rest of the account can be read', () => {
    const never = { failedPolls: 3, isOwed: false, readAt: undefined };
    assert.deepEqual(
      [legacy(never).holds, legacy(never, 1).holds, legacy({ ...never, isOwed: true }, 1).holds],
      ['yes', 'hold', 'yes'],
    );
    assert.equal(legacy({ ...never, failedPolls: 2 }).holds, 'hold');
  });

  it('is said with the position, once, where that went dark at the same time', () => {
    const holds = (failedPolls: number, shared: number) =>
      legacy({ failedPolls, isOwed: true }, shared).holds;
    assert.deepEqual([holds(3, 3), holds(3, 2), holds(4, 9), holds(3, 0)], ['hold', 'hold', 'hold', 'yes']);
    assert.deepEqual([holds(3, 1), holds(9, 7)], ['yes', 'yes'], 'it was dark before');
  });

  it('says since when, and what helps', () => {
    const told = said(legacy({ failedPolls: 3, isOwed: true }));
    assert.equal(told.severity, 'critical');
    assert.match(told.title, /legacy loans or their lines cannot be read: their LTV alarms are blind/);
    assert.match(told.detail, /^It was last read 2027-01-15 08:00 UTC\.$/);
    assert.deepEqual(told.help, [{ deed: 'refresh' }]);
    assert.deepEqual(told.over, ['The legacy loans and their lines are read again', told.detail]);
    assert.equal(said(legacy({ readAt: undefined })).detail, 'It was never read.');
    const [, unit] = blindPools(UNKNOWN);
    assert.match(unit === undefined ? '' : said(unit).title, /risk unit or its lines cannot be read/);
  });
});
