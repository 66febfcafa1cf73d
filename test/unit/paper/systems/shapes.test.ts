import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { ROUTES } from '../../../../src/paper/systems/systems';
import { allEndpoints } from '../../bybit/endpoints';
import { bench, LEGACY, MAIN, START } from '../bench';
import { type Envelope, signed } from '../signed';
import { fixedAnswers } from './answers/fixed';
import { institutionalAnswers } from './answers/institutional';
import { legacyAnswers } from './answers/legacy';
import { newLoanAnswers } from './answers/new-loans';

const SAMPLES = join(process.cwd(), 'test/data/responses');
const CATALOGUE = join(process.cwd(), 'test/data/catalogue.json');

/** What the paper exchange never grants: borrowing that was withdrawn. */
const REFUSED = ['borrowLegacyLoan'];
const ROUTED = ROUTES.map(({ endpoint }) => endpoint.id).filter((id) => !REFUSED.includes(id));

/** Fields that the documentation's tables know and its examples leave out (API.md §12). */
const IN_TABLES = ['supportMarginTrading', 'reserveToken', 'reserveQuantity', 'liqStatus', 'riskUnitDelta'];
/** Figures that are written with eight decimals, zeros included (API.md §6). */
const PADDED = ['stopLiquidationLine', 'leverage', 'convertRatio'];

function sampleOf(id: string): Envelope {
  return JSON.parse(readFileSync(join(SAMPLES, `${id}.json`), 'utf8')) as Envelope;
}

/** Differences in type between an answer and its documented sample; lists are compared by their rows. */
function differences(sample: unknown, answer: unknown, path: string): readonly string[] {
  const [wanted, found] = [kind(sample), kind(answer)];
  if (wanted !== found) return [`${path} is ${found}, documented as ${wanted}`];
  if (Array.isArray(sample) && Array.isArray(answer)) {
    if (sample.length === 0) return [];
    if (answer.length === 0) return path.includes('permissions') ? [] : [`${path} is empty`];
    return answer.flatMap((row, n) => differences(sample[0], row, `${path}.${n}`));
  }
  if (wanted !== 'object') return [];
  const left = sample as Record<string, unknown>;
  const right = answer as Record<string, unknown>;
  const missing = Object.keys(left).filter((name) => !(name in right));
  const more = Object.keys(right).filter((name) => !(name in left) && !IN_TABLES.includes(name));
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...more.map((name) => `${path}.${name} is not documented`),
    ...Object.keys(left)
      .filter((name) => name in right)
      .flatMap((name) => differences(left[name], right[name], `${path}.${name}`)),
  ];
}

function kind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

describe('the answers of the paper exchange', () => {
  const answers = new Map<string, Envelope>();

  before(async function () {
    this.timeout(30_000);
    for (const ask of [newLoanAnswers, fixedAnswers, legacyAnswers, institutionalAnswers]) {
      for (const [id, answer] of await ask(bench())) answers.set(id, answer);
    }
  });

  for (const id of ROUTED) {
    it(`${id} has the documented shape, type by type`, () => {
      assert.deepEqual(differences(sampleOf(id), answers.get(id), id), []);
    });
  }

  it('getInsLtv has its other documented shape while a repayment runs', () => {
    assert.deepEqual(differences(sampleOf('getInsLtv.busy'), answers.get('getInsLtv.busy'), 'busy'), []);
  });

  it('succeed with the words of their system', () => {
    for (const id of ROUTED) {
      const answer = answers.get(id);
      assert.equal(answer?.retCode, 0, `${id}: ${answer?.retMsg}`);
      assert.equal(answer?.retMsg, sampleOf(id).retMsg, id);
    }
  });

  it('pass the schemas of the client', async () => {
    const known = await allEndpoints();
    for (const id of ROUTED) {
      const schema = known.get(id)?.schema;
      assert.ok(schema, id);
      assert.deepEqual(v.safeParse(schema, answers.get(id)?.result).issues, undefined, id);
    }
  });

  it('are marked where the documentation does not know the endpoint any more', async () => {
    const catalogue = JSON.parse(readFileSync(CATALOGUE, 'utf8')) as { id: string; documented: boolean }[];
    const forgotten = catalogue.filter((entry) => !entry.documented).map((entry) => entry.id);
    for (const { endpoint, documented } of ROUTES) {
      assert.equal(documented === false, forgotten.includes(endpoint.id), endpoint.id);
    }
    const refused = await bench().core.handle(signed(MAIN, START, 'POST', LEGACY.borrow, '{}'));
    assert.match(refused.headers['x-undocumented'] ?? '', /not in the documentation/);
  });

  it('write decimals trimmed and without exponent', () => {
    const text = JSON.stringify([...answers.values()]);
    assert.doesNotMatch(text, /"-?\d+(\.\d+)?e-?\d+"/i);
    const padded = text.matchAll(/"(\w+)":"\d+\.\d*0"/g);
    for (const [shown, name = ''] of padded) assert.ok(PADDED.includes(name), shown);
  });
});
