import assert from 'node:assert/strict';
import type { Credentials } from '../../../../src/bybit/exchange';
import { plain, type Words } from '../../../../src/bybit/words';
import type { Account } from '../../../../src/desk/account';
import { AccountFiles } from '../../../../src/ui/accounts/account-files';
import { KeyKeeper } from '../../../../src/ui/accounts/key-keeper';
import { AccountSecrets } from '../../../../src/ui/accounts/secrets';
import { Redactor } from '../../../../src/ui/redactor';
import { temporaryFolder } from '../../desk/bench';
import { FakeLog } from '../fake-log';
import { FakeSecretStorage } from '../fake-secret-storage';

const ACCOUNT: Account = {
  id: 'acc-1',
  label: 'Test',
  environment: 'testnet',
  host: 'api-testnet.bybit.com',
};
const KEY: Credentials = { apiKey: 'testApiKey001', secret: 'testSecretValue0123456789', type: 'hmac' };
const OTHER: Credentials = { ...KEY, apiKey: 'testApiKey002' };

describe('keeping accounts with their keys', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let storage: FakeSecretStorage;
  let files: AccountFiles;
  let secrets: AccountSecrets;
  let log: FakeLog;
  let keeper: KeyKeeper;

  beforeEach(() => {
    folder = temporaryFolder();
    storage = new FakeSecretStorage();
    files = new AccountFiles(folder.path, () => undefined);
    secrets = new AccountSecrets(storage, new Redactor());
    log = new FakeLog();
    keeper = new KeyKeeper({ files, secrets, log, now: () => 1 });
  });
  afterEach(() => folder.remove());

  const said = (problem: Words | undefined) => (problem === undefined ? undefined : plain(problem));

  it('keeps both, the key first', async () => {
    const put = files.put.bind(files);
    files.put = async (account, now) => {
      assert.equal((await secrets.read(account)).kind, 'found');
      await put(account, now);
    };
    assert.equal(await keeper.add(ACCOUNT, KEY), undefined);
    assert.deepEqual(await files.list(), [ACCOUNT]);
  });

  it('leaves no key behind when the account cannot be written', async () => {
    files.put = () => Promise.reject(new Error('ENOSPC'));
    assert.match(said(await keeper.add(ACCOUNT, KEY)) ?? '', /could not be written to the disk/);
    assert.equal(storage.kept.size, 0);
    assert.ok(log.lines.some((line) => line.includes('ENOSPC')));
  });

  it('writes no account whose key the storage refuses or forgets', async () => {
    storage.rejects = true;
    assert.match(said(await keeper.add(ACCOUNT, KEY)) ?? '', /refused the key/);
    storage.rejects = false;
    storage.forgets = true;
    assert.match(said(await keeper.add(ACCOUNT, KEY)) ?? '', /did not give the key back/);
    assert.deepEqual(await files.list(), []);
  });

  it('leaves the account with its old key when the new one is refused', async () => {
    await keeper.add(ACCOUNT, KEY);
    storage.rejects = true;
    assert.match(said(await keeper.replace(ACCOUNT, OTHER)) ?? '', /refused the key/);
    storage.rejects = false;
    assert.deepEqual(await secrets.read(ACCOUNT), { kind: 'found', credentials: KEY });
    assert.equal(await keeper.replace(ACCOUNT, OTHER), undefined);
    assert.deepEqual(await secrets.read(ACCOUNT), { kind: 'found', credentials: OTHER });
  });

  it('removes both, or says that the account stays', async () => {
    await keeper.add(ACCOUNT, KEY);
    storage.rejects = true;
    assert.match(said(await keeper.remove(ACCOUNT)) ?? '', /it stays in the list/);
    assert.deepEqual(await files.list(), [ACCOUNT]);
    storage.rejects = false;
    assert.equal(await keeper.remove(ACCOUNT), undefined);
    assert.deepEqual(await files.list(), []);
    assert.equal(storage.kept.size, 0);
  });

  it('keeps no key for an account that another window removed meanwhile, and says so', async () => {
    await keeper.add(ACCOUNT, KEY);
    await keeper.remove(ACCOUNT);
    assert.match(said(await keeper.replace(ACCOUNT, OTHER)) ?? '', /removed meanwhile/);
    assert.equal(storage.kept.size, 0);
  });

  it('keeps no key that another window stored while it was removed', async () => {
    await keeper.add(ACCOUNT, KEY);
    const remove = files.remove.bind(files);
    files.remove = async (id) => {
      await secrets.store(ACCOUNT, OTHER);
      await remove(id);
    };
    assert.equal(await keeper.remove(ACCOUNT), undefined);
    assert.equal(storage.kept.size, 0);
  });

  it('knows whose a key is, in its own environment only', async () => {
    await keeper.add(ACCOUNT, KEY);
    assert.deepEqual(await keeper.ownerOf('testnet', KEY.apiKey), ACCOUNT);
    assert.equal(await keeper.ownerOf('mainnet', KEY.apiKey), undefined);
    assert.equal(await keeper.ownerOf('testnet', OTHER.apiKey), undefined);
  });

  it('writes no key into its files and its log', async () => {
    files.put = (account, now) => Promise.reject(new Error(`${account.id} ${now}`));
    await keeper.add(ACCOUNT, KEY);
    const text = log.lines.join('\n');
    assert.ok(!text.includes(KEY.apiKey) && !text.includes(KEY.secret));
  });
});
