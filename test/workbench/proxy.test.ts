import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { HOSTS } from '../../src/bybit/hosts';
import { type PaperProcess, startPaper } from '../clients/paper-process';
import { startBrowser, Workbench } from './driver';
import { type Certificate, makeCertificate, ProxyServer } from './proxy-server';
import { type Server, startServer } from './server';

const HOST = HOSTS[0]?.host ?? '';
const LOGIN = 'ann:s3cret';

/** The proxy of VS Code's settings, in a real extension host with VS Code's own patch of Node's http; it asks for a password. */
describe('the story of a proxy', () => {
  let browser: Browser;
  let server: Server;
  let paper: PaperProcess;
  let proxy: ProxyServer;
  let desk: Workbench;
  const certificates: Certificate[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'loan-desk-observed-'));
  const observed = join(folder, 'observed');

  before(async () => {
    const [trusted, untrusted] = [makeCertificate(HOST), makeCertificate(HOST)];
    certificates.push(trusted, untrusted);
    [browser, paper] = await Promise.all([startBrowser(), startPaper('--seed', '3')]);
    const exchange = Number(new URL(paper.url).port);
    proxy = new ProxyServer({ login: LOGIN, exchange, trusted, untrusted });
    await proxy.open();
    server = await startServer({
      beside: join(process.cwd(), 'test', 'workbench', 'observer'),
      user: {
        'http.proxy': `http://${LOGIN}@127.0.0.1:${proxy.port}`,
        'http.proxySupport': 'override',
        'http.proxyStrictSSL': false,
        'loanDesk.refreshInterval': 5,
      },
      env: { NODE_EXTRA_CA_CERTS: trusted.path, OBSERVED: observed },
    });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    desk = await Workbench.open({ server, context });
    await desk.openContainer('Loan Desk');
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await proxy?.close();
    await paper?.stop();
    for (const certificate of certificates) certificate.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk.screenshot(`failed-${this.currentTest.title}`);
  });

  /** What was looked up or connected to in the extension host, and what the proxy was asked for. */
  const assertNowhereElse = () => {
    const places = new Set(readFileSync(observed, 'utf8').trim().split('\n'));
    assert.deepEqual([...places], ['observing', `127.0.0.1:${proxy.port}`]);
    assert.deepEqual([...proxy.asked], [`CONNECT ${HOST}:443`]);
  };

  it('takes public rates through it, with its password, and goes nowhere else', async () => {
    await desk.treeRow('Coins', /^1INCH/);
    assertNowhereElse();
  });

  it('takes an account through it', async () => {
    await desk.pane('Loans').locator('.welcome-view-content').getByText('Add an API Key').click();
    await desk.quickPick(/^Mainnet/);
    await desk.quickPick(/^Global/);
    await desk.quickAnswer(/name/i, 'Mine');
    await desk.quickAnswer(/API key\. It is kept/, paper.apiKey);
    await desk.quickPick(/^Secret/);
    await desk.quickAnswer(/API secret/, paper.apiSecret);
    await desk.quickPick(/^Add This Account/);
    await desk.treeRow('Loans', /^Mine/);
  });

  it('says that the proxy asks for another password', async () => {
    proxy.login = 'ann:changed';
    await desk.treeRow('Loans', /\(setting http\.proxy\) asks for a name and a password \(HTTP 407\)\./);
    await desk.screenshot('proxy-407');
  });

  it('says that the proxy bars the exchange, and goes on asking: it was not the exchange that said 403', async () => {
    proxy.login = LOGIN;
    proxy.manner = 'bars';
    await desk.treeRow('Loans', /\(setting http\.proxy\) does not let requests through .*\(HTTP 403\)/);
  });

  it('says that the proxy is down', async () => {
    await proxy.close();
    await desk.treeRow('Loans', /\(setting http\.proxy\) could not be reached \(EPROXY\)\./);
    await proxy.open();
  });

  it('sends nothing to one who intercepts with a certificate of his own, though http.proxyStrictSSL is off', async () => {
    proxy.manner = 'intercepts';
    await desk.treeRow('Loans', /certificate is not the exchange's.*\(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
    assert.equal(proxy.intercepted, '');
  });

  it('goes on by itself when the proxy lets it through again, and reads the rest when asked', async () => {
    proxy.manner = 'tunnels';
    const rows = desk.pane('Loans').locator('.monaco-list-row');
    // Prices and the position are due with every poll; what changes seldom, a minute after it failed.
    await rows.filter({ hasText: 'DEPTH_ZERO' }).first().waitFor({ state: 'detached' });
    await desk.command('Loan Desk: Refresh');
    await rows.filter({ hasText: 'not read' }).first().waitFor({ state: 'detached' });
  });

  it('has told the proxy nothing but the name of the host, and gone nowhere else', () => {
    assertNowhereElse();
    const heads = proxy.clear.split('\r\n\r\n');
    assert.equal(heads.pop(), '');
    for (const head of heads)
      assert.match(head, /^CONNECT [^\r]+\r\n(?:(?:Host|Proxy-[a-z]+): [^\r]+(?:\r\n)?)+$/i);
  });
});
