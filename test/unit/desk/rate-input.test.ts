import assert from 'node:assert/strict';
import { plain } from '../../../src/bybit/words';
import { readRate } from '../../../src/desk/rate-input';

function read(text: string, locale = 'en'): string {
  const result = readRate(text, locale);
  return 'problem' in result ? plain(result.problem) : result.value;
}

describe('an annual rate that is typed', () => {
  for (const text of ['3.5', ' 3.5 %', '3.5%', '3.50']) {
    it(`reads "${text}" as the fraction 0.035`, () => assert.equal(read(text), '0.035'));
  }

  it('is read in the marks of the locale', () => {
    assert.equal(read('3,5 %', 'de'), '0.035');
    assert.match(read('3.5', 'de'), /decimal mark here is “,”, for example 3,5$/);
  });

  it('is refused in the words of a rate, with one that would pass', () => {
    assert.equal(read(''), 'Type a percentage, for example 3.5.');
    assert.equal(read(' % '), 'Type a percentage, for example 3.5.');
    assert.equal(read('-3'), 'The percentage must be more than 0.');
    assert.equal(read('0 %'), 'The rate must be more than 0 % a year.');
    assert.match(read('cheap'), /: 3\.5$/);
    assert.equal(read('3.12345'), 'At most 4 decimals: 3.1234 would pass.');
    assert.equal(read('1'.repeat(90)), 'That is too long for a number.');
  });
});
