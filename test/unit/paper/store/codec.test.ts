import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { NO_FIXED } from '../../../../src/paper/ledger/fixed/state';
import { genesis } from '../../../../src/paper/ledger/genesis';
import { decode, encode } from '../../../../src/paper/store/codec';
import { createWorld } from '../../../../src/paper/systems/systems';
import { SEED, START } from '../bench';

describe('the ledger as text', () => {
  const fresh = genesis(createWorld(SEED), { time: START, keys: [] });

  it('comes back as it was', () => {
    assert.deepEqual(decode(encode(fresh)), fresh);
  });

  it('of before a part was added is read, and that part begins empty', () => {
    const [head = '', body = ''] = encode(fresh).split('\n');
    const { fixed, ...older } = JSON.parse(body) as Record<string, unknown>;
    assert.ok(fixed !== undefined);
    const text = JSON.stringify(older);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const again = decode(`${JSON.stringify({ ...JSON.parse(head), sha256 })}\n${text}\n`);
    assert.deepEqual(again, { ...fresh, fixed: NO_FIXED });
  });

  it('that was changed or torn is not read', () => {
    const text = encode(fresh);
    assert.equal(decode(text.replace('"uid":', '"uid":1')), undefined);
    assert.equal(decode(text.slice(0, -10)), undefined);
    assert.equal(decode(''), undefined);
  });
});
