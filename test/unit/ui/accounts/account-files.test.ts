import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../../../src/desk/account';
import { AccountFiles } from '../../../../src/ui/accounts/account-files';
import { temporaryFolder } from '../../desk/bench';

const MAIN: Account = { id: 'a-main', label: 'Main', environment: 'mainnet', host: 'api.bybit.com' };
const TEST: Account = { id: 'b-test', label: 'Test', environment: 'testnet', host: 'api-testnet.bybit.com' };

describe('account files', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let damaged: string[];
  let files: AccountFiles;

  beforeEach(() => {
    folder = temporaryFolder();
    damaged = [];
    files = new AccountFiles(folder.path, (file) => damaged.push(file));
  });
  afterEach(() => folder.remove());

  const write = (name: string, text: string) => {
    mkdirSync(files.folder, { recursive: true });
    writeFileSync(join(files.folder, name), text);
  };

  it('lists nothing where nothing was ever kept', async () => {
    assert.deepEqual(await files.list(), []);
    assert.equal(await files.defaultId(), undefined);
  });

  it('lists accounts in the order in which they came, also after one was changed', async () => {
    await files.put(TEST, 1);
    await files.put(MAIN, 2);
    await files.put({ ...TEST, label: 'Renamed' }, 3);
    assert.deepEqual(await files.list(), [{ ...TEST, label: 'Renamed' }, MAIN]);
    assert.deepEqual(await files.get(MAIN.id), MAIN);
  });

  it('shows another window what this one wrote', async () => {
    await files.put(MAIN, 1);
    await files.setDefault(MAIN.id);
    const other = new AccountFiles(folder.path, () => undefined);
    assert.deepEqual(await other.list(), [MAIN]);
    assert.equal(await other.defaultId(), MAIN.id);
    await other.remove(MAIN.id);
    assert.deepEqual(await files.list(), []);
    await other.remove(MAIN.id);
  });

  it('knows those that were removed, until they are there again', async () => {
    await files.put(TEST, 1);
    await files.put(MAIN, 2);
    await files.remove(TEST.id);
    await files.remove(MAIN.id);
    assert.deepEqual(await files.former(), [MAIN, TEST]);
    await files.put({ ...MAIN, label: 'Again' }, 3);
    assert.deepEqual(await files.list(), [{ ...MAIN, label: 'Again' }]);
    assert.deepEqual(await files.former(), [TEST]);
  });

  it('sets a damaged file aside and keeps the others', async () => {
    await files.put(MAIN, 1);
    const bad: readonly [string, string][] = [
      ['torn.json', '{"v":1,"id":"torn"'],
      ['empty.json', ''],
      ['array.json', '[]'],
      [
        'host.json',
        JSON.stringify({ v: 1, id: 'host', label: 'x', environment: 'moon', host: 'y', addedAt: 1 }),
      ],
      ['other.json', JSON.stringify({ v: 1, ...TEST, addedAt: 1 })],
    ];
    for (const [name, text] of bad) write(name, text);
    assert.deepEqual(await files.list(), [MAIN]);
    assert.deepEqual(damaged.map((file) => file.slice(files.folder.length + 1)).sort(), [
      'array.json.damaged',
      'empty.json.damaged',
      'host.json.damaged',
      'other.json.damaged',
      'torn.json.damaged',
    ]);
    assert.equal(readFileSync(join(files.folder, 'torn.json.damaged'), 'utf8'), '{"v":1,"id":"torn"');
    damaged = [];
    assert.deepEqual(await files.list(), [MAIN]);
    assert.deepEqual(damaged, []);
  });

  it('passes over leftovers of writes that never ended, and over a damaged default', async () => {
    await files.put(MAIN, 1);
    write(`${MAIN.id}.json.0000.tmp`, '{"v":1');
    write('default', '{');
    assert.deepEqual(await files.list(), [MAIN]);
    assert.equal(await files.defaultId(), undefined);
    await files.setDefault(MAIN.id);
    assert.equal(await files.defaultId(), MAIN.id);
  });

  it('leaves nothing half written behind', async () => {
    await Promise.all([files.put(MAIN, 1), files.put(TEST, 2), files.put({ ...MAIN, label: 'Again' }, 3)]);
    assert.deepEqual(readdirSync(files.folder).sort(), ['a-main.json', 'b-test.json']);
  });

  it('refuses an id that could leave the folder', async () => {
    await assert.rejects(files.put({ ...MAIN, id: '../outside' }, 1));
    assert.deepEqual(await files.list(), []);
  });

  it('rejects when the folder cannot be listed, rather than to show no accounts', async () => {
    writeFileSync(files.folder, 'a file in its place');
    await assert.rejects(files.list());
  });
});
