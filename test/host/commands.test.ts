import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Journal } from '../../src/desk/journal/journal';
import { AccountFiles } from '../../src/ui/accounts/account-files';
import { COMMANDS } from '../../src/ui/commands';
import { type PaperProcess, startPaper } from '../clients/paper-process';
import { scaled, seeded } from '../promises/scale';
import { argumentsOf } from '../promises/wild-arguments';
import { type Running, runningExtension } from './extension';
import { Person } from './person';

/** With every command so many times: a thousand in all at full size. */
const TIMES = Math.max(5, scaled(28));

/** Every command that is contributed, started by a program with what it likes, and nobody there to answer. */
describe('commands that a program starts', () => {
  let running: Running;
  let paper: PaperProcess;
  let person: Person;
  let folder: string;
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);

  const command = (id: string, ...args: unknown[]) =>
    vscode.commands.executeCommand(`loanDesk.${id}`, ...args);

  before(async () => {
    process.on('unhandledRejection', onRejection);
    [running, paper] = await Promise.all([runningExtension(), startPaper('--control', '--seed', '3')]);
    folder = running.context.globalStorageUri.fsPath;
    person = new Person();
    running.restart();
    await command('tryPaper');
    const added = command('addAccount');
    await person.picks('Loopback');
    await person.types(new URL(paper.url).port);
    await person.types('Flooded');
    await person.types(paper.apiKey);
    await person.picks('Secret');
    await person.types(paper.apiSecret);
    await person.picks('Add This Account');
    await added;
  });

  after(async () => {
    person.leaves();
    await paper.stop();
    process.off('unhandledRejection', onRejection);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    // What follows begins without what was opened here.
    const files = new AccountFiles(folder, () => undefined);
    for (const { id, environment } of await files.list()) if (environment !== 'paper') await files.remove(id);
    running.restart();
  });

  it('send nothing, remove nothing and fall over nothing', async function () {
    this.timeout(1_800_000);
    const files = new AccountFiles(folder, () => undefined);
    const ids = (await files.list()).map(({ id }) => id);
    assert.ok(ids.length >= 2);
    const state = async () => {
      const { wallet, pledges, debts } = await paper.control('GET', '/paper/state');
      return JSON.stringify({ wallet, pledges, debts });
    };
    const before = await state();
    assert.match(before, /USDT/);
    const random = seeded(37);
    let asked = 0;
    for (const id of COMMANDS) {
      let askedHere = 0;
      for (let n = 0; n < TIMES; n += 1)
        askedHere += await person.leavesAll(() => command(id, ...argumentsOf(random, ids)));
      asked += askedHere;
    }
    console.info(`    ${COMMANDS.length * TIMES} commands, ${asked} times something was asked or told`);
    assert.ok(asked > COMMANDS.length);
    assert.deepEqual(rejections, []);
    assert.equal(await state(), before);
    for (const id of ids) assert.deepEqual((await Journal.open(folder, id)).entries(), [], id);
    assert.deepEqual((await files.list()).map(({ id }) => id).sort(), ids.sort());
  });
});
