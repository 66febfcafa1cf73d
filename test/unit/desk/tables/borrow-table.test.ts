import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import { pastOfCoin } from '../../../../src/desk/history/past';
import { borrowTable } from '../../../../src/desk/tables/borrow-table';
import { costTable } from '../../../../src/desk/tables/cost-table';
import { loanable } from '../fake/market';

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 10, 1);

describe('the borrow table', () => {
  const window = { from: T0, to: T0 + 30 * DAY };
  /** What stands of a coin that was recorded over so many of the last days. */
  const shown = (days: number) => {
    const read = { from: window.to - days * DAY, to: window.to };
    const series = days === 0 ? [] : [{ time: read.from, rate: decimal('0.9') }];
    const past = new Map([['BTC', pastOfCoin(series, [read], window)]]);
    const { columns, rows } = borrowTable([loanable('BTC')], past);
    const at = columns.findIndex(({ id }) => id === 'past');
    return rows[0]?.cells.slice(at, at + 2);
  };

  it('has a dash beside a rate whose past is not known well enough, and says why in the head', () => {
    assert.equal(shown(3)?.[0], '100');
    assert.equal(shown(2)?.[0], null);
    assert.notEqual(shown(2)?.[1], null);
    assert.deepEqual(shown(0), [null, null]);
    const hintOf = (id: string) => {
      const { hint } = borrowTable([]).columns.find((column) => column.id === id) ?? {};
      return hint === undefined ? '' : plain(hint);
    };
    assert.match(hintOf('past'), /A dash: fewer than 3 of these days are recorded here, or the VIP level/);
    assert.match(hintOf('spark'), /A dash: nothing was, or the VIP level is not your own/);
  });

  it('begins a flexible loan of a coin, a fixed one where that alone is offered, and else nothing', () => {
    const deedOf = (flexibleBorrowable: boolean, fixedBorrowable: boolean) => {
      const coins = [{ ...loanable('BTC'), flexibleBorrowable, fixedBorrowable }];
      const ask = { amount: decimal('1'), coin: 'BTC', days: 30 };
      const costs = costTable(coins, { ask, prices: new Map(), offers: new Map(), locale: 'en' });
      const [{ deed } = {}] = borrowTable(coins).rows;
      assert.deepEqual(costs.rows[0]?.deed, deed);
      return deed;
    };
    assert.deepEqual(deedOf(true, true), { kind: 'borrow', coin: 'BTC' });
    assert.deepEqual(deedOf(false, true), { kind: 'borrowFixed', coin: 'BTC' });
    assert.equal(deedOf(false, false), undefined);
  });
});
