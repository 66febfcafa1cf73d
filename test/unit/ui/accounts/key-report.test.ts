import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getApiKeyInfo, type KeyInfo } from '../../../../src/bybit/account';
import { readEnvelope, readResult } from '../../../../src/bybit/envelope';
import { plain } from '../../../../src/bybit/words';
import { keyFacts, keyRefusal } from '../../../../src/ui/accounts/key-report';

const FILE = join(__dirname, '../../../../../../test/data/responses/getApiKeyInfo.json');
const DOCUMENTED: KeyInfo = readResult(
  getApiKeyInfo,
  readEnvelope(getApiKeyInfo, readFileSync(FILE, 'utf8')).result,
);

function factsOf(change: Partial<KeyInfo>): readonly string[] {
  return keyFacts({ ...DOCUMENTED, ...change }).map(
    ({ words, isWarning }) => `${isWarning ? '! ' : ''}${plain(words)}`,
  );
}

describe('what is told of a key', () => {
  it('tells the documented key', () => {
    assert.equal(keyRefusal(DOCUMENTED), undefined);
    assert.deepEqual(factsOf({}), [
      'Reads only: the desk shows, and offers no borrowing or repaying',
      'Permissions: ContractTrade (Order, Position), Spot (SpotTrade), Wallet (AccountTransfer, SubMemberTransfer), Derivatives (DerivativesTrade), Exchange (ExchangeHistory), Earn (Earn), FiatP2P (FiatP2POrder, Advertising), FiatConvertBroker (FiatConvertBrokerOrder), FiatBitPay (FaitPayOrder), BitCard (BitCard), ByXPost (ByXPost)',
      'Bound to the IP addresses 18.181.170.164, 13.212.45.47, 13.212.45.48',
      'Does not expire, since it is bound to addresses',
      'User 1448939, PRO-1',
      'Its name at the exchange: testnet',
    ]);
  });

  it('tells a key that may borrow from one without the permission for it', () => {
    assert.equal(factsOf({ readOnly: 0 })[0], 'Reads and writes: the desk can borrow and repay with it');
    const without = factsOf({ readOnly: 0, permissions: { Spot: [], Wallet: null } });
    assert.equal(without[0], '! Spot trade is missing: the desk shows, and cannot borrow or repay with it');
    assert.equal(without[1], '! Permissions: none');
  });

  it('warns of a key that works from anywhere, and says when it ends', () => {
    for (const ips of [['*'], [], null]) {
      const facts = factsOf({ ips, deadlineDay: 83, expiredAt: '2026-05-24T03:20:45Z' });
      assert.equal(facts[2], '! Not bound to an IP address: whoever has the key can use it from anywhere');
      assert.equal(facts[3], '! Expires in 83 days, on 2026-05-24 (UTC)');
    }
    const unbound = { ips: ['*'] };
    assert.equal(factsOf({ ...unbound, deadlineDay: 5 })[3], '! Expires in 5 days');
    const dated = { deadlineDay: -2, expiredAt: '2026-05-24T03:20:45Z' };
    assert.equal(factsOf({ ...unbound, ...dated })[3], '! Expires on 2026-05-24 (UTC)');
    assert.equal(factsOf({ ...unbound, deadlineDay: -2 })[3], 'When it expires is not known');
  });

  it('names a sub-account', () => {
    assert.ok(factsOf({ isMaster: false, vipLevel: 'No VIP' }).includes('Sub-account, user 1448939, No VIP'));
  });

  it('refuses a key that may withdraw, whatever the area is called', () => {
    for (const permissions of [
      { Wallet: ['AccountTransfer', 'Withdraw'] },
      { Spot: ['SpotTrade'], Wallet: null, Funds: ['SubMemberWithdrawal'] },
    ]) {
      assert.match(keyRefusal({ ...DOCUMENTED, permissions })?.text ?? '', /may withdraw/);
    }
  });
});
