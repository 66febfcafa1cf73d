import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { getLoanableCoins, getLoanPosition } from '../../../src/bybit/common';
import type { Endpoint } from '../../../src/bybit/endpoint';
import { readEnvelope, readResult } from '../../../src/bybit/envelope';
import { UnreadableError } from '../../../src/bybit/errors';
import { borrowFlexible, getFlexibleBorrowHistory, getFlexibleLoans } from '../../../src/bybit/flexible';
import { type Json, parseJson } from '../../../src/bybit/json';
import { allEndpoints } from './endpoints';

const SAMPLES = 'test/data/responses';
const READ = { id: 'getLoanPosition', mutates: false };

function sample(id: string): Record<string, Json> {
  return JSON.parse(readFileSync(join(SAMPLES, `${id}.json`), 'utf8')) as Record<string, Json>;
}

function unreadable(work: () => unknown): UnreadableError {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof UnreadableError, String(error));
    return error;
  }
  throw new Error('It should not be readable.');
}

/** Paths of all object fields below a value. */
function fieldsOf(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => [
    ...(Array.isArray(value) ? [] : [[...path, key]]),
    ...fieldsOf(held, [...path, key]),
  ]);
}

function changed(
  value: Json,
  path: readonly string[],
  change: (holder: Record<string, Json>, key: string) => void,
): Json {
  const copy = structuredClone(value);
  const holder = path
    .slice(0, -1)
    .reduce<Json>((held, key) => (held as Record<string, Json>)[key] ?? null, copy);
  change(holder as Record<string, Json>, path.at(-1) ?? '');
  return copy;
}

/** Whether the endpoint needs what is spoilt at `path`; then its error must say so. */
function isMissed(endpoint: Endpoint<object, unknown>, spoilt: Json, path: readonly string[]): boolean {
  try {
    readResult(endpoint, spoilt);
    return false;
  } catch (error) {
    assert.ok(error instanceof UnreadableError);
    assert.equal(error.endpoint, endpoint.id);
    assert.equal(error.effect, endpoint.mutates ? 'unknown' : 'none');
    // A row that may have several shapes is named as a whole.
    const field = ['result', ...path].join('.');
    const named = error.field ?? '';
    assert.ok(field === named || named.startsWith(`${field}.`) || field.startsWith(`${named}.`), named);
    assert.ok(error.message.includes(endpoint.id) && error.message.includes(named) && named !== 'result');
    return true;
  }
}

