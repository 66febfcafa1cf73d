import assert from 'node:assert/strict';
import type { Kind } from '../../src/webview/contract';
import { many, snapshot, start } from './messages';
import { THEMES, type ThemeName } from './rates-page';
import { ratesSuite } from './rates-suite';

const NUMBERS: readonly Kind[] = ['rate', 'ratio', 'amount', 'usd', 'cost', 'count', 'days', 'times'];

describe('the look of the tables', () => {
  const suite = ratesSuite();

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`shows all chosen rows alike in ${theme}, that with the cursor too`, async () => {
      const { rates } = suite;
      await rates.wear(theme);
      await suite.show(many(20));
      await rates.row('C0002').locator('[aria-colindex="2"]').click();
      for (let n = 0; n < 2; n += 1) await rates.page.keyboard.press('Shift+ArrowDown');
      await rates.page.mouse.move(0, 0);
      const looks = await rates.grid.locator('.body [aria-selected=true]').evaluateAll((rows) =>
        rows.map((row) => {
          const name = row.querySelector('[role=rowheader]');
          return [getComputedStyle(row).backgroundColor, name && getComputedStyle(name).backgroundImage];
        }),
      );
      assert.equal(looks.length, 3);
      assert.equal(new Set(looks.map(String)).size, 1, String(looks));
    });
  }

  it('keeps the sign of the filter away from the words of a head of numbers', async () => {
    const { rates } = suite;
    await suite.open('dark', { width: 1400, height: 600 });
    const { table, ...rest } = snapshot([]);
    assert.ok(table !== null);
    const columns = NUMBERS.map((kind) => ({ id: kind, title: 'Flexible', kind, hint: null }));
    const rows = many(3).map((row) => ({ ...row, cells: [row.id, ...columns.map(() => '1')] }));
    await suite.rates.send(start());
    await suite.rates.send({
      ...rest,
      table: { ...table, columns: [...table.columns.slice(0, 1), ...columns], rows },
    });
    await suite.rates.grid.waitFor();
    assert.notEqual(rates, suite.rates);
    const met = await suite.rates.page.evaluate(() =>
      [...document.querySelectorAll('.head .cell')].slice(1).flatMap((cell) => {
        const sign = cell.querySelector('.funnel')?.getBoundingClientRect();
        const range = document.createRange();
        return ['.name', '.unit'].flatMap((part) => {
          const element = cell.querySelector(part);
          if (element === null || sign === undefined) return [];
          range.selectNodeContents(element);
          const box = range.getBoundingClientRect();
          const isMet =
            sign.left < box.right && box.left < sign.right && sign.top < box.bottom && box.top < sign.bottom;
          return isMet ? [`${cell.className} ${part}`] : [];
        });
      }),
    );
    assert.deepEqual(met, []);
  });
});
