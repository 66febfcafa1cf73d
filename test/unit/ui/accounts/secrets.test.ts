import assert from 'node:assert/strict';
import type { Credentials } from '../../../../src/bybit/exchange';
import type { Account } from '../../../../src/desk/account';
import { AccountSecrets } from '../../../../src/ui/accounts/secrets';
import { Redactor } from '../../../../src/ui/redactor';
import { FakeSecretStorage } from '../fake-secret-storage';

const ACCOUNT: Account = {
  id: 'acc-1',
  label: 'Test',
  environment: 'testnet',
  host: 'api-testnet.bybit.com',
};
const KEY: Credentials = { apiKey: 'testApiKey001', secret: 'testSecretValue0123456789', type: 'hmac' };

describe('secrets of accounts', () => {
  let storage: FakeSecretStorage;
  let redactor: Redactor;
  let secrets: AccountSecrets;

  beforeEach(() => {
    storage = new FakeSecretStorage();
    redactor = new Redactor();
    secrets = new AccountSecrets(storage, redactor);
  });

  it('gives back what was stored', async () => {
    assert.equal(await secrets.store(ACCOUNT, KEY), true);
    assert.deepEqual(await secrets.read(ACCOUNT), { kind: 'found', credentials: KEY });
  });

  it('names the entry so that it tells nothing of account or key', async () => {
    await secrets.store(ACCOUNT, KEY);
    const [name = ''] = storage.kept.keys();
    assert.match(name, /^key\.[0-9a-f]{16}$/);
  });

  it('tells a key that is lost from a storage that fails', async () => {
    assert.deepEqual(await secrets.read(ACCOUNT), { kind: 'lost' });
    storage.rejects = true;
    assert.deepEqual(await secrets.read(ACCOUNT), { kind: 'unreadable' });
  });

  it('waits for no storage that never answers', async () => {
    storage.hangs = true;
    const impatient = new AccountSecrets(storage, redactor, 1);
    assert.deepEqual(await impatient.read(ACCOUNT), { kind: 'unreadable' });
    await assert.rejects(impatient.store(ACCOUNT, KEY), /did not answer/);
    await assert.rejects(impatient.remove(ACCOUNT.id), /did not answer/);
    // It takes the key and is silent when it should give it back.
    storage.hangs = false;
    storage.get = () => new Promise(() => undefined);
    await assert.rejects(impatient.store(ACCOUNT, KEY), /did not answer/);
  });

  it('tells whether a key in use still is the one that is kept', async () => {
    const isKept = () => secrets.isKept(ACCOUNT, KEY);
    await secrets.store(ACCOUNT, KEY);
    assert.equal(await isKept(), true);
    storage.rejects = true;
    assert.equal(await isKept(), true, 'a storage that fails says nothing against it');
    storage.rejects = false;
    storage.hangs = true;
    assert.equal(await new AccountSecrets(storage, redactor, 1).isKept(ACCOUNT, KEY), true);
    storage.hangs = false;
    await secrets.store(ACCOUNT, { ...KEY, secret: 'anotherSecret0123456789' });
    assert.equal(await isKept(), false, 'replaced');
    for (const [name, text] of storage.kept) storage.kept.set(name, text.slice(0, text.length >> 1));
    assert.equal(await isKept(), false, 'half of it');
    await secrets.store({ ...ACCOUNT, host: 'api-testnet.manepa.jp' }, KEY);
    assert.equal(await isKept(), false, 'for another host');
    await secrets.remove(ACCOUNT.id);
    assert.equal(await isKept(), false, 'removed');
  });

  it('says so when the storage took the key and does not give it back', async () => {
    storage.forgets = true;
    assert.equal(await secrets.store(ACCOUNT, KEY), false);
  });

  it('rejects when the storage refuses to keep or to delete', async () => {
    storage.rejects = true;
    await assert.rejects(secrets.store(ACCOUNT, KEY));
    await assert.rejects(secrets.remove(ACCOUNT.id));
  });

  it('gives no key to an account whose file names another place than it was stored for', async () => {
    await secrets.store(ACCOUNT, KEY);
    const elsewhere: readonly Account[] = [
      { ...ACCOUNT, host: 'api.bybit.com', environment: 'mainnet' },
      { ...ACCOUNT, host: '127.0.0.1:9', environment: 'loopback' },
      { ...ACCOUNT, host: 'api-testnet.manepa.jp' },
    ];
    for (const account of elsewhere) assert.deepEqual(await secrets.read(account), { kind: 'moved' });
  });

  it('takes what is no stored key for unreadable', async () => {
    await secrets.store(ACCOUNT, KEY);
    const [name = ''] = storage.kept.keys();
    for (const text of ['', '{', '[]', '{"v":2}', JSON.stringify({ v: 1, ...KEY, type: 'dsa' })]) {
      storage.kept.set(name, text);
      assert.deepEqual(await secrets.read(ACCOUNT), { kind: 'unreadable' }, text);
    }
  });

  it('makes the log deaf to every key it stores or reads', async () => {
    await secrets.store(ACCOUNT, KEY);
    assert.equal(redactor.redact(`${KEY.apiKey} ${KEY.secret}`), '… …');
    const later = new Redactor();
    await new AccountSecrets(storage, later).read(ACCOUNT);
    assert.equal(later.redact(`${KEY.apiKey} ${KEY.secret}`), '… …');
  });
});
