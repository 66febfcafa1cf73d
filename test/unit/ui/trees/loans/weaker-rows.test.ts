import assert from 'node:assert/strict';
import { loansSource } from '../../../../../src/ui/trees/loans/loans-source';
import { deskOf, NOW, sessionOf } from '../desks';
import { face, tooltipOf } from '../read';

/** The rows that warn of weak settings, as the tree of an account begins with them. */
function weaker(settings: Readonly<Record<string, unknown>>) {
  const privacy = { isOn: false, show: <T>(sentence: T) => sentence };
  const { rows } = loansSource(privacy, (key) => settings[key], 'en');
  assert.deepEqual(rows({ kind: 'none', desk: deskOf() }, NOW), [], 'without an account nothing is weakened');
  return rows(sessionOf(deskOf()), NOW).filter(({ id }) => id.startsWith('weaker-'));
}

describe('rows of what the settings weaken', () => {
  it('are not there while nothing is set, or what is set warns sooner', () => {
    assert.deepEqual(weaker({}), []);
    assert.deepEqual(weaker({ 'thresholds.initial': 70, 'watch.interval': 300 }), []);
  });

  it('tell of lines that are above those of the exchange', () => {
    const [row, ...others] = weaker({ 'thresholds.liquidation': 97.5 });
    assert.ok(row);
    assert.deepEqual(others, []);
    assert.equal(
      face(row),
      'LTV lines raised in the settings | 80 %, 85 %, 93 %, 97.5 % instead of 80 %, 85 %, 93 %, 95 %',
    );
    assert.match(tooltipOf(row), /loanDesk\.thresholds/);
  });

  it('tell of lines that make no sense, and why', () => {
    for (const settings of [{ 'thresholds.initial': 99 }, { 'thresholds.liquidation': 'high' }]) {
      const [row, ...others] = weaker(settings);
      assert.ok(row);
      assert.deepEqual(others, []);
      assert.equal(face(row), 'LTV lines of the settings are not taken | the default lines are used');
      assert.match(tooltipOf(row), /must rise|must be a percentage/);
    }
  });

  it('tell of a watch that is off or looks seldom', () => {
    assert.deepEqual(weaker({ 'watch.enabled': false }).map(face), ['The watch is off | by the settings']);
    assert.deepEqual(weaker({ 'watch.interval': 3600 }).map(face), [
      'The watch looks only every 60 min | by the settings',
    ]);
  });
});
