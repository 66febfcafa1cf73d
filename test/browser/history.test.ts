import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import { decimal } from '../../src/bybit/decimal';
import { FIRST_VIEW } from '../../src/webview/contract';
import type { HistoryAnswer } from '../../src/webview/history-contract';
import { startBrowser } from '../workbench/driver';
import { answer, line, NOW } from './history-messages';
import { SOME, snapshot, start } from './messages';
import { type PageServer, servePages } from './page-server';
import { RatesPage, THEMES, type ThemeName } from './rates-page';

describe('the charts of the rates page', () => {
  let browser: Browser;
  let server: PageServer;
  let context: BrowserContext;
  let rates: RatesPage;

  before(async () => {
    [browser, server] = await Promise.all([startBrowser(), servePages('rates')]);
  });
  after(async () => {
    await browser.close();
    await server.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
    rates = await RatesPage.open(context, server);
  });
  afterEach(async () => {
    assert.deepEqual(await rates.violations(), []);
    await context.close();
  });

  async function show(change: Partial<HistoryAnswer> = {}): Promise<void> {
    await rates.send(start({ view: { ...FIRST_VIEW, tab: 'history' } }));
    await rates.send({ type: 'history', answer: answer(change) });
    await rates.page.locator('figure').first().waitFor();
  }
  const plot = () => rates.page.locator('.plot').first();
  const readout = () => rates.page.locator('.readout').first();
  const said = async () => ((await readout().textContent()) ?? '').replace(/\s+/g, ' ').trim();
  const lastAsk = async () => (await rates.sent('view')).at(-1)?.view.history;

  it('are a tab that is reached by keys, and load when it is looked at', async () => {
    const loaded: string[] = [];
    rates.page.on('request', (request) => loaded.push(request.url()));
    await rates.send(start());
    await rates.send(snapshot(SOME));
    await rates.grid.waitFor();
    assert.equal(loaded.length, 0);
    await rates.page.getByRole('tab', { name: 'Borrow' }).focus();
    await rates.page.keyboard.press('End');
    const tab = rates.page.getByRole('tab', { name: 'History' });
    assert.equal(await tab.getAttribute('aria-selected'), 'true');
    assert.ok(await tab.evaluate((element) => element === document.activeElement));
    await rates.page.getByText('Reading the recorded rates…').waitFor();
    assert.ok(loaded.some((url) => url.endsWith('/charts.js')));
    assert.equal((await rates.sent('view')).at(-1)?.view.tab, 'history');
    await rates.send({ type: 'history', answer: answer() });
    assert.equal(await rates.page.locator('canvas').count(), 3);
    await rates.page.getByRole('tab', { name: 'Borrow' }).click();
    await rates.grid.waitFor();
  });

  it('say so when they cannot be loaded, and load when asked again', async () => {
    await rates.page.route('**/charts.js', (route) => route.abort());
    await rates.send(start({ view: { ...FIRST_VIEW, tab: 'history' } }));
    await rates.page.getByText('The charts could not be loaded.').waitFor();
    await rates.send({ type: 'history', answer: answer() });
    await rates.page.unroute('**/charts.js');
    await rates.page.getByRole('button', { name: 'Try Again' }).click();
    await rates.page.locator('canvas').first().waitFor();
  });

  it('tell how old they are, why reading failed, and read again when asked', async () => {
    const failure = { text: 'The exchange did not answer.', advice: 'Wait a little.', offline: false };
    await rates.send(start({ view: { ...FIRST_VIEW, tab: 'history' } }));
    await rates.page.getByText('Reading the recorded rates…').waitFor();
    await rates.send({ type: 'historyStatus', status: { ageMs: null, failure } });
    await rates.page.getByText('The exchange did not answer.').waitFor();
    const retry = rates.page.getByRole('button', { name: 'Try Again' });
    await retry.click();
    await rates.page.getByRole('button', { name: 'Reading…' }).waitFor();
    assert.equal((await rates.sent('retry')).length, 1);
    await rates.send({ type: 'history', answer: answer() });
    await rates.send({ type: 'historyStatus', status: { ageMs: 120_000, failure: null } });
    await rates.page.locator('figure').first().waitFor();
    await rates.page.getByText('Read 2 min ago').waitFor();
    assert.equal(await retry.count(), 0);
    // The last good figures stay beside the failure.
    await rates.send({ type: 'historyStatus', status: { ageMs: 180_000, failure } });
    await rates.page.locator('footer').getByText('The exchange did not answer.').waitFor();
    await rates.page.locator('.age.failed').getByText('Read 3 min ago').waitFor();
    assert.equal(await rates.page.locator('canvas').count(), 3);
    await retry.click();
    assert.equal((await rates.sent('retry')).length, 2);
    await rates.send({ type: 'historyStatus', status: { ageMs: 0, failure: null } });
    await retry.waitFor({ state: 'detached' });
  });

  it('are read by keys, value by value, exactly', async () => {
    await show({
      lines: [
        {
          coin: 'BTC',
          points: [
            [NOW - 3_600_000 * 3, decimal('0.0123456789')],
            [NOW - 3_600_000 * 2, null],
            [NOW - 3_600_000, decimal('0.0200000001')],
          ],
          standing: null,
        },
      ],
    });
    await plot().focus();
    await rates.page.keyboard.press('Home');
    assert.match(await said(), /2026-11-24 05:01 UTC\s+BTC 1\.23456789 %/);
    assert.equal(await readout().getAttribute('aria-live'), 'polite');
    await rates.page.keyboard.press('ArrowRight');
    assert.match(await said(), /06:01 UTC\s+BTC nothing known/);
    await rates.page.keyboard.press('ArrowRight');
    assert.match(await said(), /07:01 UTC\s+BTC 2\.00000001 %/);
    await rates.page.keyboard.press('End');
    assert.match(await said(), /08:01 UTC/);
    await rates.page.keyboard.press('PageUp');
    assert.match(await said(), /05:01 UTC/);
  });

  it('zoom by keys and by dragging, and show all again', async () => {
    await show();
    const all = rates.page.getByRole('button', { name: 'Show All' });
    await plot().focus();
    await rates.page.keyboard.press('End');
    await rates.page.keyboard.press('+');
    await all.waitFor();
    await rates.page.keyboard.press('Escape');
    await all.waitFor({ state: 'detached' });
    const box = await rates.page.locator('.u-over').first().boundingBox();
    assert.ok(box !== null);
    await rates.page.mouse.move(box.x + 100, box.y + 50);
    await rates.page.mouse.down();
    await rates.page.mouse.move(box.x + 300, box.y + 60, { steps: 4 });
    await rates.page.mouse.up();
    await all.waitFor();
    // News keep the stretch that is looked at.
    await rates.send({ type: 'history', answer: answer({ until: NOW + 60_000 }) });
    assert.equal(await all.count(), 1);
    await all.click();
    await all.waitFor({ state: 'detached' });
  });

  it('promise a zoom only where there is one: the few terms are always all there', async () => {
    await show();
    const keys = async (id: string) => (await rates.page.locator(`#${id}-keys`).textContent()) ?? '';
    for (const id of ['history', 'depth']) assert.match(await keys(id), /Plus and minus zoom/);
    assert.doesNotMatch(await keys('terms'), /zoom|Escape/);
    assert.match(await keys('terms'), /Arrow keys read value by value/);
    const terms = rates.page.locator('figure, .chart', { has: rates.page.locator('#terms-keys') }).last();
    const box = (await terms.locator('.u-over').boundingBox()) ?? assert.fail();
    await rates.page.mouse.move(box.x + 60, box.y + 50);
    await rates.page.mouse.down();
    await rates.page.mouse.move(box.x + 200, box.y + 60, { steps: 4 });
    assert.equal(await terms.locator('.u-select').evaluate(({ clientWidth }) => clientWidth), 0);
    await rates.page.mouse.up();
    // A key that does nothing here is left to whoever else may want it.
    const isTaken = (key: string) =>
      terms
        .locator('.plot')
        .evaluate(
          (plot, name) =>
            !plot.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true })),
          key,
        );
    assert.deepEqual([await isTaken('Home'), await isTaken('+'), await isTaken('-')], [true, false, false]);
  });

  it('show all that there is when more becomes known, unless somebody zoomed', async () => {
    const short = { ...line('BTC', 2_000), points: line('BTC', 2_000).points.slice(-3) };
    await show({ lines: [short] });
    await rates.send({ type: 'history', answer: answer({ lines: [line('BTC', 2_000)] }) });
    await plot().focus();
    await rates.page.keyboard.press('Home');
    assert.match(await said(), /^2026-10-25 08:01 UTC/);
    assert.equal(await rates.page.getByRole('button', { name: 'Show All' }).count(), 0);
  });

  it('go on from the value that was read when more becomes known', async () => {
    await show();
    await plot().focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await rates.page.keyboard.press(key);
    const before = await said();
    await rates.send({ type: 'history', answer: answer({ until: NOW + 60_000 }) });
    await rates.page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    assert.equal(await said(), before);
    await rates.page.keyboard.press('ArrowLeft');
    await rates.page.keyboard.press('ArrowLeft');
    const first = await said();
    await rates.page.keyboard.press('Home');
    assert.equal(await said(), first);
  });

  it('tell the value under the pointer', async () => {
    await show();
    const box = await rates.page.locator('.u-over').first().boundingBox();
    assert.ok(box !== null);
    await rates.page.mouse.move(box.x + box.width / 4, box.y + 50);
    await rates.page.waitForFunction(() =>
      /USDT \d\.\d+ %/.test(document.querySelector('.readout')?.textContent?.replace(/\s+/g, ' ') ?? ''),
    );
  });

  it('come with the same numbers as a table', async () => {
    await show();
    await rates.page.getByText('The same numbers as a table').nth(1).click();
    const table = rates.page.getByRole('table', { name: 'USDT: rates a year by term' });
    await table.waitFor();
    assert.deepEqual(await table.locator('thead th').allInnerTexts(), [
      'Term',
      'Now',
      'A week ago',
      'A month ago',
    ]);
    assert.deepEqual(await table.locator('tbody tr').nth(5).locator('th, td').allInnerTexts(), [
      '90 days',
      '4.75 %',
      '5.03 %',
      '–',
    ]);
    await rates.page.getByText('The same numbers as a table').first().click();
    const rows = rates.page.getByRole('table', { name: 'Flexible rates a year' }).locator('tbody tr');
    await rows.first().waitFor();
    assert.equal(await rows.count(), 30 * 24 - 59 + 1);
  });

  it('say where a market was told in part only, in the drawing, to readers and in its numbers', async () => {
    const { depth } = answer();
    assert.ok(depth !== null);
    await show({ depth: { ...depth, isCut: { offers: true, demand: false } } });
    const figure = rates.page.locator('figure').nth(2);
    assert.match((await figure.locator('figcaption').textContent()) ?? '', /more may wait/);
    const legend = await figure.locator('.legend li span').allTextContents();
    assert.match(legend[0] ?? '', /^at least 234,557\.5 USDT in all/);
    assert.match(legend[1] ?? '', /^63,000 USDT in all/);
    const described = await figure.locator('.plot').evaluate((plot) =>
      (plot.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent?.trim())
        .join(' '),
    );
    assert.match(described, /more may wait.*Arrow keys/s);
    await figure.locator('.plot').focus();
    await rates.page.keyboard.press('End');
    assert.match((await figure.locator('.readout').textContent()) ?? '', /Offered.*at least/s);
    await figure.getByText('The same numbers as a table').click();
    const offered = figure.locator('tbody tr td:nth-child(2)');
    await offered.first().waitFor();
    const cells = await offered.allTextContents();
    assert.equal(cells.length, 8);
    assert.deepEqual(
      cells.map((text) => text.startsWith('at least')),
      [...cells.slice(1).map(() => false), true],
    );
    assert.deepEqual(await rates.axe(), []);
  });

  it('show the coins, rates and times that are chosen', async () => {
    await show();
    await rates.page.getByLabel('Add a coin').fill('sol');
    await rates.page.keyboard.press('Enter');
    assert.deepEqual((await lastAsk())?.coins, ['USDT', 'BTC', 'SOL']);
    await rates.page.getByRole('button', { name: 'Remove USDT' }).click();
    assert.deepEqual((await lastAsk())?.coins, ['BTC', 'SOL']);
    assert.ok(
      await rates.page.getByLabel('Add a coin').evaluate((element) => element === document.activeElement),
    );
    await rates.page.getByLabel('Add a coin').fill('NOPE');
    await rates.page.keyboard.press('Enter');
    await rates.page.getByText('No coin is called NOPE.').waitFor();
    assert.equal(await rates.page.getByLabel('Add a coin').inputValue(), 'NOPE');
    await rates.page.locator('#series').selectOption('30');
    assert.equal((await lastAsk())?.series, '30');
    await rates.page.getByRole('radio', { name: '90 d' }).check();
    assert.equal((await lastAsk())?.days, 90);
    await rates.page.getByRole('radio', { name: 'All' }).check();
    assert.equal((await lastAsk())?.days, null);
  });

  it('come to the screen with a coin that was chosen elsewhere', async () => {
    await rates.send(start());
    await rates.send(snapshot(SOME));
    await rates.grid.waitFor();
    await rates.send({ type: 'chart', coin: 'SOL' });
    await rates.page.getByText('Reading the recorded rates…').waitFor();
    assert.deepEqual((await lastAsk())?.coins, ['SOL']);
    assert.equal((await rates.sent('view')).at(-1)?.view.tab, 'history');
  });

  it('draw at most six coins', async () => {
    const coins = ['A', 'B', 'C', 'D', 'E', 'F'];
    await show({
      ask: { coins, series: 'flexible', days: 30 },
      lines: coins.map((coin, index) => line(coin, 1000 * (index + 1), 50)),
    });
    await rates.page.getByLabel('Add a coin').fill('BTC');
    await rates.page.getByRole('button', { name: 'Add', exact: true }).click();
    await rates.page.getByText('At most 6 coins at once').waitFor();
    assert.equal(await rates.page.locator('figure').first().locator('.legend li').count(), 6);
  });

  it('say what there is when nothing is known', async () => {
    await show({ lines: [{ coin: 'BTC', points: [], standing: null }], terms: [], depth: null });
    await rates.page.getByText('Nothing is recorded of this yet.').waitFor();
    await rates.page.getByText('No rate of this coin is known, now or before.').waitFor();
    await rates.page.getByText('The market was not read yet.').waitFor();
    assert.equal(await rates.page.locator('canvas').count(), 0);
    await rates.send({ type: 'history', answer: answer({ lines: [], isRecording: false }) });
    await rates.page.getByText('recording is off in the settings').waitFor();
  });

  it('keep names as text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    await show({ ask: { coins: [name], series: 'flexible', days: 30 }, lines: [line(name, 3_000, 60)] });
    assert.equal(await rates.page.locator('figure img').count(), 0);
    assert.equal((await rates.page.locator('.chips button').textContent())?.trim(), `${name} ✕`);
  });

  it('drop an answer that is none', async () => {
    await show();
    const wrong = answer();
    await rates.post({
      type: 'history',
      session: 'test-session-0123456789',
      answer: { ...wrong, lines: [{ coin: 'X', points: [[1, 'x']], standing: null }] },
    });
    await rates.send({ type: 'history', answer: answer({ lines: [line('LAST', 2_000, 60)] }) });
    await rates.page.locator('.legend b', { hasText: 'LAST' }).waitFor();
    assert.equal(await rates.page.locator('.legend b', { hasText: 'X' }).count(), 0);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`have nothing that axe finds, in ${theme}, with everything unfolded`, async () => {
      await rates.wear(theme);
      await show({ lines: [line('USDT', 5_000, 80), line('BTC', 1_800, 80)] });
      for (const details of await rates.page.getByText('The same numbers as a table').all())
        await details.click();
      await rates.page.locator('table').nth(2).waitFor();
      assert.deepEqual(await rates.axe(), []);
    });
  }

  it('stand as small lines in the rows, which have no order', async () => {
    const { table, ...rest } = snapshot(SOME);
    assert.ok(table !== null);
    const columns = [
      ...table.columns,
      { id: 'spark', title: '30 days past', kind: 'spark' as const, hint: null },
    ];
    const path = 'M0 18H50V2H100';
    const rows = table.rows.map((row, index) => ({
      ...row,
      cells: [...row.cells, index === 1 ? null : `${path};0.02;0.051;${index === 0 ? '0.0312' : ''}`],
    }));
    await rates.send(start());
    await rates.send({ ...rest, table: { ...table, columns, rows } });
    const line = rates.row('BTC').locator('svg.spark path');
    await line.waitFor();
    assert.equal(await line.getAttribute('d'), path);
    assert.equal(await rates.row('ETH').locator('svg.spark').count(), 0);
    const said = rates.row('BTC').getByRole('img');
    assert.equal(
      await said.getAttribute('aria-label'),
      '30 days past: lowest 2.00, highest 5.10, now 3.12 % a year',
    );
    assert.equal(
      await rates.row('SOL').getByRole('img').getAttribute('aria-label'),
      '30 days past: lowest 2.00, highest 5.10 % a year',
    );
    await rates.row('BTC').getByRole('button', { name: 'Show Details' }).click();
    const details = ((await rates.page.locator('.detail').textContent()) ?? '').replace(/\s+/g, ' ');
    assert.match(details, /30 days past 2\.00 – 5\.10 % a year/);
    await rates.row('BTC').getByRole('button', { name: 'Hide Details' }).click();
    const before = await rates.names();
    await rates.head('30 days past').click();
    assert.deepEqual(await rates.names(), before);
    assert.deepEqual(await rates.axe(), []);
    // What is no path never gets that far.
    const wrong = rows.map((row) => ({ ...row, cells: [...row.cells.slice(0, -1), 'url(#x);0.02;0.051;'] }));
    await rates.send({ ...rest, table: { ...table, columns, rows: wrong } });
    await rates.send({ ...rest, table: { ...table, columns, rows: rows.slice(0, 1) } });
    await rates.row('ETH').waitFor({ state: 'detached' });
    assert.equal(await line.getAttribute('d'), path);
  });

  it('fit a panel that is 320 px wide', async () => {
    await rates.page.setViewportSize({ width: 320, height: 600 });
    await show();
    const widths = await rates.page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.querySelector('.panel')?.scrollWidth ?? 0,
    ]);
    assert.ok(
      widths.every((width) => width <= 320),
      String(widths),
    );
  });

  it('follow a change of theme, and of width', async () => {
    await show();
    const pixels = () =>
      rates.page
        .locator('canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const before = await pixels();
    await rates.wear('hcLight');
    await rates.page.waitForFunction((old) => document.querySelector('canvas')?.toDataURL() !== old, before);
    await rates.page.setViewportSize({ width: 500, height: 600 });
    await rates.page.waitForFunction(() => (document.querySelector('.uplot')?.clientWidth ?? 1000) <= 500);
  });
});
