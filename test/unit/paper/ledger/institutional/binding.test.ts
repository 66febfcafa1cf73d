import assert from 'node:assert/strict';
import { createWorld } from '../../../../../src/paper/systems/systems';
import { bench, INS, keyOf, MAIN, SEED } from '../../bench';
import { envelopeOf, type Signer, signed } from '../../signed';

const UID = 100_000_000 + createWorld(SEED).market.seed;
const SUB: Signer = { apiKey: 'SUBKEY', secret: 'sub-secret' };

describe('binding UIDs to the risk unit', () => {
  const cases: readonly (readonly [why: string, uid: number, operate: string, code: number])[] = [
    ['a free UID of the account', 3, '0', 0],
    ['one that is bound already', 1, '0', 3777002],
    ['the designated one, which always is', 0, '0', 3777002],
    ['one without UTA Pro', 6, '0', 3777007],
    ['one whose leverage cannot be closed', 7, '0', 3777027],
    ['one with pre-market orders', 8, '0', 3777029],
    ['one with Copy Trading Pro', 9, '0', 3777030],
    ['one with loans of its own', 10, '0', 3777005],
    ['a stranger', 4711, '0', 3777006],
    ['a bound one, to be let go', 2, '1', 0],
    ['one that is not bound, to be let go', 3, '1', 3777003],
    ['the designated one, to be let go', 0, '1', 3777004],
    ['an operation there is not', 3, '2', 10001],
  ];
  for (const [why, distance, operate, code] of cases) {
    it(`answers ${code} for ${why}`, async () => {
      const desk = bench();
      const uid = String(UID + distance);
      const before = (await desk.state()).institutional.bound;
      const answer = await desk.post(INS.bind, { uid, operate });
      assert.equal(answer.retCode, code, answer.retMsg);
      const after = (await desk.state()).institutional.bound;
      if (code === 0) {
        assert.deepEqual(answer.result, { uid, operate });
        assert.equal(after.includes(uid), operate === '0');
      } else assert.deepEqual(after, before);
    });
  }

  it('shows in the unit, and takes a UID again once it was let go', async () => {
    const desk = bench();
    const uid = String(UID + 2);
    assert.equal((await desk.post(INS.bind, { uid, operate: '1' })).retCode, 0);
    const shown = async (): Promise<unknown> =>
      ((await desk.get(INS.ltv)).result['ltvInfo'] as Record<string, unknown>[])[0]?.['subAccountUids'];
    assert.deepEqual(await shown(), [String(UID + 1)]);
    assert.equal((await desk.post(INS.bind, { uid, operate: '0' })).retCode, 0);
    assert.deepEqual(await shown(), [String(UID + 1), uid]);
  });

  it('is open to bound UIDs, but not for themselves; repaying is for the designated one alone', async () => {
    const desk = bench({ keys: [keyOf(MAIN), keyOf(SUB, { uid: UID + 1 })] });
    const as = async (path: string, body: unknown): Promise<number> => {
      desk.pass(1000);
      const request = signed(SUB, desk.now(), 'POST', path, JSON.stringify(body));
      return envelopeOf(await desk.core.handle(request)).retCode;
    };
    assert.equal(await as(INS.repay, { token: 'USDT', quantity: '1' }), 3777042);
    assert.equal(await as(INS.bind, { uid: String(UID + 1), operate: '1' }), 3777042);
    assert.equal(await as(INS.bind, { uid: String(UID + 2), operate: '1' }), 0);
    assert.equal((await desk.post(INS.bind, { uid: String(UID + 1), operate: '1' })).retCode, 0);
    assert.equal(
      await as(INS.bind, { uid: String(UID + 3), operate: '0' }),
      3777042,
      'no longer of the unit',
    );
  });
});

describe('institutional products', () => {
  const idsOf = (answer: { result: Record<string, unknown> }): readonly unknown[] =>
    Object.values(answer.result)
      .flat()
      .map((row) => (row as Record<string, unknown>)['productId']);

  it('are public ones unsigned and the unit’s own when signed', async () => {
    const desk = bench();
    for (const path of [INS.products, INS.margin, INS.marginOld]) {
      const open = { method: 'GET', path, query: '', headers: {}, body: '' };
      assert.deepEqual(idsOf(envelopeOf(await desk.core.handle(open))), ['81', '82', '91'], path);
      assert.deepEqual(idsOf(await desk.get(path)), ['96', '97'], path);
      assert.deepEqual(idsOf(await desk.get(path, 'productId=97')), ['97'], path);
      assert.deepEqual(idsOf(await desk.get(path, 'productId=81')), [], path);
      const wrong = signed({ ...MAIN, secret: 'wrong' }, desk.now(), 'GET', path);
      assert.equal(envelopeOf(await desk.core.handle(wrong)).retCode, 10004, 'a signature is checked');
    }
  });

  it('hold their limit also unsigned: 100 a second', async () => {
    const desk = bench();
    const open = { method: 'GET', path: INS.products, query: '', headers: {}, body: '' };
    const codes = new Map<number, number>();
    for (let n = 0; n < 102; n++) {
      const { retCode } = envelopeOf(await desk.core.handle(open));
      codes.set(retCode, (codes.get(retCode) ?? 0) + 1);
    }
    assert.deepEqual(
      [...codes],
      [
        [0, 100],
        [10006, 2],
      ],
    );
  });

  it('name the lines that the orders made under them name', async () => {
    const desk = bench();
    const products = (await desk.get(INS.products)).result['marginProductInfo'] as Record<string, unknown>[];
    const orders = (await desk.get(INS.orders)).result['loanInfo'] as Record<string, unknown>[];
    for (const order of orders) {
      const product = products.find((one) => one['productId'] === order['orderProductId']);
      for (const line of ['liquidationLine', 'stopLiquidationLine', 'deferredLiquidationLine']) {
        assert.equal(order[line], product?.[line], line);
      }
      assert.equal(
        order['supportSpot'],
        String(product?.['supportSpot']),
        'text in orders, numbers in products',
      );
    }
  });
});
