import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createExchange } from '../../src/bybit/client';
import { borrowFlexible, getFlexibleLoans } from '../../src/bybit/flexible';
import { openPaper } from '../../src/paper/door';
import { AccountFiles } from '../../src/ui/accounts/account-files';
import { type PaperProcess, startPaper } from '../clients/paper-process';
import { type Running, runningExtension } from './extension';
import { Person } from './person';

/** Accounts in a real VS Code, the exchange a process of its own behind HTTP on loopback. */
describe('accounts', () => {
  let running: Running;
  let paper: PaperProcess;
  let person: Person;
  let files: AccountFiles;
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);

  before(async () => {
    process.on('unhandledRejection', onRejection);
    [running, paper] = await Promise.all([runningExtension(), startPaper()]);
    files = new AccountFiles(running.context.globalStorageUri.fsPath, () => undefined);
    person = new Person();
  });
  after(async () => {
    person.leaves();
    await paper.stop();
    process.off('unhandledRejection', onRejection);
    assert.deepEqual(rejections, []);
  });

  afterEach(() => person.hasAnsweredAll());

  const command = (id: string, ...args: unknown[]) =>
    vscode.commands.executeCommand(`loanDesk.${id}`, ...args);

  /** The heading of the journal names the account that is shown. */
  const shown = async (): Promise<string | undefined> => {
    await command('openJournal');
    return vscode.window.activeTextEditor?.document.lineAt(0).text;
  };

  const loopback = () => `127.0.0.1:${new URL(paper.url).port}`;

  it('begins with none', async () => {
    running.restart();
    await person.sees('loanDesk.session', 'none');
  });

  it('tries the paper account without a key', async () => {
    await command('tryPaper');
    assert.equal(person.keys.get('loanDesk.session'), 'account');
    assert.equal(person.keys.get('loanDesk.environment'), 'paper');
    assert.equal(await shown(), 'Journal of Paper · Paper (simulated)');
  });

  it('adds an account, having asked the exchange about its key', async () => {
    const added = command('addAccount');
    await person.picks('Loopback');
    await person.types(new URL(paper.url).port);
    await person.types('Mine');
    const key = await person.types(paper.apiKey);
    assert.equal(key.password, true);
    await person.picks('Secret');
    const secret = await person.types(paper.apiSecret);
    assert.equal(secret.password, true);
    const report = await person.picks('Add This Account');
    assert.equal(report.title, 'Add Account');
    assert.ok(report.items.some(({ label }) => label.startsWith('Reads and writes')));
    assert.ok(report.items.some(({ description }) => description === loopback()));
    await added;
    assert.equal(await shown(), `Journal of Mine · Loopback · ${loopback()}`);
    assert.equal(person.keys.get('loanDesk.environment'), 'loopback');
  });

  it('keeps nothing of an account that is left before the end', async () => {
    const before = await files.list();
    const added = command('addAccount');
    await person.picks('Testnet');
    await person.picks('Global');
    await person.escapes();
    await added;
    assert.deepEqual(await files.list(), before);
  });

  it('returns to the key with the reason when the exchange does not know it', async () => {
    const added = command('addAccount');
    await person.picks('Loopback');
    await person.types(new URL(paper.url).port);
    await person.types('Another');
    await person.types('aKeyNobodyKnows');
    await person.picks('Secret');
    await person.types('aSecretOfThatKey00');
    const again = await person.escapes();
    await added;
    assert.ok('validationMessage' in again && 'value' in again);
    assert.match(JSON.stringify(again.validationMessage), /does not know this API key.*10003/);
    assert.equal(again.value, 'aKeyNobodyKnows');
  });

  it('switches between accounts, each with its environment', async () => {
    const switched = command('switchAccount');
    const list = await person.picks('Paper');
    await switched;
    assert.deepEqual(
      list.items.map(({ label, description }) => [label, description]),
      [
        ['Paper', 'Paper (simulated)'],
        ['Mine', `Loopback · ${loopback()} · shown now`],
        ['Add an API Key…', undefined],
      ],
    );
    assert.equal(await shown(), 'Journal of Paper · Paper (simulated)');
  });

  it('opens after a reload what the window showed', async () => {
    const switched = command('switchAccount');
    await person.picks('Mine');
    await switched;
    running.restart();
    await person.sees('loanDesk.session', 'account');
    assert.equal(await shown(), `Journal of Mine · Loopback · ${loopback()}`);
  });

  it('locks the account while the secret storage rejects, and has every command all the same', async () => {
    const secrets: vscode.SecretStorage = {
      get: () => Promise.reject(new Error('locked keyring')),
      store: () => Promise.reject(new Error('locked keyring')),
      delete: () => Promise.reject(new Error('locked keyring')),
      onDidChange: () => ({ dispose: () => undefined }),
    };
    running.restart({ secrets });
    const commands = await vscode.commands.getCommands(true);
    assert.ok(commands.includes('loanDesk.addAccount') && commands.includes('loanDesk.borrow'));
    await person.sees('loanDesk.session', 'locked');
    assert.equal(await shown(), `Journal of Mine · Loopback · ${loopback()}`);
    const removed = command('removeAccount', { accountId: (await files.list()).at(-1)?.id });
    await person.answers(/^Remove Mine/, 'Remove Account');
    await person.answers(/could not be removed/, undefined);
    await removed;
    assert.equal((await files.list()).length, 2);
    running.restart();
    await person.sees('loanDesk.session', 'account');
  });

  it('keeps an account whose key is lost, and takes the key again', async () => {
    const { secrets } = running.context;
    const { forgotten, restore } = forgetting(secrets);
    running.restart({ secrets: forgotten });
    await person.sees('loanDesk.session', 'locked');
    restore();
    const replaced = command('replaceKey', { accountId: (await files.list()).at(-1)?.id });
    const key = await person.types(paper.apiKey);
    assert.equal(key.title, 'Key of Mine (Loopback)');
    await person.picks('Secret');
    await person.types(paper.apiSecret);
    await person.picks('Use This Key');
    await replaced;
    await person.sees('loanDesk.session', 'account');
    running.restart();
    await person.sees('loanDesk.session', 'account');
  });

  it('follows what another window does', async () => {
    const mine = (await files.list()).at(-1);
    assert.ok(mine);
    await files.remove(mine.id);
    await person.sees('loanDesk.environment', 'paper');
    await files.put(mine, Date.now());
    const switched = command('switchAccount');
    await person.picks('Mine');
    await switched;
    assert.equal(person.keys.get('loanDesk.environment'), 'loopback');
  });

  it('begins the paper account anew only after asking, for every window', async () => {
    const door = await openPaper({ folder: join(running.context.globalStorageUri.fsPath, 'paper') });
    const { baseUrl, adapter, credentials } = door;
    const exchange = createExchange({ baseUrl, adapter, credentials });
    const debts = async () => (await exchange.call(getFlexibleLoans, {})).result.list.length;
    const collateralList = [{ currency: 'USDT', amount: '3000' }];
    await exchange.call(borrowFlexible, { loanCurrency: 'BTC', loanAmount: '0.01', collateralList });
    const refused = command('resetPaper');
    const dialog = await person.answers(/paper account anew/, undefined);
    await refused;
    assert.equal(dialog.isModal, true);
    assert.equal(await debts(), 1);
    const done = command('resetPaper');
    await person.answers(/paper account anew/, 'Reset Paper Account');
    await done;
    assert.equal(await debts(), 0);
    exchange.dispose();
    door.dispose();
  });

  it('removes an account with its key, and says that the journal stays', async () => {
    const mine = (await files.list()).at(-1);
    const removed = command('removeAccount', { accountId: mine?.id });
    const dialog = await person.answers(/^Remove Mine \(Loopback\)\?\n/, 'Remove Account');
    await removed;
    assert.equal(dialog.isModal, true);
    assert.match(dialog.text, /journal of its operations stays/);
    assert.deepEqual(
      (await files.list()).map(({ label }) => label),
      ['Paper'],
    );
    assert.equal(await shown(), 'Journal of Paper · Paper (simulated)');
  });

  it('goes on with damaged files in its folder', async () => {
    writeFileSync(join(files.folder, 'torn.json'), '{"v":1,');
    running.restart();
    await person.sees('loanDesk.session', 'account');
    assert.equal(await shown(), 'Journal of Paper · Paper (simulated)');
    await person.answers(/file of an account could not be read and was set aside/, undefined);
    assert.ok(existsSync(join(files.folder, 'torn.json.damaged')));
  });
});

/** A storage that has forgotten what it had, until it is told to stop; what it is given from then on stays. */
function forgetting(secrets: vscode.SecretStorage) {
  let forgets = true;
  const forgotten: vscode.SecretStorage = {
    get: async (key) => (forgets ? undefined : await secrets.get(key)),
    store: (key, value) => secrets.store(key, value),
    delete: (key) => secrets.delete(key),
    onDidChange: secrets.onDidChange,
  };
  return {
    forgotten,
    restore: () => {
      forgets = false;
    },
  };
}
