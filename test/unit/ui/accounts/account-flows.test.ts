import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getApiKeyInfo } from '../../../../src/bybit/account';
import { createExchange } from '../../../../src/bybit/client';
import type { Credentials, Exchange } from '../../../../src/bybit/exchange';
import { plain } from '../../../../src/bybit/words';
import type { Account } from '../../../../src/desk/account';
import { openPaper, type PaperDoor } from '../../../../src/paper/door';
import { AccountFiles } from '../../../../src/ui/accounts/account-files';
import { type AccountFlowsOptions, addAccount, replaceKey } from '../../../../src/ui/accounts/account-flows';
import { KeyKeeper } from '../../../../src/ui/accounts/key-keeper';
import type { Where } from '../../../../src/ui/accounts/key-look';
import { AccountSecrets } from '../../../../src/ui/accounts/secrets';
import { Redactor } from '../../../../src/ui/redactor';
import { temporaryFolder } from '../../desk/bench';
import { FakeLog } from '../fake-log';
import { FakeSecretStorage } from '../fake-secret-storage';
import { Escaped, RecordedUser } from '../flow/recorded-user';

const RSA = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const RSA_KEY = 'RSAKEY000001';

describe('entering accounts', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let door: PaperDoor;
  let storage: FakeSecretStorage;
  let files: AccountFiles;
  let secrets: AccountSecrets;
  let redactor: Redactor;
  let user: RecordedUser;
  let options: AccountFlowsOptions;
  let asked: Where[];

  beforeEach(async () => {
    folder = temporaryFolder();
    door = await openPaper({
      folder: join(folder.path, 'paper'),
      keys: [
        {
          apiKey: RSA_KEY,
          proof: { kind: 'rsa', publicKey: RSA.publicKey },
          note: 'rsa',
          readOnly: false,
          spotTrade: true,
          ips: ['*'],
        },
      ],
    });
    storage = new FakeSecretStorage();
    redactor = new Redactor();
    files = new AccountFiles(folder.path, () => undefined);
    secrets = new AccountSecrets(storage, redactor);
    user = new RecordedUser();
    asked = [];
    options = {
      asker: user,
      redactor,
      say: plain,
      keeper: new KeyKeeper({ files, secrets, log: new FakeLog(), now: () => 1 }),
      exchange: (where, credentials) => {
        asked.push(where);
        return paper(credentials);
      },
    };
  });
  afterEach(() => {
    door.dispose();
    folder.remove();
  });

  /** The paper exchange in the place of any host. */
  function paper(credentials: Credentials): Exchange {
    return createExchange({ baseUrl: door.baseUrl, adapter: door.adapter, credentials });
  }

  async function uidOf(credentials: Credentials): Promise<string> {
    const exchange = paper(credentials);
    const { userID } = (await exchange.call(getApiKeyInfo, {})).result;
    exchange.dispose();
    return userID;
  }

  const add = async () => addAccount({ id: 'new-1', others: await files.list() }, options);

  /** From the environment to the name, as shown first. */
  const place = () => user.picks('Testnet').picks('Global').accepts();
  const key = ({ apiKey, secret }: Credentials) => user.types(apiKey).picks('Secret').types(secret);

  it('keeps an account with its key after the exchange was asked', async () => {
    place().types(`  ${door.credentials.apiKey}\n`);
    user.picks('Secret').types(door.credentials.secret).picks('Add This Account');
    const account = await add();
    user.done();
    assert.deepEqual(account, {
      id: 'new-1',
      label: 'Testnet',
      environment: 'testnet',
      host: 'api-testnet.bybit.com',
      uid: await uidOf(door.credentials),
    });
    assert.deepEqual(asked, [{ environment: 'testnet', host: 'api-testnet.bybit.com' }]);
    assert.deepEqual(await files.list(), [account]);
    assert.deepEqual(await secrets.read(account), { kind: 'found', credentials: door.credentials });
    const { rows } = user.last;
    assert.ok(rows.includes('Testnet | api-testnet.bybit.com'));
    assert.ok(rows.includes('Reads and writes: the desk can borrow and repay with it'));
  });

  it('shows no part of a key anywhere but in its own masked field', async () => {
    place();
    key(door.credentials).picks('Add This Account');
    await add();
    const { apiKey, secret } = door.credentials;
    for (const seen of user.seen) {
      const shown = JSON.stringify({ ...seen, text: '' });
      assert.ok(!shown.includes(apiKey) && !shown.includes(secret), shown);
    }
    assert.equal(redactor.redact(`${apiKey} ${secret}`), '… …');
  });

  it('asks for a port on loopback, and takes no other address', async () => {
    user.picks('Loopback').types('80a').types('70000').types('8123').types('Mine');
    key(door.credentials).picks('Add This Account');
    const account = await add();
    user.done();
    assert.deepEqual(
      [account.environment, account.host, account.label],
      ['loopback', '127.0.0.1:8123', 'Mine'],
    );
    const port = user.seen.find(({ rows }) => rows[0]?.startsWith('Port'));
    assert.equal(port?.remarks[0], 'error: A port is a whole number from 1 to 65535.');
    assert.equal(port?.remarks.length, 2);
  });

  it('says while typing what a key must look like, and asks the exchange only at the end', async () => {
    place().types('short').types('has a space in it').types(door.credentials.apiKey);
    user.picks('Secret').types('tooShort');
    user.escapes();
    await assert.rejects(add(), Escaped);
    assert.deepEqual(asked, []);
    assert.match(user.last.remarks.join(), /error: The API secret must be/);
  });

  it('goes back to the key with the reason when the exchange refuses, and loses nothing typed', async () => {
    place();
    key({ ...door.credentials, apiKey: 'notAKeyAtAll', type: 'hmac' });
    user.types(door.credentials.apiKey).accepts().accepts().picks('Add This Account');
    await add();
    user.done();
    const notice = user.seen.find((seen) => seen.notice !== '');
    assert.match(notice?.notice ?? '', /does not know this API key \(10003\)\. Check the key/);
    assert.equal(notice?.text, 'notAKeyAtAll');
    assert.equal(asked.length, 2);
  });

  it('refuses a key that may withdraw', async () => {
    place();
    key(door.credentials).escapes();
    const real = options.exchange;
    options = {
      ...options,
      exchange: (where, credentials) => withWithdrawal(real(where, credentials)),
    };
    await assert.rejects(add(), Escaped);
    assert.match(user.last.notice, /may withdraw coins/);
    assert.deepEqual(await files.list(), []);
    assert.equal(storage.kept.size, 0);
  });

  it('refuses a key that another account has already', async () => {
    place();
    key(door.credentials).picks('Add This Account');
    await add();
    user.picks('Testnet').accepts().accepts();
    key(door.credentials).escapes();
    await assert.rejects(addAccount({ id: 'new-2', others: await files.list() }, options), Escaped);
    assert.equal(user.last.notice, 'This key is in the list already, as Testnet.');
    assert.ok(user.seen.some(({ text }) => text === 'Testnet 2'));
    assert.equal(asked.length, 1);
  });

  it('refuses another key of a user who has an account already, and takes it in the place of the first', async () => {
    place();
    key(door.credentials).picks('Add This Account');
    const first = await add();
    const second = { id: 'new-2', others: [first] };
    user.picks('Testnet').accepts().accepts();
    key(door.readOnlyCredentials).escapes();
    await assert.rejects(addAccount(second, options), Escaped);
    assert.match(user.last.notice, /^This key belongs to user \d+, who is in the list already as Testnet\./);
    assert.deepEqual(await files.list(), [first]);
    // The same user number of another environment is another account.
    user.picks('Mainnet').picks('Global').accepts();
    key(door.readOnlyCredentials).picks('Add This Account');
    const elsewhere = await addAccount(second, options);
    assert.equal(elsewhere.uid, first.uid);
    user.types(door.readOnlyCredentials.apiKey).escapes();
    await assert.rejects(replaceKey(first, options), Escaped);
    storage.kept.clear();
    key(door.readOnlyCredentials).picks('Use This Key');
    await replaceKey(first, options);
    user.done();
  });

  it('gives a user who comes back the account of then, and with it what the journal left open', async () => {
    place();
    key(door.credentials).picks('Add This Account');
    const first = await add();
    await options.keeper.remove(first);
    // In another environment the same number is another user.
    user.picks('Mainnet').picks('Global').accepts();
    key(door.credentials).picks('Add This Account');
    assert.equal((await addAccount({ id: 'new-2', others: [] }, options)).id, 'new-2');
    user.picks('Testnet').picks('Global').accepts();
    key(door.readOnlyCredentials).picks('Add This Account');
    const again = await addAccount({ id: 'new-3', others: [] }, options);
    assert.deepEqual(again, first);
    assert.deepEqual(await secrets.read(again), { kind: 'found', credentials: door.readOnlyCredentials });
    user.done();
  });

  it('takes no key of another user in the place of one', async () => {
    const account: Account = {
      id: 'acc',
      label: 'Main',
      environment: 'mainnet',
      host: 'api.bybit.com',
      uid: '77',
    };
    await files.put(account, 1);
    assert.deepEqual(await files.list(), [account]);
    key(door.credentials).escapes();
    await assert.rejects(replaceKey(account, options), Escaped);
    const uid = await uidOf(door.credentials);
    assert.equal(
      user.last.notice,
      `This key belongs to user ${uid}, and Main is the account of user 77. Add the key as an account of its own.`,
    );
    assert.equal(storage.kept.size, 0);
  });

  it('takes an RSA key out of a file, and says what is wrong with another', async () => {
    const file = (name: string, text: string) => {
      const path = join(folder.path, name);
      writeFileSync(path, text);
      return path;
    };
    place().types(RSA_KEY);
    user.picks('Private key file').opens(file('public.pem', RSA.publicKey));
    user.picks('Private key file').opens(join(folder.path, 'missing.pem'));
    user.picks('Private key file').opens(file('private.pem', RSA.privateKey)).picks('Add This Account');
    const account = await add();
    user.done();
    const notices = user.seen.map(({ notice }) => notice).filter((notice) => notice !== '');
    assert.equal(notices.length, 2);
    assert.match(notices[0] ?? '', /no RSA private key/);
    assert.match(notices[1] ?? '', /could not be read/);
    const found = await secrets.read(account);
    assert.ok(found.kind === 'found' && found.credentials.type === 'rsa');
  });

  for (const trouble of ['rejects', 'forgets'] as const) {
    it(`keeps nothing when the storage ${trouble}, says so, and lets the person try again`, async () => {
      place();
      key(door.credentials).picks('Add This Account');
      user.accepts().accepts().accepts().picks('Add This Account');
      storage[trouble] = true;
      let looks = 0;
      const real = options.exchange;
      options = {
        ...options,
        exchange: (where, credentials) => {
          looks += 1;
          // The storage works again by the second time.
          if (looks === 2) storage[trouble] = false;
          return real(where, credentials);
        },
      };
      const account = await add();
      user.done();
      assert.equal(user.seen.filter(({ notice }) => /secret storage of VS Code/.test(notice)).length, 1);
      assert.deepEqual(await files.list(), [account]);
    });
  }

  it('keeps nothing when the person escapes at the last step', async () => {
    place();
    key(door.credentials).escapes();
    await assert.rejects(add(), Escaped);
    assert.deepEqual(await files.list(), []);
    assert.equal(storage.kept.size, 0);
  });

  it('goes back from what the exchange said to the secret', async () => {
    place();
    key(door.credentials).backs().accepts().picks('Add This Account');
    await add();
    user.done();
  });

  it('puts another key in the place of the one before', async () => {
    const account: Account = { id: 'acc', label: 'Main', environment: 'mainnet', host: 'api.bybit.com' };
    await files.put(account, 1);
    await secrets.store(account, { apiKey: 'oldKey0001', secret: 'oldSecret00000001', type: 'hmac' });
    key(door.readOnlyCredentials).picks('Use This Key');
    await replaceKey(account, options);
    user.done();
    assert.deepEqual(await secrets.read(account), { kind: 'found', credentials: door.readOnlyCredentials });
    assert.deepEqual(asked, [{ environment: 'mainnet', host: 'api.bybit.com' }]);
    assert.equal(user.last.title, 'Key of Main (Mainnet)');
  });
});

/** The same exchange, whose keys may withdraw. */
function withWithdrawal(exchange: Exchange): Exchange {
  return {
    now: () => exchange.now(),
    dispose: () => exchange.dispose(),
    call: async (endpoint, request, options) => {
      const answer = await exchange.call(endpoint, request, options);
      const permissions = { Spot: ['SpotTrade'], Wallet: ['AccountTransfer', 'Withdraw'] };
      return { ...answer, result: { ...answer.result, permissions } };
    },
  };
}
