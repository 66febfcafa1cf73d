import assert from 'node:assert/strict';
import { codeFacts, knownCodes } from '../../../src/bybit/codes';
import { plain } from '../../../src/bybit/words';

/** Every code of API.md §11, in its order. */
const DOCUMENTED = [
  10000, 10001, 10002, 10003, 10004, 10005, 10006, 10007, 10008, 10009, 10024, 10010, 10014, 10016, 429,
  10017, 10018, 10027, 10028, 100028, 10032, 33004, -2015, 20096, 131004, 100109, 131001, 131003, 131200,
  131201, 131216, 131230, 131002, 131203, 131212, 131228, 148001, 148002, 148003, 148004, 148005, 148006,
  148007, 148008, 148009, 148010, 148011, 148012, 148013, 148014, 148015, 148016, 148017, 148018, 148019,
  148020, 148021, 148022, 148023, 148024, 148025, 148026, 148027, 148028, 148042, 148029, 148030, 148031,
  148032, 148033, 148034, 148035, 148036, 148037, 148038, 148039, 148040, 148041, 148047, 148048, 177002,
  177003, 177019, 177004, 177005, 177006, 177008, 177017, 177020, 177007, 177009, 177010, 177011, 177012,
  177013, 177016, 177014, 177015, 177018, 177021, 100016, 3777002, 3777003, 3777004, 3777005, 3777006,
  3777007, 3777027, 3777029, 3777030, 3777012, 3777039, 3777040, 3777042, 3777043,
];

/** After these a write may have taken effect (promises.md §1; the wallet service and the older systems by analogy). */
const UNKNOWN = [
  10000, 10014, 10016, 429, 131001, 131003, 131200, 131201, 131216, 131230, 148019, 148021, 148026, 148034,
  148035, 148036, 148041, 177002, 177018, 177021, 3777012,
];

describe('the table of codes', () => {
  it('holds every documented code and no other', () => {
    const ascending = (a: number, b: number) => a - b;
    assert.deepEqual([...knownCodes()].sort(ascending), [...DOCUMENTED].sort(ascending));
    assert.equal(new Set(DOCUMENTED).size, DOCUMENTED.length);
  });

  it('says after which a write may have taken effect', () => {
    assert.deepEqual(
      DOCUMENTED.filter((code) => codeFacts(code)?.effect === 'unknown'),
      UNKNOWN,
    );
  });

  it('words each for the user, with a way on wherever there is one', () => {
    for (const code of DOCUMENTED) {
      const facts = codeFacts(code);
      assert.ok(facts, String(code));
      assert.match(plain(facts.words), /^[A-Z].{10,}\.$/, String(code));
      if (facts.advice !== undefined) assert.match(plain(facts.advice), /^[A-Z].{5,}\.$/, String(code));
    }
    const silent = DOCUMENTED.filter((code) => codeFacts(code)?.advice === undefined);
    assert.deepEqual(silent, [148013, 3777002, 3777003, 3777004]);
  });

  it('leaves the repeats of 10002, 10006 and 10018 to the client, which waits as each needs it', () => {
    for (const code of [10002, 10006, 10018]) assert.equal(codeFacts(code)?.repeat, false, String(code));
  });

  it('knows nothing of codes nobody documented', () => {
    for (const code of [1, 148043, 148046, 999_999]) assert.equal(codeFacts(code), undefined);
  });
});
