import assert from 'node:assert/strict';
import { getCollateralCoins } from '../../../../src/bybit/common';
import { decimal } from '../../../../src/bybit/decimal';
import { TransportError } from '../../../../src/bybit/errors';
import { plain, words } from '../../../../src/bybit/words';
import { legacyMarket } from '../../../../src/desk/market/legacy-market';
import type { Reading, Topic } from '../../../../src/desk/market/topic';
import { collateralTable } from '../../../../src/desk/tables/collateral-table';
import { legacyTable } from '../../../../src/desk/tables/legacy-table';
import type { Table } from '../../../../src/desk/tables/table';
import { read } from '../../bybit/answers';
import { THRESHOLDS } from '../bench';
import { Documented } from '../documented';

/** Reads a topic as the market does when nobody stops it. */
async function reading<T>(topic: Topic<T>, exchange: Documented): Promise<T> {
  const how: Reading<T> = {
    before: undefined,
    signal: new AbortController().signal,
    now: () => 0,
    tell: () => undefined,
  };
  return await topic.read(exchange, how);
}

/** Cells by the id of their column. */
function named({ columns, rows }: Table): readonly Readonly<Record<string, unknown>>[] {
  return rows.map(({ cells }) => Object.fromEntries(columns.map(({ id }, index) => [id, cells[index]])));
}

describe('the collateral table', () => {
  const lines = { initial: decimal('0.8'), liquidation: decimal('0.95') };

  it('has a row a tier of every coin, in the order of a liquidation, the last tier open', () => {
    const table = collateralTable(read(getCollateralCoins), lines, 'en');
    const rows = named(table);
    assert.equal(rows.length, 16);
    assert.deepEqual(rows[0], {
      coin: 'BTC',
      from: '0',
      to: '10000',
      counts: '0.8',
      haircut: '0.2',
      borrow: '0.64',
      liquidation: '0.76',
      order: '1',
    });
    assert.deepEqual(
      rows.slice(0, 5).map(({ coin, from, to, order }) => [coin, from, to, order]),
      [
        ['BTC', '0', '10000', '1'],
        ['BTC', '10000', '20000', '1'],
        ['BTC', '20000', '30000', '1'],
        ['BTC', '30000', null, '1'],
        ['ATOM', '0', '10000', null],
      ],
    );
    assert.equal(new Set(table.rows.map(({ id }) => id)).size, 16);
  });

  it('says on which line its LTVs rest', () => {
    const { columns } = collateralTable(
      read(getCollateralCoins),
      { ...THRESHOLDS, initial: decimal('0.75') },
      'de',
    );
    const hint = columns.find(({ id }) => id === 'borrow')?.hint;
    assert.match(plain(hint ?? words('')), /at the initial LTV of 75 %/);
  });
});

describe('the legacy table', () => {
  it('joins what a coin costs and what it secures, rates by the year', async () => {
    const table = legacyTable(await reading(legacyMarket('VIP0'), new Documented()));
    const [usdt, eth] = named(table);
    assert.equal(usdt?.['coin'], 'USDT');
    // 0.0000090346 an hour, 8760 hours.
    assert.equal(usdt?.['flexible'], '0.079143096');
    assert.deepEqual([usdt?.['term90'], usdt?.['initial']], [null, null]);
    assert.deepEqual([usdt?.['minimum'], usdt?.['maximum']], ['20', '8000000']);
    assert.deepEqual(
      [
        eth?.['coin'],
        eth?.['flexible'],
        eth?.['initial'],
        eth?.['marginCall'],
        eth?.['liquidation'],
        eth?.['pledge'],
      ],
      ['ETH', null, '0.8', '0.87', '0.95', '32000'],
    );
    assert.ok(
      table.rows.every(({ deed }) => deed === undefined),
      'nothing legacy can be begun',
    );
  });

  it('is empty where the host has no legacy loans, and fails where it fails', async () => {
    const exchange = new Documented();
    const error = (httpStatus: number) =>
      new TransportError({
        endpoint: 'getLegacyLoanableCoins',
        effect: 'none',
        words: words('No.'),
        httpStatus,
      });
    exchange.replies.set('getLegacyLoanableCoins', error(404));
    assert.equal(legacyTable(await reading(legacyMarket('VIP0'), exchange)).rows.length, 0);
    exchange.replies.set('getLegacyLoanableCoins', error(502));
    await assert.rejects(reading(legacyMarket('VIP0'), exchange), TransportError);
  });
});
