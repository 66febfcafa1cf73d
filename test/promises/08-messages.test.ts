import assert from 'node:assert/strict';
import { viewOf } from '../../src/webview/contract';
import { mutated, ODD } from './mutations';
import { PANELS, STRANGE, WAYS } from './panel-messages';
import { pick, report, scaled, seeded } from './scale';

const SESSION = 'session-0123456789';

const ALL = PANELS.flatMap((panel) => [
  { name: `to the ${panel} panel`, ...WAYS[panel].toPage },
  { name: `from the ${panel} panel`, ...WAYS[panel].toHost },
]);

describe('messages of the panels', function () {
  this.timeout(3_600_000);

  for (const { name, types, good, parse } of ALL) {
    it(`${name}, whatever they are: checked and taken, or dropped; nothing is thrown`, () => {
      const runs = scaled(100_000);
      const random = seeded(800);
      const counts = { taken: 0, dropped: 0 };
      const known = good.map((message) => parse({ ...message, session: SESSION }, SESSION)?.type);
      assert.deepEqual(
        [...new Set(known)].sort(),
        [...types].sort(),
        'a good one is dropped, or a type is missing',
      );
      for (const message of STRANGE)
        assert.equal(parse({ ...message, session: SESSION }, SESSION), undefined);
      const seen = new Set<string>();
      const unchanged = new Set(good.map((message) => JSON.stringify({ ...message, session: SESSION })));
      let changed = 0;
      for (let n = 0; n < runs; n += 1) {
        const message =
          random() < 0.1
            ? pick(random, ODD)
            : mutated({ ...pick(random, [...good, ...STRANGE]), session: SESSION }, random);
        const before = JSON.stringify(message);
        const taken = parse(message, SESSION);
        assert.equal(JSON.stringify(message), before, 'what came was changed');
        if (taken === undefined) counts.dropped += 1;
        else {
          counts.taken += 1;
          seen.add(taken.type);
          if (!unchanged.has(before)) changed += 1;
          assert.equal(taken.session, SESSION);
          // What was taken is wholly of the contract: it is taken again as it is.
          assert.deepEqual(parse(taken, SESSION), taken);
          assert.equal(parse(taken, `${SESSION}x`), undefined);
        }
        viewOf(message);
      }
      report(8, `${runs} messages ${name}`, `${counts.taken} taken`, `${counts.dropped} dropped`, '0 thrown');
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
      assert.ok(counts.dropped > 0);
      // Past the first check: each type was taken, also with something in it changed.
      assert.deepEqual([...seen].sort(), [...types].sort());
      assert.ok(changed > 0, `${changed} changed ones taken`);
    });
  }
});
