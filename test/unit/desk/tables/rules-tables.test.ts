import assert from 'node:assert/strict';
import { getCollateralCoins } from '../../../../src/bybit/common';
import { decimal } from '../../../../src/bybit/decimal';
import { TransportError } from '../../../../src/bybit/errors';
import { plain, type Words, words } from '../../../../src/bybit/words';
import { type InsOffer, insProducts } from '../../../../src/desk/market/ins-products';
import { legacyMarket } from '../../../../src/desk/market/legacy-market';
import { collateralTable } from '../../../../src/desk/tables/collateral-table';
import { institutionalTable } from '../../../../src/desk/tables/institutional-table';
import { legacyTable } from '../../../../src/desk/tables/legacy-table';
import { listed } from '../../../../src/desk/tables/listed';
import { read } from '../../bybit/answers';
import { THRESHOLDS } from '../bench';
import { Documented } from '../documented';
import { named, reading } from './reading';

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

describe('the table of institutional products', () => {
  it('has a row a product, lines that are not used left out', async () => {
    const table = institutionalTable(await reading(insProducts(false), new Documented()), 'en');
    assert.equal(table.rows.length, 1);
    const [row] = named(table);
    assert.deepEqual(
      [row?.['product'], row?.['leverage'], row?.['liquidation'], row?.['stop'], row?.['withdraw']],
      ['91', '4', '0.75', '0.35', null],
    );
    // No contracts: neither leverage nor symbols. No whitelist of spot symbols: all of them.
    assert.deepEqual(
      [row?.['contractLeverage'], row?.['perpetuals'], row?.['spot']],
      [null, null, words('all')],
    );
    assert.deepEqual([row?.['whose'], row?.['type']], [words('public'), words('default')]);
  });

  it('names the coins that count as margin, and as many as a cell holds', async () => {
    const exchange = new Documented();
    exchange.replies.set('getInsMarginCoins', () => ({
      marginToken: [
        {
          productId: '91',
          tokenInfo: [
            { token: 'USDT', convertRatioList: [{ ladder: { from: '0', to: '500' }, convertRatio: '0.95' }] },
            { token: 'BTC', convertRatioList: [] },
            ...Array.from({ length: 200 }, (_, n) => ({ token: `COIN${n}`, convertRatioList: [] })),
          ],
        },
      ],
    }));
    const [row] = named(institutionalTable(await reading(insProducts(false), exchange), 'en'));
    const text = plain(row?.['margin'] as Words);
    assert.match(text, /^USDT 95 %, BTC, COIN0, .* and \d+ more$/);
    assert.ok(text.length < 1000);
    assert.deepEqual(listed(['X'.repeat(2000)]), words('{0} names', '1'));
    assert.equal(listed([]), null);
  });

  it('has those of the own risk unit first, asked for with a signature', async () => {
    const signed: string[] = [];
    const exchange = new Documented();
    const ask = exchange.call.bind(exchange);
    exchange.call = async (endpoint, request) => {
      if (endpoint.auth) signed.push(endpoint.id);
      return await ask(endpoint, request);
    };
    const offers = await reading(insProducts(true), exchange);
    assert.deepEqual(signed.sort(), ['getInsMarginCoins', 'getInsProductInfo']);
    assert.deepEqual(
      offers.map(({ isOwn, product }) => [isOwn, product.productId]),
      [[true, '91']],
      'what the unit has is not shown again as public',
    );
    assert.notEqual(insProducts(true).key, insProducts(false).key);
  });

  it('has the public ones also where the unit’s own cannot be read', async () => {
    const exchange = new Documented();
    const ask = exchange.call.bind(exchange);
    exchange.call = async (endpoint, request) => {
      if (endpoint.auth)
        throw new TransportError({
          endpoint: endpoint.id,
          effect: 'none',
          words: words('No.'),
          httpStatus: 502,
        });
      return await ask(endpoint, request);
    };
    const told: (readonly InsOffer[])[] = [];
    await assert.rejects(
      reading(insProducts(true), exchange, (value) => told.push(value)),
      TransportError,
    );
    assert.deepEqual(
      told.map((offers) => offers.map(({ isOwn, product }) => [isOwn, product.productId])),
      [[[false, '91']]],
    );
  });
});
