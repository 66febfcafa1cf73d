import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { type AxiosAdapter, AxiosError, type InternalAxiosRequestConfig } from 'axios';
import { createExchange } from '../../src/bybit/client';
import type { Credentials } from '../../src/bybit/exchange';
import { plain } from '../../src/bybit/words';
import { journalDocument } from '../../src/desk/journal/document';
import { journalCsv, journalJsonLines } from '../../src/desk/journal/export';
import { AccountSecrets } from '../../src/ui/accounts/secrets';
import { createLog, requestText } from '../../src/ui/log';
import { ratesModel } from '../../src/ui/panels/rates-model';
import { Redactor } from '../../src/ui/redactor';
import { FIRST_VIEW } from '../../src/webview/contract';
import { allEndpoints } from '../unit/bybit/endpoints';
import { FakeClock } from '../unit/desk/fake-clock';
import { FakeSecretStorage } from '../unit/ui/fake-secret-storage';
import { Canary } from '../wire/canary';
import { ACCOUNT, deeds, isWrite, KEY } from '../wire/ledger';
import { report, scaled, seeded } from './scale';
import { laid } from './table';

const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
});
const RSA: Credentials = { apiKey: 'CANARYRSAKEY0123456789', secret: String(pem), type: 'rsa' };

/** What an exchange, a proxy or a library could say that holds what was sent. */
const TELLTALES: {
  readonly [name: string]: (
    config: InternalAxiosRequestConfig,
    sent: string,
  ) => { status: number; text: string };
} = {
  'its text quotes the request': (_config, sent) => answer(10001, sent),
  'error sign with origin_string': (config, sent) =>
    answer(10004, `error sign! origin_string[${String(config.headers.get('X-BAPI-TIMESTAMP'))}${sent}]`),
  'invalid key': (config) =>
    answer(10003, `API key ${String(config.headers.get('X-BAPI-API-KEY'))} is invalid.`),
  'unknown code': (_config, sent) => answer(999_999, sent),
  'a page of a proxy': (_config, sent) => ({ status: 502, text: `<html>${sent}</html>` }),
  'a page with 200': (_config, sent) => ({ status: 200, text: `<html>${sent}</html>` }),
  'half an answer': (_config, sent) => ({ status: 200, text: `{"retCode":0,"retMsg":"${sent}` }),
  'a field of a wrong type': (_config, sent) => ({
    status: 200,
    text: JSON.stringify({ retCode: sent, retMsg: sent, result: sent, time: sent }),
  }),
  'a result of a wrong type': (_config, sent) => ({
    status: 200,
    text: JSON.stringify({ retCode: 0, retMsg: 'OK', result: { [sent]: sent, list: sent }, time: 1 }),
  }),
  redirect: (_config, sent) => ({ status: 302, text: sent }),
  'no access': (_config, sent) => ({ status: 403, text: sent }),
  'an error of axios with all of the request': (config, sent) => {
    throw new AxiosError(
      sent,
      'ECONNRESET',
      config,
      { sent },
      { status: 500, statusText: sent, data: sent, headers: {}, config },
    );
  },
  'an error of its own with all of the request': (config, sent) => {
    throw Object.assign(new Error(sent, { cause: config }), { config, code: sent });
  },
};

function answer(retCode: number, retMsg: string) {
  return {
    status: 200,
    text: JSON.stringify({ retCode, retMsg, result: {}, retExtInfo: {}, time: Date.now() }),
  };
}

/** An exchange that gives away what it was sent, in one of the ways. */
function telltale(name: string, key: Credentials, canary: Canary): AxiosAdapter {
  return async (config) => {
    canary.watch(config);
    const sent = `${JSON.stringify(config.headers.toJSON())} ${String(config.url)} ${String(config.data)} ${key.secret}`;
    const said = TELLTALES[name]?.(config, sent);
    if (said === undefined) throw new Error('no such telltale');
    return {
      status: said.status,
      statusText: sent.replaceAll('\n', ' '),
      data: said.text,
      headers: { 'x-echo': sent },
      config,
    };
  };
}

