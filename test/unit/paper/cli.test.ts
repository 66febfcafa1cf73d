import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PaperProcess, startPaper } from '../../clients/paper-process';
import { PATHS } from './bench';
import { type Envelope, signed } from './signed';

describe('the paper command', function () {
  this.timeout(30_000);
  const running: PaperProcess[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'loan-desk-cli-'));
  after(async () => {
    await Promise.all(running.map((one) => one.stop()));
    rmSync(folder, { recursive: true, force: true });
  });
  async function start(...args: readonly string[]): Promise<PaperProcess> {
    const paper = await startPaper(...args);
    running.push(paper);
    return paper;
  }
  async function call(
    paper: PaperProcess,
    method: 'GET' | 'POST',
    path: string,
    payload = '',
  ): Promise<Response> {
    const server = (await (await fetch(`${paper.url}${PATHS.time}`)).json()) as Envelope;
    const signer = { apiKey: paper.apiKey, secret: paper.apiSecret };
    const { headers, body } = signed(signer, server.time, method, path, payload);
    const given = method === 'POST' ? { body } : {};
    return fetch(`${paper.url}${path}${method === 'GET' && payload ? `?${payload}` : ''}`, {
      method,
      headers,
      ...given,
    });
  }

  it('prints one JSON line first with url and key', async () => {
    const { first } = await start();
    assert.deepEqual(Object.keys(first), ['url', 'apiKey', 'apiSecret']);
    assert.match(String(first['url']), /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('can be steered only with --control', async () => {
    const without = await start();
    assert.equal((await fetch(`${without.url}/paper/state`)).status, 404);
    const paper = await start('--control', '--folder', folder, '--seed', '5');
    const before = (await paper.control('GET', '/paper/state'))['time'] as number;
    const advanced = await paper.control('POST', '/paper/advance', { hours: 5 });
    assert.ok((advanced['time'] as number) >= before + 5 * 3_600_000);
    const time = (await (await fetch(`${paper.url}${PATHS.time}`)).json()) as Envelope;
    assert.ok(time.time >= before + 5 * 3_600_000);
    await paper.control('POST', '/paper/price', { coin: 'BTC', usd: '61000.5' });
    const tickers = await (await fetch(`${paper.url}${PATHS.tickers}?category=spot&symbol=BTCUSDT`)).json();
    assert.equal(
      (tickers as Envelope & { result: { list: { lastPrice: string }[] } }).result.list[0]?.lastPrice,
      '61000.5',
    );
    const wrong = await fetch(`${paper.url}/paper/fault`, {
      method: 'POST',
      body: '{"path":"/x","kind":"earthquake","count":1}',
    });
    assert.equal(wrong.status, 400);
  });

  it('makes faults on the wire', async () => {
    const paper = await start('--control');
    const fault = (kind: string) =>
      paper.control('POST', '/paper/fault', { path: PATHS.position, kind, count: 1 });
    await fault('http-500');
    assert.equal((await call(paper, 'GET', PATHS.position)).status, 500);
    await fault('retcode:10016');
    assert.equal(((await (await call(paper, 'GET', PATHS.position)).json()) as Envelope).retCode, 10016);
    await fault('html');
    assert.match(await (await call(paper, 'GET', PATHS.position)).text(), /<html>/);
    await fault('reset-after');
    await assert.rejects(call(paper, 'GET', PATHS.position));
  });

  it('answers only to loopback names and origins', async () => {
    const paper = await start('--control');
    const { port } = new URL(paper.url);
    const status = async (headers: Record<string, string>): Promise<number | undefined> => {
      const request = httpRequest({ host: '127.0.0.1', port, path: '/paper/state', headers }).end();
      const [response] = (await once(request, 'response')) as [{ statusCode?: number; resume(): void }];
      response.resume();
      return response.statusCode;
    };
    assert.equal(await status({ host: `127.0.0.1:${port}` }), 200);
    assert.equal(await status({ host: 'evil.example' }), 403);
    assert.equal(await status({ host: `127.0.0.1:${port}`, origin: 'https://evil.example' }), 403);
  });

  it('keeps its ledger in the folder when it is killed', async () => {
    const own = mkdtempSync(join(tmpdir(), 'loan-desk-cli-kill-'));
    const first = await start('--folder', own);
    const borrowed = await call(
      first,
      'POST',
      PATHS.borrow,
      '{"loanCurrency":"BTC","loanAmount":"0.05","collateralList":[{"currency":"USDT","amount":"9000"}]}',
    );
    assert.equal(((await borrowed.json()) as Envelope).retCode, 0);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = await start('--folder', own);
    assert.equal(second.apiKey, first.apiKey);
    const loans = (await (await call(second, 'GET', PATHS.loans)).json()) as Envelope;
    assert.equal((loans.result['list'] as { unpaidAmount: string }[])[0]?.unpaidAmount, '0.05');
    await second.stop();
    rmSync(own, { recursive: true, force: true });
  });

  it('refuses a port that is none', async () => {
    await assert.rejects(startPaper('--port', '99999'), /did not start/);
  });
});
