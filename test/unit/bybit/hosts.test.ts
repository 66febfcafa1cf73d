import assert from 'node:assert/strict';
import fc from 'fast-check';
import { baseUrlOf, HOSTS, mayCall, PAPER_URL } from '../../../src/bybit/hosts';

/** API.md §1, without the demo host (no loans) and the Dutch one (withdrawn). */
const MAINNET = [
  'api.bybit.com',
  'api.bytick.com',
  'api.bybit.eu',
  'api.bybit.tr',
  'api.bybit.kz',
  'api.bybitgeorgia.ge',
  'api.bybit.ae',
  'api.bybit.id',
  'api.manepa.jp',
  'api.spark-fintech.com',
];
const TESTNET = ['api-testnet.bybit.com', 'api-testnet.manepa.jp', 'api-testnet.spark-fintech.com'];

describe('hosts', () => {
  it('are the documented ones', () => {
    const of = (wanted: string) =>
      HOSTS.filter(({ environment }) => environment === wanted).map(({ host }) => host);
    assert.deepEqual(of('mainnet'), MAINNET);
    assert.deepEqual(of('testnet'), TESTNET);
  });

  it('belong to one environment, over https; loopback is 127.0.0.1 with a port', () => {
    for (const { host, environment } of HOSTS) {
      assert.equal(baseUrlOf({ environment, host }), `https://${host}`);
      const other = environment === 'mainnet' ? 'testnet' : 'mainnet';
      assert.throws(() => baseUrlOf({ environment: other, host }), RangeError);
      assert.throws(() => baseUrlOf({ environment: 'loopback', host }), RangeError);
      assert.throws(() => baseUrlOf({ environment: 'paper', host }), RangeError);
    }
    assert.equal(baseUrlOf({ environment: 'loopback', host: '127.0.0.1:8080' }), 'http://127.0.0.1:8080');
  });

  const CUNNING = [
    '',
    'paper',
    'localhost:80',
    '127.0.0.1',
    '127.0.0.1:0',
    '127.0.0.1:99999',
    '127.0.0.1:80/',
    '127.0.0.1:80@evil.example',
    '127.0.0.2:80',
    '0.0.0.0:80',
    '[::1]:80',
    '127.0.0.1:80#',
    '127.0.0.1:80\n',
    'api.bybit.com.evil.example',
    'api.bybit.com:443',
    'API.BYBIT.COM',
    'evil.example/api.bybit.com',
    'api.bybit.com/',
    ' api.bybit.com',
    'api.bybit.com ',
    'api.bybit.nl',
    'api-demo.bybit.com',
    'user@api.bybit.com',
    'аpi.bybit.com',
  ];

  it('refuse every other name, however alike', () => {
    for (const host of CUNNING) {
      for (const environment of ['mainnet', 'testnet', 'loopback', 'paper', 'production', '__proto__']) {
        assert.throws(() => baseUrlOf({ environment, host }), RangeError, `${environment} ${host}`);
      }
    }
    fc.assert(
      fc.property(
        fc.webAuthority(),
        fc.constantFrom('mainnet', 'testnet', 'loopback'),
        (host, environment) => {
          assert.throws(() => baseUrlOf({ environment, host }), RangeError);
        },
      ),
    );
  });

  it('are looked at once more before a request leaves', () => {
    for (const { host } of HOSTS) {
      assert.ok(mayCall(`https://${host}`));
      assert.ok(!mayCall(`http://${host}`));
      assert.ok(!mayCall(`https://${host}/`));
      assert.ok(!mayCall(`https://${host}.evil.example`));
    }
    assert.ok(mayCall(PAPER_URL) && mayCall('http://127.0.0.1:1234'));
    for (const host of CUNNING) {
      assert.ok(!mayCall(`https://${host}`), host);
      assert.ok(!mayCall(`http://${host}`), host);
    }
  });
});
