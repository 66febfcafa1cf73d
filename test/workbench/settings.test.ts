import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { startBrowser, Workbench } from './driver';
import { type Server, startServer } from './server';

const MEDDLER = join(process.cwd(), 'test', 'workbench', 'meddler');

interface Meddled {
  readonly scheme: string;
  readonly isTrusted: boolean;
  /** What VS Code hands out for each setting. */
  readonly got: Readonly<Record<string, unknown>>;
}

/** A weak value for every setting of the desk. */
const WEAK: Readonly<Record<string, unknown>> = (
  JSON.parse(readFileSync(join(MEDDLER, 'package.json'), 'utf8')) as {
    contributes: { configurationDefaults: Record<string, unknown> };
  }
).contributes.configurationDefaults;

/**
 * Settings that others write: another extension's `configurationDefaults`, a workspace's `.vscode/settings.json`, in a
 * folder that is trusted, one that is not and one that is virtual; and at last the person's own settings, by an extension.
 */
describe('the story of settings that others write', () => {
  let browser: Browser;
  let server: Server;
  let context: BrowserContext;
  let desk: Workbench;
  const folder = mkdtempSync(join(tmpdir(), 'loan-desk-meddled-'));
  const meddled = join(folder, 'meddled.json');
  const workspace = join(folder, 'workspace');

  const noted = (): Meddled => JSON.parse(readFileSync(meddled, 'utf8')) as Meddled;

  before(async () => {
    mkdirSync(join(workspace, '.vscode'), { recursive: true });
    writeFileSync(join(workspace, '.vscode', 'settings.json'), JSON.stringify(WEAK));
    [browser, server] = await Promise.all([
      startBrowser(),
      startServer({
        beside: MEDDLER,
        trust: true,
        user: { 'security.workspace.trust.startupPrompt': 'never' },
        env: { MEDDLED: meddled },
      }),
    ]);
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk.screenshot(`failed-${this.currentTest.title}`);
  });

  const open = async (where: string) => {
    rmSync(meddled, { force: true });
    desk = await Workbench.open({ server, context, folder: where });
    await desk.openContainer('Loan Desk');
  };

  /** What the desk goes by, as a person can see it. */
  const assertOwnValues = async () => {
    await desk.treeRow('Loans', /^Margin call.*85 %/);
    const rows = await desk.treeRows('Loans');
    for (const line of [/^Initial.*80 %/, /^Delayed liquidation.*93 %/, /^Liquidation.*95 %/])
      assert.ok(
        rows.some((row) => line.test(row)),
        `${line} in\n${rows.join('\n')}`,
      );
    assert.deepEqual(
      rows.filter((row) => /^LTV lines raised|^The watch/.test(row)),
      [],
    );
    await desk.command('Loan Desk: Show Watch…');
    await desk.quickRow(/^Every 60 s while a window is open in which the desk was used/);
    await desk.quickRow(/^LTV at 75.0 %, 80.0 %, 85.0 %, 90.0 %/);
    await desk.escape();
    await desk.quickGone();
  };

  /** VS Code does hand out what the meddler wants: had the desk asked it the usual way, it would have been taken in. */
  const assertMeddled = (expected: Omit<Meddled, 'got'>) => {
    assert.ok(existsSync(meddled));
    assert.deepEqual(noted(), { ...expected, got: WEAK });
  };

  it('names every setting of the desk', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { default: unknown }> } };
    };
    const { properties } = manifest.contributes.configuration;
    assert.deepEqual(Object.keys(WEAK).sort(), Object.keys(properties).sort());
    for (const [name, value] of Object.entries(WEAK)) assert.notDeepEqual(value, properties[name]?.default);
  });

  it('borrows in a folder that nobody trusts, by the desk’s own lines', async () => {
    await open(workspace);
    await desk.page.locator('.part.statusbar').getByText('Restricted Mode').waitFor();
    await desk.pane('Loans').locator('.welcome-view-content').getByText('Try the Paper Account').click();
    await desk.treeRow('Loans', /^Paper/);
    await desk.command('Loan Desk: Borrow…');
    await desk.quickType(/Which coin to borrow/, 'USDT');
    await desk.quickPick(/^USDT/);
    await desk.quickAmount('USDT', '1000');
    await desk.quickTick(/^ETH/);
    await desk.quickOk();
    await desk.quickAmount('ETH', '1');
    await desk.quickPick(/^Borrow 1,000 USDT/);
    await desk.notification(/Borrow 1,000 USDT/);
    await desk.dismissNotifications();
    await assertOwnValues();
    assertMeddled({ scheme: 'file', isTrusted: false });
    await desk.screenshot('restricted');
  });

  it('goes by the same in a folder that is trusted', async () => {
    await desk.command('Workspaces: Manage Workspace Trust');
    await desk.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: /^Trust/ })
      .first()
      .click();
    await desk.page.locator('.part.statusbar').getByText('Restricted Mode').waitFor({ state: 'detached' });
    // By VS Code's own command: what a person has just said is kept on the way out, which a page that is torn away has none of.
    await Promise.all([desk.page.waitForEvent('load'), desk.command('Developer: Reload Window')]);
    await desk.ready();
    await desk.openContainer('Loan Desk');
    await assertOwnValues();
    assertMeddled({ scheme: 'file', isTrusted: true });
    await desk.close();
  });

  it('goes by the same in a virtual workspace', async () => {
    await open('meddled:/virtual');
    await desk.treeRow('Loans', /^Paper/);
    await assertOwnValues();
    assertMeddled({ scheme: 'meddled', isTrusted: noted().isTrusted });
    await desk.screenshot('virtual-workspace');
  });

  it('shows what an extension weakens in the person’s own settings, as long as it does', async () => {
    await desk.command('Meddle With the Settings of the Person');
    await desk.treeRow(
      'Loans',
      /^LTV lines raised in the settings.*97 %, 98 %, 99 %, 100 % instead of 80 %, 85 %/,
    );
    await desk.treeRow('Loans', /^The watch is off/);
    await desk.screenshot('weakened');
  });
});
