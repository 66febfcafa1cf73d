import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios, { type AxiosResponse } from 'axios';
import { openPaper, type PaperDoor } from '../../../src/paper/door';
import { PATHS } from './bench';
import { type Envelope, signed } from './signed';

describe('the paper door', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loan-desk-paper-'));
  let now = Date.UTC(2026, 2, 2, 10, 20);
  let door: PaperDoor;

  before(async () => {
    door = await openPaper({ folder, clock: () => now });
  });
  after(() => {
    door.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  async function send(
    method: 'GET' | 'POST',
    path: string,
    payload = '',
    through = door,
  ): Promise<AxiosResponse<string>> {
    now += 1000;
    const time = (await through.control.state())['time'] as number;
    const request = signed(through.credentials, time, method, path, payload);
    return axios.create({ responseType: 'text', transformResponse: [(x: string) => x] }).request<string>({
      baseURL: through.baseUrl,
      adapter: through.adapter,
      method,
      url: method === 'GET' && payload !== '' ? `${path}?${payload}` : path,
      headers: request.headers,
      ...(method === 'POST' ? { data: payload } : {}),
      timeout: 1000,
      validateStatus: () => true,
    });
  }
  async function call(method: 'GET' | 'POST', path: string, payload = ''): Promise<Envelope> {
    return JSON.parse((await send(method, path, payload)).data) as Envelope;
  }

  it('borrows, shows the debt and repays', async () => {
    const borrowed = await call(
      'POST',
      PATHS.borrow,
      '{"loanCurrency":"BTC","loanAmount":"0.1","collateralList":[{"currency":"USDT","amount":"10000"},{"currency":"ETH","amount":"2"}]}',
    );
    assert.equal(borrowed.retCode, 0, borrowed.retMsg);
    const loans = await call('GET', PATHS.loans);
    assert.equal((loans.result['list'] as { totalDebt: string }[])[0]?.totalDebt, '0.1');
    const repaid = await call('POST', PATHS.repay, '{"loanCurrency":"BTC","amount":"0.1"}');
    assert.equal(repaid.retCode, 0, repaid.retMsg);
    assert.deepEqual((await call('GET', PATHS.loans)).result, { list: [] });
  });

  it('says in every answer that it is simulated', async () => {
    const { headers } = await send('GET', PATHS.time);
    assert.match(String(headers['x-simulated']), /no real money/);
  });

  it('shows faults as the errors axios makes', async () => {
    const codes = [
      ['timeout-before', 'ECONNABORTED'],
      ['timeout-after', 'ECONNABORTED'],
      ['reset-before', 'ECONNRESET'],
      ['reset-after', 'ECONNRESET'],
    ] as const;
    for (const [kind, code] of codes) {
      door.control.fault(PATHS.time, kind, 1);
      await assert.rejects(send('GET', PATHS.time), { code });
    }
    door.control.fault(PATHS.time, 'truncated', 1);
    const { data } = await send('GET', PATHS.time);
    assert.throws(() => JSON.parse(data));
    assert.equal((await call('GET', PATHS.time)).retCode, 0);
  });

  it('keeps its keys and starts the ledger anew on reset', async () => {
    await call(
      'POST',
      PATHS.borrow,
      '{"loanCurrency":"SOL","loanAmount":"1","collateralList":[{"currency":"USDT","amount":"1000"}]}',
    );
    await door.reset();
    assert.deepEqual((await call('GET', PATHS.loans)).result, { list: [] });
    const again = await openPaper({ folder, clock: () => now });
    assert.deepEqual(again.credentials, door.credentials);
  });

  it('cancels with the code axios gives', async () => {
    const url = PATHS.time;
    const request = axios.request({
      baseURL: door.baseUrl,
      adapter: door.adapter,
      url,
      signal: AbortSignal.abort(),
    });
    await assert.rejects(request, { code: 'ERR_CANCELED' });
  });

  it('goes silent when disposed', async () => {
    const other = await openPaper({ folder, clock: () => now });
    other.dispose();
    await assert.rejects(send('GET', PATHS.time, '', other), { code: 'ECONNRESET' });
  });
});