describe('answers', () => {
  let endpoints: ReadonlyMap<string, Endpoint<object, unknown>>;
  const documented: (readonly [Endpoint<object, unknown>, string, Record<string, Json>])[] = [];

  before(async () => {
    endpoints = await allEndpoints();
    for (const file of readdirSync(SAMPLES)) {
      const name = file.replace(/\.json$/, '');
      const endpoint = endpoints.get(name.split('.')[0] ?? '');
      if (endpoint !== undefined) documented.push([endpoint, name, sample(name)]);
    }
  });

  it('has an endpoint for every sample and a sample for every endpoint', () => {
    const known = new Set(documented.map(([{ id }]) => id));
    assert.deepEqual(
      [...endpoints.keys()].filter((id) => !known.has(id)),
      [],
    );
    assert.equal(documented.length, readdirSync(SAMPLES).length);
    assert.ok(documented.length >= 18);
  });

  it('reads every documented answer', () => {
    for (const [endpoint, name] of documented) {
      const frame = readEnvelope(endpoint, readFileSync(join(SAMPLES, `${name}.json`), 'utf8'));
      assert.equal(frame.retCode, 0, name);
      assert.ok(readResult(endpoint, frame.result) !== undefined, name);
    }
  });

  it('lets unknown fields pass, everywhere', () => {
    for (const [endpoint, name, { result }] of documented) {
      for (const path of [[], ...fieldsOf(result ?? {})]) {
        const more = changed({ result: result ?? {} }, ['result', ...path], (holder, key) => {
          const held = holder[key];
          if (typeof held === 'object' && held !== null && !Array.isArray(held))
            Object.assign(held, { soonThere: ['?'] });
        });
        assert.doesNotThrow(() => readResult(endpoint, (more as Record<string, Json>)['result']), name);
      }
    }
  });

  it('names endpoint and field where one is missing or wrong, and never throws anything else', () => {
    const missing = (holder: Record<string, Json>, key: string) => {
      delete holder[key];
    };
    const wrong = (holder: Record<string, Json>, key: string) => {
      holder[key] = { odd: true };
    };
    let missed = 0;
    for (const [endpoint, , { result }] of documented) {
      for (const path of fieldsOf(result ?? {})) {
        for (const change of [missing, wrong]) {
          if (isMissed(endpoint, changed(result ?? {}, path, change), path)) missed += 1;
        }
      }
    }
    assert.ok(missed > 150, `only ${missed} fields are needed`);
  });

  it('refuses frames that are none', () => {
    const bodies = [
      '',
      'null',
      '[]',
      '"x"',
      '5',
      '{}',
      '{"retCode":0}',
      '{"retCode":"x","time":1}',
      '{"retCode":1.5,"time":1}',
      '{"retCode":0,"time":-1}',
      '{"retCode":0,"time":null}',
      '{"retCode":0,"retCode":0,"time":1}',
      '<html>',
      '{"retCode":0,"time":1',
      '{"retCode":0,"time":1}{}',
    ];
    for (const body of bodies) {
      const error = unreadable(() => readEnvelope(READ, body));
      assert.equal(error.endpoint, 'getLoanPosition', body);
      assert.equal(error.effect, 'none');
      assert.equal(unreadable(() => readEnvelope(borrowFlexible, body)).effect, 'unknown');
    }
    assert.match(unreadable(() => readEnvelope(READ, ' <!DOCTYPE html>')).message, /web page/);
  });

  it('takes what the type tables and the examples disagree about', () => {
    const frame = readEnvelope(READ, '\ufeff{"retCode":"0","retMsg":null,"time":"1752569209682"}');
    assert.deepEqual(frame, { retCode: 0, retMsg: '', result: undefined, time: 1752569209682 });
    assert.equal(
      readResult(borrowFlexible, parseJson('{"orderId":2091991237922142464}')).orderId,
      '2091991237922142464',
    );
    assert.equal(readResult(borrowFlexible, { orderId: 1363 }).orderId, '1363');
    const page = { list: [], nextPageCursor: '' };
    assert.equal(readResult(getFlexibleBorrowHistory, page).nextPageCursor, undefined);
    assert.equal(readResult(getFlexibleBorrowHistory, { list: [] }).nextPageCursor, undefined);
  });

  it('reads amounts as decimals or refuses them, never as something else', () => {
    const loan = (totalDebt: Json) => ({
      list: [{ loanCurrency: 'BTC', hourlyInterestRate: '0.1', totalDebt }],
    });
    const read = (totalDebt: Json) => readResult(getFlexibleLoans, loan(totalDebt)).list[0]?.totalDebt;
    assert.equal(read('1E-9'), '0.000000001');
    assert.equal(read(5), '5');
    assert.equal(read('-0'), '0');
    assert.equal(read('0.10'), '0.1');
    for (const bad of [
      'NaN',
      'Infinity',
      '1e400',
      '0x10',
      '',
      ' 1',
      '１２',
      null,
      true,
      [],
      {},
      0.5,
      '9'.repeat(400),
    ] as Json[]) {
      const error = unreadable(() => readResult(getFlexibleLoans, loan(bad)));
      assert.equal(error.field, 'result.list.0.totalDebt', JSON.stringify(bad));
    }
  });

  it('keeps "" apart from zero where the exchange says nothing', () => {
    const row = {
      ...(sample('getLoanableCoins')['result'] as { list: Record<string, Json>[] }).list[0],
      annualizedInterestRate7D: '',
    };
    const { list } = readResult(getLoanableCoins, { list: [row] });
    assert.equal(list[0]?.annualizedInterestRate7D, undefined);
    const position = { ...(sample('getLoanPosition')['result'] as Record<string, Json>), ltv: '' };
    assert.equal(readResult(getLoanPosition, position).ltv, undefined);
  });

  it('never keeps a coin name from reaching the prototype of an object', () => {
    fc.assert(
      fc.property(fc.constantFrom('__proto__', 'constructor', 'toString', '\u202eBTC', '😀'), (coin) => {
        const { list } = readResult(getFlexibleLoans, {
          list: [{ loanCurrency: coin, hourlyInterestRate: '0', totalDebt: '1' }],
        });
        assert.equal(list[0]?.loanCurrency, coin);
        assert.equal(({} as Record<string, unknown>)['loanCurrency'], undefined);
      }),
    );
  });
});