describe('no secret leaves', function () {
  this.timeout(3_600_000);

  it('in errors of any class from any endpoint, printed in any way, nor in lines of the log', async () => {
    let errors = 0;
    const kinds = new Set<string>();
    const canary = new Canary(KEY, RSA);
    const endpoints = [...(await allEndpoints()).values()];
    const clock = new FakeClock();
    for (const key of [KEY, RSA, { ...RSA, secret: `${RSA.secret.slice(0, 400)}` }]) {
      for (const name of Object.keys(TELLTALES)) {
        for (const endpoint of endpoints) {
          const exchange = createExchange({
            baseUrl: 'http://127.0.0.1:1',
            credentials: key,
            adapter: telltale(name, key, canary),
            clock,
            random: () => 0.5,
            log: (line) => canary.search('log', requestText(line)),
          });
          const call = exchange.call(endpoint, {}).catch((error: unknown) => {
            errors += 1;
            kinds.add(error instanceof Error ? error.constructor.name : typeof error);
            canary.searchValue(`${endpoint.id}, ${name}`, error);
          });
          await clock.run(call);
          exchange.dispose();
        }
      }
    }
    report(
      6,
      `${errors} errors of ${kinds.size} classes printed in 6 ways`,
      `${canary.searched} texts searched`,
      `${canary.found.length} hits`,
    );
    assert.deepEqual(canary.found.slice(0, 5), []);
    assert.ok(errors > 1_000 && kinds.size >= 4, [...kinds].join());
  });

  it('in the journal, exports, logs, files, verdicts and what panels show, whatever becomes of a write', async () => {
    const canary = new Canary(KEY);
    const operations = await deeds();
    const runs = scaled(500);
    for (let seed = 0; seed < runs; seed += 1) {
      const random = seeded(seed);
      const table = await laid({ random, shared: true });
      try {
        const name = Object.keys(TELLTALES)[seed % Object.keys(TELLTALES).length] ?? '';
        const through = table.passage.adapter;
        const spoilt = telltale(name, KEY, canary);
        const adapter: AxiosAdapter = (config) => {
          canary.watch(config);
          return isWrite(config.url ?? '') || random() < 0.1 ? spoilt(config) : through(config);
        };
        Object.assign(table.passage, { adapter });
        const desk = await table.open();
        const other = await table.open(['key']);
        // Both windows poll, so that they write down what they read for each other.
        for (const one of [desk, other]) one.watch();
        const told = await table.clock.run(
          desk.execute(operations[seed % operations.length] ?? assert.fail()),
        );
        await table.clock.pass(60_000);
        for (const one of desk.open) await table.clock.run(desk.resolveByHand(one.id, false));
        const events = table.journal();
        canary.searchValue('verdict', told);
        canary.searchValue('snapshot', desk.snapshot);
        canary.search('csv', journalCsv(events, ACCOUNT));
        canary.search('json', journalJsonLines(events));
        canary.search('document', journalDocument({ events, oddLines: 0, heading: 'x', say: plain }));
        canary.searchValue(
          'panel',
          ratesModel({ kind: 'account', account: ACCOUNT, desk }, FIRST_VIEW, 0, {
            say: plain,
            locale: 'en',
          }),
        );
        for (const line of [...table.log, ...table.lines.map(requestText)]) canary.search('log', line);
        canary.searchFolder(table.folder);
      } finally {
        await table.close();
      }
    }
    report(
      6,
      `${runs} operations with a telltale exchange`,
      `${canary.searched} texts and files searched`,
      `${canary.found.length} hits`,
    );
    assert.deepEqual(canary.found.slice(0, 5), []);
  });

  it('in the log, even when the storage of secrets says them itself', async () => {
    const canary = new Canary(KEY, RSA);
    const redactor = new Redactor();
    const write = (line: string) => canary.search('channel', line);
    const log = createLog(
      { debug: write, info: write, warn: write, error: write, show: () => undefined },
      redactor,
    );
    let lines = 0;
    for (const key of [KEY, RSA]) {
      const storage = new FakeSecretStorage();
      const secrets = new AccountSecrets(storage, redactor);
      await secrets.store(ACCOUNT, key);
      for (const text of [
        key.apiKey,
        key.secret,
        JSON.stringify(key),
        JSON.stringify(JSON.stringify(key)),
        `${key.apiKey}&${key.secret}`,
      ]) {
        for (const level of ['debug', 'info', 'warn'] as const) log[level](`it said ${text}`);
        log.error('it failed', new Error(text, { cause: key }));
        log.error('it failed', { toString: () => text });
        log.error(`it failed ${text}`);
        lines += 6;
      }
    }
    report(6, `${lines} lines that hold secrets written to the log`, `${canary.found.length} hits`);
    assert.deepEqual(canary.found.slice(0, 5), []);
  });
});
