import assert from 'node:assert/strict';
import { FIRST_VIEW, type Kind } from '../../src/webview/contract';
import { FIRST_LOOK } from '../../src/webview/look-contract';
import { many, row, snapshot, start } from './messages';
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

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`has the browser draw its own parts of fields for ${theme}`, async () => {
      const { rates } = suite;
      await rates.wear(theme);
      await suite.show();
      const scheme = await rates.page
        .locator('#filter')
        .evaluate((field) => getComputedStyle(field).colorScheme);
      assert.equal(scheme, theme === 'dark' || theme === 'hcDark' ? 'dark' : 'light');
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

  it('shows names of usual length whole beside the buttons of their row', async () => {
    const { rates } = suite;
    const names = ['PENDLE', 'RENDER', 'JASMY', 'STETH', 'WAVES', 'ORDI', 'POPCAT', 'MATIC'];
    await rates.send({ type: 'favourites', coins: names.slice(0, 2) });
    await suite.show(names.map((coin) => row({ coin })));
    const cut = async (name: string) => {
      assert.ok(await rates.row(name).locator('.deed').isVisible());
      return await rates
        .row(name)
        .locator('.text')
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    };
    for (const name of names) {
      await rates.row(name).locator('[aria-colindex="4"]').hover();
      assert.ok((await cut(name)) <= 0, `${name} under the pointer`);
      await rates.row(name).locator('[aria-colindex="4"]').click();
      await rates.page.mouse.move(0, 0);
      assert.ok((await cut(name)) <= 0, `${name} with the cursor: ${await cut(name)}`);
    }
  });

  it('tells by a title what does not fit into its cell, while the pointer is there', async () => {
    const { rates } = suite;
    const long = '123456789.123456789';
    const named = 'AVERYLONGNAMEOFACOIN';
    const columns = [
      { id: 'coin', width: null, isShown: true },
      { id: 'minimum', width: 60, isShown: true },
    ];
    const view = { ...FIRST_VIEW, tables: [{ table: 'borrow' as const, ...FIRST_LOOK, columns }] };
    await rates.send(start({ view }));
    await rates.send(snapshot([row({ coin: 'BTC', minimum: long }), row({ coin: named, minimum: '1' })]));
    await rates.grid.waitFor();
    const minimum = (name: string) =>
      rates
        .row(name)
        .getByRole('gridcell')
        .filter({ hasText: /^(123|1$)/ });
    await minimum('BTC').hover();
    assert.equal(await minimum('BTC').getAttribute('title'), '123,456,789.123456789');
    await minimum(named).hover();
    assert.equal(await minimum('BTC').getAttribute('title'), null);
    assert.equal(await minimum(named).getAttribute('title'), null);
    const head = rates.row(named).getByRole('rowheader');
    await head.hover();
    assert.equal(await head.getAttribute('title'), named);
    await rates.page.mouse.move(0, 0);
    assert.equal(await head.getAttribute('title'), null);
  });

  it('tells both lines of a cell of two where one does not fit', async () => {
    const { rates } = suite;
    const { table, ...rest } = snapshot([]);
    assert.ok(table !== null);
    const columns = [
      ...table.columns.slice(0, 1),
      { id: 'cost', title: 'Cost', kind: 'cost' as const, hint: null },
    ];
    const note = (text: string) => [null, { value: null, text, limit: null, mark: null }];
    const rows = [
      {
        ...row({ coin: 'BTC' }),
        cells: ['BTC', '12.5'],
        notes: note('offers: 12,345.678 and some more BTC'),
      },
      { ...row({ coin: 'ETH' }), cells: ['ETH', '12.5'], notes: note('1 ETH') },
    ];
    await rates.send(start());
    await rates.send({ ...rest, table: { ...table, columns, rows } });
    const cell = (name: string) => rates.row(name).getByRole('gridcell');
    await cell('BTC').hover();
    assert.equal(await cell('BTC').getAttribute('title'), '12.50\noffers: 12,345.678 and some more BTC');
    await cell('ETH').hover();
    assert.equal(await cell('ETH').getAttribute('title'), null);
  });
});
