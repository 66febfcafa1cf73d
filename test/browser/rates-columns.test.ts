import assert from 'node:assert/strict';
import type { ColumnLook } from '../../src/webview/look-contract';
import { many, snapshot, start } from './messages';
import { THEMES, type ThemeName } from './rates-page';
import { ratesSuite } from './rates-suite';

describe('columns of the tables', () => {
  const suite = ratesSuite();
  beforeEach(() => suite.show());

  const heads = () => suite.rates.grid.locator('.head .title .name').allTextContents();
  const widthOf = async (title: string) => (await suite.rates.head(title).boundingBox())?.width;
  async function open(): Promise<void> {
    await suite.rates.page.getByRole('button', { name: 'Columns' }).click();
    await suite.rates.page.getByRole('dialog', { name: 'Columns' }).waitFor();
  }
  async function kept(): Promise<readonly ColumnLook[] | undefined> {
    return (await suite.rates.sent('view')).at(-1)?.view.tables[0]?.columns;
  }

  it('are hidden, shown and moved in a list, by clicks, and reset', async () => {
    const { rates } = suite;
    await open();
    assert.equal(await rates.page.getByRole('dialog').getByLabel('Coin', { exact: true }).count(), 0);
    await rates.page.getByRole('checkbox', { name: '7 days' }).uncheck();
    assert.deepEqual(await heads(), ['Coin', 'Flexible', 'Minimum']);
    assert.equal(await rates.grid.getAttribute('aria-colcount'), '3');
    await rates.page.getByRole('button', { name: 'Move Minimum up' }).click();
    await rates.page.getByRole('button', { name: 'Move Minimum up' }).click();
    assert.deepEqual(await heads(), ['Coin', 'Minimum', 'Flexible']);
    // At the top it cannot go on; the focus stays with it all the same.
    assert.equal(
      await rates.page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Move Minimum down',
    );
    assert.equal(await rates.row('BTC').locator('[aria-colindex="2"]').textContent(), '0.0001');
    assert.deepEqual(await rates.axe(), []);
    await rates.page.getByRole('button', { name: 'Reset' }).click();
    assert.deepEqual(await heads(), ['Coin', 'Flexible', '7 days', 'Minimum']);
    assert.deepEqual(await kept(), []);
  });

  it('go on sorting while they are hidden, and that is said', async () => {
    const { rates } = suite;
    await open();
    await rates.page.keyboard.press('Escape');
    const head = rates.page.getByRole('columnheader', { name: /7 days/ });
    await head.click();
    await head.click({ modifiers: ['Shift'] });
    await rates.page.getByRole('columnheader', { name: /Flexible/ }).click({ modifiers: ['Shift'] });
    assert.equal(await rates.page.getByText('sorted by').count(), 0);
    await rates.page.getByRole('button', { name: 'Columns' }).click();
    await rates.page.getByRole('checkbox', { name: '7 days' }).uncheck();
    await rates.page.keyboard.press('Escape');
    await rates.page.getByText('sorted by 7 days, falling').waitFor();
    await rates.page.getByRole('button', { name: 'Clear Sort' }).click();
    // What the heads tell stays.
    assert.deepEqual((await rates.sent('view')).at(-1)?.view.tables[0]?.sort, [
      { column: 'flexible', descending: false },
    ]);
    assert.equal(await rates.page.getByText('sorted by').count(), 0);
  });

  it('are chosen by keys alone', async () => {
    const { rates } = suite;
    await rates.page.locator('#filter').focus();
    await rates.page.keyboard.press('Tab');
    await rates.page.keyboard.press('Enter');
    await rates.page.keyboard.press(' ');
    assert.deepEqual(await heads(), ['Coin', '7 days', 'Minimum']);
    await rates.page.keyboard.press('Escape');
    assert.equal(await rates.page.evaluate(() => document.activeElement?.textContent?.trim()), 'Columns');
  });

  it('are dragged wider by the edge of their head, which does not sort', async () => {
    const { rates } = suite;
    const edge = await rates.head('Flexible').locator('.edge').boundingBox();
    assert.ok(edge !== null);
    const [x, y] = [edge.x + edge.width / 2, edge.y + edge.height / 2];
    await rates.page.mouse.move(x, y);
    await rates.page.mouse.down();
    await rates.page.mouse.move(x + 20, y);
    await rates.page.mouse.move(x + 60, y);
    assert.equal(await widthOf('Flexible'), 152);
    await rates.page.mouse.up();
    assert.equal((await kept())?.find(({ id }) => id === 'flexible')?.width, 152);
    assert.equal(await widthOf('Flexible'), 152);
    assert.equal(await rates.head('Flexible').getAttribute('aria-sort'), 'none');
    await rates.head('Flexible').locator('.edge').dblclick();
    assert.equal(await widthOf('Flexible'), 92);
  });

  it('are made wider, narrower and moved by keys on their head', async () => {
    const { rates } = suite;
    await rates.head('7 days').focus();
    for (const key of ['Alt+ArrowRight', 'Alt+ArrowRight', 'Alt+ArrowLeft'])
      await rates.page.keyboard.press(key);
    assert.equal(await widthOf('7 days'), 108);
    await rates.page.keyboard.press('Alt+Shift+ArrowLeft');
    assert.deepEqual(await heads(), ['Coin', '7 days', 'Flexible', 'Minimum']);
    assert.deepEqual(await rates.focused(), { row: -1, column: 1 });
    await rates.page.keyboard.press('Alt+Shift+ArrowLeft');
    assert.deepEqual(await heads(), ['Coin', '7 days', 'Flexible', 'Minimum']);
    // Sorting and marks still mean the column, not the place.
    await rates.page.keyboard.press('Enter');
    assert.deepEqual((await rates.sent('view')).at(-1)?.view.tables[0]?.sort, [
      { column: 'term7', descending: false },
    ]);
  });

  it('are there again after a reload', async () => {
    const { rates } = suite;
    await open();
    await rates.page.getByRole('checkbox', { name: 'Flexible' }).uncheck();
    await rates.page.keyboard.press('Escape');
    await rates.head('Minimum').focus();
    await rates.page.keyboard.press('Alt+ArrowRight');
    await rates.page.reload();
    await rates.sent('ready');
    await suite.show();
    assert.deepEqual(await heads(), ['Coin', '7 days', 'Minimum']);
    assert.equal(await widthOf('Minimum'), 148);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`are chosen without breaking a rule of axe in ${theme}, in a narrow panel`, async () => {
      await suite.open(theme, { width: 320, height: 256 });
      await suite.show();
      await open();
      assert.deepEqual(await suite.rates.axe(), []);
      const box = await suite.rates.page.locator('.columns-popup').boundingBox();
      assert.ok(
        box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= 320 && box.y + box.height <= 256,
      );
    });
  }

  it('scroll under the names, which stay where they are, also in a table that begins scrolled', async () => {
    const { rates } = suite;
    const lefts = () =>
      rates.grid.evaluate((grid) => {
        const names = [
          ...grid.querySelectorAll('.head [role=columnheader]:first-child, .body [role=rowheader]'),
        ];
        return [...new Set(names.map((name) => Math.round(name.getBoundingClientRect().left)))];
      });
    const scrolled = (left: number) =>
      rates.page.waitForFunction(
        (to) => ['.scroller', '.head'].every((part) => document.querySelector(part)?.scrollLeft === to),
        left,
      );
    await rates.page.setViewportSize({ width: 320, height: 600 });
    await suite.show(many(300));
    await rates.page.locator('.scroller').evaluate((scroller) => scroller.scrollTo({ left: 100 }));
    await scrolled(100);
    assert.deepEqual(await lefts(), [0]);
    // Its place is kept, and taken with the first rows.
    await rates.page.waitForFunction(() => {
      const { sent } = window as unknown as { sent: { places?: { left: number }[] }[] };
      return sent.some(({ places }) => places?.some(({ left }) => left === 100));
    });
    await rates.page.reload();
    await rates.sent('ready');
    const first = rates.page.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          const look = () => {
            const names = [...document.querySelectorAll('.body [role=rowheader]')];
            if (names.length === 0 || document.querySelector('.scroller')?.scrollLeft !== 100) {
              requestAnimationFrame(look);
            } else resolve([...new Set(names.map((name) => Math.round(name.getBoundingClientRect().left)))]);
          };
          requestAnimationFrame(look);
        }),
    );
    await rates.send(start());
    await rates.send(snapshot(many(300)));
    assert.deepEqual(await first, [0]);
  });
});
