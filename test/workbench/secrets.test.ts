import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, BrowserContext } from 'playwright-core';
import { type PaperProcess, startPaper } from '../clients/paper-process';
import { Canary } from '../wire/canary';
import { keyFile } from './by-keys';
import { startBrowser, Workbench } from './driver';
import { type Server, startServer } from './server';
import { TelltaleServer } from './telltale-server';

const LABEL = 'Canary account';

/** In every frame: tells messages to `__heard`, and has `__stores` give what the browser stores. */
const IN_PAGE = join(process.cwd(), 'test', 'workbench', 'in-page.js');

const POSITION = '/v5/crypto-loan-common/position';

/** A key is typed into the real flow, and then looked for wherever the desk and VS Code write, send or show anything. */
describe('the story of a key', () => {
  let browser: Browser;
  let context: BrowserContext;
  let server: Server;
  let paper: PaperProcess;
  let exchange: TelltaleServer;
  let desk: Workbench;
  let second: Workbench | undefined;
  let canary: Canary;
  /** Messages between the workbench and the pages of panels, as any frame heard them. */
  const heard: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'loan-desk-canary-'));
  const exported = join(folder, 'journal.csv');
  const log = join(folder, 'log');

  before(async () => {
    [browser, server, paper] = await Promise.all([
      startBrowser(),
      startServer({ beside: join(process.cwd(), 'test', 'workbench', 'listener'), env: { LISTENED: log } }),
      startPaper('--control', '--seed', '3'),
    ]);
    exchange = new TelltaleServer(paper.url);
    await exchange.open();
    canary = new Canary({ apiKey: paper.apiKey, secret: paper.apiSecret, type: 'hmac' });
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.exposeBinding('__heard', (_source, text: string) => void heard.push(text));
    await context.addInitScript({ path: IN_PAGE });
    desk = await Workbench.open({ server, context, folder });
    await desk.openContainer('Loan Desk');
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await exchange?.close();
    await paper?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await desk.screenshot(`failed-${this.currentTest.title}`);
    await second?.screenshot(`failed-second-${this.currentTest.title}`);
  });

  /** Everything that is on the screen or behind it, in every frame. */
  const searchScreen = async (where: string) => {
    for (const sign of exchange.signatures) canary.add(sign);
    for (const frame of desk.page.frames()) canary.search(`the screen, ${where}`, await frame.content());
  };

  it('adds the account with its key', async () => {
    await desk.pane('Loans').locator('.welcome-view-content').getByText('Add an API Key').click();
    await desk.quickPick(/^Loopback/);
    await desk.quickAnswer(/Port of the server/, String(exchange.port));
    await desk.quickAnswer(/name/i, LABEL);
    await desk.quickAnswer(/API key\. It is kept/, paper.apiKey);
    await desk.quickPick(/^Secret/);
    await desk.quickAnswer(/API secret/, paper.apiSecret);
    await desk.quickRow(/^Add This Account/);
    await searchScreen('report of the key');
    await desk.quickPick(/^Add This Account/);
    await desk.treeRow('Loans', new RegExp(`^${LABEL}`));
    await searchScreen('loans');
  });

  const borrow = async () => {
    await desk.command('Loan Desk: Borrow…');
    await desk.quickType(/Which coin to borrow/, 'USDT');
    await desk.quickPick(/^USDT/);
    await desk.quickAmount('USDT', '700');
    await desk.quickTick(/^ETH/);
    await desk.quickOk();
    await desk.quickAmount('ETH', '1');
    await desk.quickPick(/^Borrow 700 USDT/);
    await desk.dialogText();
    await searchScreen('confirmation');
    await desk.dialogButton('Borrow 700 USDT');
  };

  it('is refused by an exchange that quotes key and signature, and then borrows', async () => {
    // Always: a poll may come before the refresh, or right after it.
    exchange.always.add(POSITION);
    exchange.told.set(POSITION, 999_999);
    await desk.command('Loan Desk: Refresh');
    await desk.treeRow('Loans', /a code this version does not know/);
    await searchScreen('unknown code');
    exchange.told.delete(POSITION);
    exchange.told.set('/v5/crypto-loan-flexible/borrow', 10_004);
    await borrow();
    await desk.notification(/Borrow 700 USDT/);
    assert.equal(exchange.told.size, 0);
    await searchScreen('refusal');
    await desk.dismissNotifications();
    await borrow();
    await desk.treeRow('Loans', /^700(\.\d+)? USDT/);
    await searchScreen('answer');
    await desk.dismissNotifications();
  });

  it('reads together with a second window, which leaves neither key nor secret for the first', async () => {
    const own = await Workbench.open({ server, context, folder: mkdtempSync(join(folder, 'second-')) });
    second = own;
    await own.openContainer('Loan Desk');
    await own.treeRow('Loans', new RegExp(`^${LABEL}`));
    // VS Code's browser build keeps secrets page by page: the second has none before it is told.
    await (await own.treeRow('Loans', /^Enter the key again/)).click();
    await own.quickAnswer(/API key\. It is kept/, paper.apiKey);
    await own.quickPick(/^Secret/);
    await own.quickAnswer(/API secret/, paper.apiSecret);
    await own.quickPick(/^Use This Key/);
    await own.treeRow('Loans', /^700(\.\d+)? USDT/);
    for (const sign of exchange.signatures) canary.add(sign);
    for (const frame of own.page.frames()) canary.search('the second window', await frame.content());
    const storage = join(server.dataDir, 'data', 'User', 'globalStorage');
    const names = () => readdirSync(storage, { recursive: true, encoding: 'utf8' });
    while (!names().some((name) => /\breads\b.+\bposition\.json$/.test(name))) await setTimeout(500);
    canary.searchFolder(storage);
  });

  it('opens every page and the journal', async () => {
    for (const [command, ready] of [
      ['Loan Desk: Open Rates', '[role=grid]'],
      ['Loan Desk: Open Account History', '[role=grid], table'],
      ['Loan Desk: Open Position', 'h1, h2, [role=meter]'],
    ] as const) {
      await desk.command(command);
      const page = await desk.webview();
      await page.locator(ready).first().waitFor();
      await searchScreen(command);
      await desk.command('View: Close Editor');
    }
    await desk.command('Loan Desk: Open Journal');
    await desk.editorText(/Borrow.700.USDT/);
    await searchScreen('journal');
  });

  it('saves the journal as a table', async () => {
    await desk.command('Loan Desk: Export Journal');
    await desk.quickPick(/^Table/);
    writeFileSync(join(folder, 'before.csv'), '');
    await keyFile(desk, { folder, name: 'journal.csv', beside: 'before.csv' });
    await desk.notification(/The journal was saved/);
    assert.ok(existsSync(exported));
  });

  it('leaves neither key nor secret nor a signature anywhere but in the store of secrets', async () => {
    for (const sign of exchange.signatures) canary.add(sign);
    for (const text of heard) canary.search('a message of a page', text);
    canary.search('what the browser stores', await desk.page.evaluate<string>('__stores()'));
    // Settings, global and workspace storage, and the extension as it is installed.
    canary.searchFolder(server.dataDir);
    // The log and the export.
    canary.searchFolder(folder);
    console.log(
      `      ${exchange.signatures.size} signatures, ${heard.length} messages, ${canary.searched} texts and files searched, ${canary.found.length} hits`,
    );
    assert.deepEqual(canary.found.slice(0, 5), []);
  });

  it('looked where there was something to find', () => {
    const lines = readFileSync(log, 'utf8');
    assert.match(
      lines,
      /^Loan Desk debug .*POST \/v5\/crypto-loan-flexible\/borrow/m,
      'requests are in the log',
    );
    assert.ok(exchange.signatures.size > 10);
    assert.ok(
      heard.some((text) => text.includes('"type":"snapshot"')),
      'what the host tells a page',
    );
    assert.ok(
      heard.some((text) => text.includes('"type":"ready"')),
      'what a page tells the host',
    );
    assert.ok(readFileSync(exported, 'utf8').includes(LABEL));
    // The label lies in the same storage as the desk's files; what stands there is found.
    const control = new Canary({ apiKey: LABEL, secret: '', type: 'hmac' });
    control.searchFolder(join(server.dataDir, 'data', 'User', 'globalStorage'));
    assert.ok(control.found.length > 0);
  });
});
