import assert from 'node:assert/strict';
import { sentences } from '../../../../src/ui/flow/sentences';

describe('sentences after one another', () => {
  it('are ended where they have no end, but for the last', () => {
    assert.equal(
      sentences(['Main:', 'LTV 87.72 %: it has reached 85 %', 'Collateral is sold at 95 %.']),
      'Main: LTV 87.72 %: it has reached 85 %. Collateral is sold at 95 %.',
    );
    assert.equal(sentences(['Borrow 0.1 BTC', 'Done']), 'Borrow 0.1 BTC. Done');
    assert.equal(
      sentences(['Really?', 'Yes (10006).', 'So “it is.”', 'Wait…', '']),
      'Really? Yes (10006). So “it is.” Wait…',
    );
    assert.equal(sentences([]), '');
  });
});
