import assert from 'node:assert/strict';
import fc from 'fast-check';
import { JsonFault, parseJson } from '../../../src/bybit/json';

function fault(text: string): JsonFault {
  try {
    parseJson(text);
  } catch (error) {
    assert.ok(error instanceof JsonFault, String(error));
    return error;
  }
  throw new Error(`It should not parse: ${text.slice(0, 80)}`);
}

describe('parseJson', () => {
  it('keeps ids beyond 2^53 and fractions to the last digit', () => {
    assert.deepEqual(parseJson('{"id":2091991237922142464}'), { id: '2091991237922142464' });
    assert.deepEqual(parseJson('[9007199254740991,9007199254740992,9007199254740993]'), [
      9007199254740991,
      '9007199254740992',
      '9007199254740993',
    ]);
    assert.deepEqual(parseJson('[0.1,1e400,-0,1E-9,0.10]'), ['0.1', '1e400', 0, '1E-9', '0.10']);
  });

  it('reads every document as JSON.parse does, apart from those numbers', () => {
    const documents = fc
      .jsonValue({ maxDepth: 8 })
      .filter((value) => !JSON.stringify(value).includes('__proto__'));
    fc.assert(
      fc.property(documents, fc.integer({ min: 0, max: 3 }), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        assert.deepEqual(withNumbers(parseJson(text)), withNumbers(JSON.parse(text)));
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const broken = fc
      .tuple(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', ',', '}', ']', '"', '\\', '\u0000', 'e', '+', '0', '/*'),
      )
      .map(([text, at, insert]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + insert + text.slice(place + (at % 2));
      });
    fc.assert(
      fc.property(broken, (text) => {
        const theirs = attempt(() => JSON.parse(text) as unknown);
        const ours = attempt(() => parseJson(text));
        if (ours instanceof JsonFault && ours.reason !== 'syntax') return;
        assert.equal(ours instanceof Error, theirs instanceof Error, text);
      }),
      { numRuns: 5000 },
    );
  });

  it('names why a document is none', () => {
    assert.equal(fault('{"a":1,"a":2}').reason, 'duplicate key');
    assert.equal(fault('{"a":1,"\\u0061":2}').reason, 'duplicate key');
    assert.equal(fault('{"__proto__":{"polluted":true}}').reason, 'forbidden key');
    assert.equal(fault('{"\\u005f_proto__":1}').reason, 'forbidden key');
    assert.equal(fault('['.repeat(65)).reason, 'depth');
    assert.equal(fault('{"a":'.repeat(65)).reason, 'depth');
    for (const text of [
      '',
      ' ',
      '{',
      '[1,]',
      '{"a":1,}',
      "{'a':1}",
      '01',
      '.5',
      '1.',
      '+1',
      'NaN',
      'Infinity',
      'nul',
      '"\n"',
      '"\\x"',
      '[1] 2',
      '\ufeff\ufeff1',
    ]) {
      assert.equal(fault(text).reason, 'syntax', text);
    }
    assert.equal(fault('{"a" 1}').position, 5);
  });

  it('takes names of Object.prototype as plain keys', () => {
    const read = parseJson('{"constructor":1,"toString":2,"hasOwnProperty":3}') as Record<string, unknown>;
    assert.deepEqual(Object.entries(read), [
      ['constructor', 1],
      ['toString', 2],
      ['hasOwnProperty', 3],
    ]);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('skips one byte order mark and stays linear on hostile text', () => {
    assert.equal(parseJson('\ufeff 1'), 1);
    assert.deepEqual(parseJson('['.repeat(64) + ']'.repeat(64)), JSON.parse('['.repeat(64) + ']'.repeat(64)));
    const hostile = [
      '['.repeat(500_000),
      `"${'\\'.repeat(500_000)}`,
      '1'.repeat(500_000),
      ' '.repeat(500_000),
      `{"${'a'.repeat(500_000)}`,
    ];
    for (const text of hostile) attempt(() => parseJson(text));
    assert.equal((parseJson(`[${'1,'.repeat(200_000)}1]`) as unknown[]).length, 200_001);
  });
});

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

/** Numbers as the doubles they are, so that our exact ones can be compared. */
function withNumbers(value: unknown): unknown {
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (typeof value === 'string') return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(withNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, withNumbers(held)]));
}
