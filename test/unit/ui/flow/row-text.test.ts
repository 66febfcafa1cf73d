import assert from 'node:assert/strict';
import { rowText, startsGroup } from '../../../../src/ui/flow/row-text';

describe('the texts of a row', () => {
  const ORDER = 'Borrow 5,000 USDC for 30 days at up to 4.00 % a year against what is pledged';

  it('stand in one line where there is room for them', () => {
    assert.deepEqual(rowText(ORDER, undefined, undefined, false), { label: ORDER });
    assert.deepEqual(rowText('LTV', '40.63 % → 55.03 %', undefined, true), {
      label: 'LTV',
      description: '40.63 % → 55.03 %',
    });
  });

  it('keep a sentence whole, with what would be cut off beside it below', () => {
    assert.deepEqual(rowText(ORDER, 'Paper (simulated)', undefined, false), {
      label: ORDER,
      detail: 'Paper (simulated)',
    });
    const due = 'interest triples for 24 hours, then collateral is sold with a fee of 2 %';
    assert.deepEqual(rowText('If it is not repaid when due', due, undefined, false), {
      label: 'If it is not repaid when due',
      detail: due,
    });
  });

  it('keep beside a label what fits there of several figures', () => {
    const figures = [
      '394.955335 SOL',
      '323.94069 SOL at once, the rest waits',
      '80,086.88 USD must count as collateral',
    ];
    assert.deepEqual(rowText('Half', figures.join(' · '), undefined, false), {
      label: 'Half',
      description: figures.slice(0, 2).join(' · '),
      detail: figures[2],
    });
  });

  it('break where the sentence has a mark, the end of a sentence first', () => {
    assert.deepEqual(
      rowText(
        'The cheapest offer is 4.44 % a year. By the help pages you pay the rate you name, also where a cheaper offer fills the order.',
        undefined,
        undefined,
        true,
      ),
      {
        label: 'The cheapest offer is 4.44 % a year.',
        detail: 'By the help pages you pay the rate you name, also where a cheaper offer fills the order.',
      },
    );
    assert.deepEqual(
      rowText(
        'Interest for the whole term, 16.43835617 USDC when all is filled, is taken at the start and not given back when you repay early.',
        undefined,
        undefined,
        false,
      ),
      {
        label: 'Interest for the whole term, 16.43835617 USDC when all is filled,',
        detail: 'is taken at the start and not given back when you repay early.',
      },
    );
    assert.deepEqual(rowText(`${'a'.repeat(50)} · ${'b'.repeat(50)}`, 'beside', 'below', false), {
      label: 'a'.repeat(50),
      detail: `${'b'.repeat(50)} · beside · below`,
    });
  });

  it('break between words where no mark leaves two lines that fit, and not at all where there is no word', () => {
    const { label, detail } = rowText(`No, ${'word '.repeat(30)}`.trim(), undefined, undefined, false);
    assert.ok(label.length > 70 && label.length <= 84 && label.endsWith('word'), label);
    assert.match(detail ?? '', /^word/);
    assert.deepEqual(rowText('a'.repeat(100), undefined, undefined, false), { label: 'a'.repeat(100) });
  });

  it('have a heading where a group begins, and none while it goes on', () => {
    assert.deepEqual(startsGroup(['Watched', 'Watched', undefined, 'Watched', 'Told', undefined]), [
      true,
      false,
      false,
      false,
      true,
      false,
    ]);
  });
});
