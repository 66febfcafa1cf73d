import assert from 'node:assert/strict';
import { FIRST_VIEW } from '../../src/webview/contract';
import { FIRST_LOOK } from '../../src/webview/look-contract';
import { many, SOME, snapshot, start } from './messages';
import { ratesSuite } from './rates-suite';

describe('the order of the rows', () => {
  const suite = ratesSuite();

  const numbers = () => suite.rates.page.locator('.head .order').allTextContents();
  const kept = async () => (await suite.rates.sent('view')).at(-1)?.view.tables[0]?.sort;

  it('counts only what this table is sorted by, not what another one was', async () => {
    const { rates } = suite;
    // By a column that only the costs of a loan have.
    const sort = [{ column: 'amount', descending: false }];
    const view = { ...FIRST_VIEW, tables: [{ table: 'borrow' as const, ...FIRST_LOOK, sort }] };
    await rates.send(start({ view }));
    await rates.send(snapshot(SOME));
    await rates.grid.waitFor();
    await rates.head('7 days').click({ modifiers: ['Shift'] });
    assert.equal(await rates.head('7 days').getAttribute('aria-sort'), 'ascending');
    assert.deepEqual(await numbers(), []);
    assert.deepEqual(await kept(), [{ column: 'term7', descending: false }]);
    await rates.head('Flexible').click({ modifiers: ['Shift'] });
    assert.deepEqual(await numbers(), ['2', '1']);
  });

  it('gets a further column by the menu of its head, which names the keys', async () => {
    await suite.show();
    const { rates } = suite;
    const further = rates.page.getByRole('menuitem', { name: 'Add to Sort' });
    const open = (title: string) => rates.head(title).click({ button: 'right' });
    await open('Flexible');
    await rates.page.getByRole('menuitem', { name: 'Sort', exact: true }).waitFor();
    // Alone there is nothing to add to.
    assert.equal(await further.count(), 0);
    await rates.page.keyboard.press('Enter');
    await open('7 days');
    assert.equal(await further.locator('kbd').textContent(), 'Shift+Enter');
    await further.click();
    assert.deepEqual(await numbers(), ['1', '2']);
    assert.deepEqual(
      (await kept())?.map(({ column }) => column),
      ['flexible', 'term7'],
    );
  });

  it('begins with the first match for who comes down from the filter', async () => {
    await suite.show(many(200));
    const { rates } = suite;
    await rates.row('C0011').locator('[aria-colindex="3"]').click();
    await rates.page.keyboard.press('/');
    await rates.page.keyboard.press('ArrowDown');
    assert.deepEqual(await rates.focused(), { row: 11, column: 2 });
    await rates.page.keyboard.press('/');
    await rates.page.keyboard.type('c001');
    await rates.page.getByText('10 of 200 coins').waitFor();
    await rates.page.keyboard.press('ArrowDown');
    assert.deepEqual(await rates.focused(), { row: 0, column: 2 });
    // Nothing is lost where nothing matches.
    await rates.page.locator('#filter').fill('nope');
    await rates.page.getByText('No coin matches').waitFor();
    await rates.page.locator('#filter').press('ArrowDown');
    assert.deepEqual(await rates.focused(), { row: -1, column: 2 });
  });
});
