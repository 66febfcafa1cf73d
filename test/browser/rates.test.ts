import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import { firstRows } from '../../src/ui/panels/first-rows';
import { NO_COST, parsePanelMessage, type Row } from '../../src/webview/contract';
import { FIRST_ASK } from '../../src/webview/history-contract';
import { FIRST_LOOK } from '../../src/webview/look-contract';
import { startBrowser } from '../workbench/driver';
import { many, row, SOME, snapshot, start, table } from './messages';
import { type PageServer, SESSION, servePages } from './page-server';
import { RatesPage } from './rates-page';

describe('the rates page', () => {
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
    context = await browser.newContext({ viewport: { width: 1000, height: 600 } });
    rates = await RatesPage.open(context, server);
  });
  afterEach(async () => {
    assert.deepEqual(await rates.violations(), []);
    await context.close();
  });

  async function show(rows: readonly Row[] = SOME): Promise<void> {
    await rates.send(start());
    await rates.send(snapshot(rows));
    await rates.grid.waitFor();
  }

  it('draws nothing of another session, of no session, or of no known kind', async () => {
    await rates.send(start());
    await rates.page.getByText('Reading rates…').waitFor();
    await rates.post({ ...snapshot(SOME), session: 'another-session-0123' });
    await rates.post(snapshot(SOME));
    await rates.post({ type: 'snapshot', session: SESSION, of: 'borrow', table: { rows: 'x' } });
    await rates.post({ ...snapshot(SOME), session: SESSION, of: 'lend' });
    await rates.post({ type: 'evil', session: SESSION });
    await rates.post(null);
    const wrong = snapshot(SOME);
    await rates.post({
      ...wrong,
      session: SESSION,
      table: {
        ...wrong.table,
        rows: [{ id: 'BTC', cells: ['BTC', 'a lot', null, '1'], notes: null, coin: null, deed: null }],
      },
    });
    await rates.send(snapshot([row({ coin: 'LAST' })]));
    await rates.row('LAST').waitFor();
    assert.deepEqual(await rates.names(), ['LAST']);
  });

  it('says its sentences in the language handed over', async () => {
    await rates.send(
      start({ locale: 'de', strings: { 'Filter coins': 'Münzen filtern', '% a year': '% im Jahr' } }),
    );
    await rates.send(snapshot(SOME));
    await rates.page.getByLabel('Münzen filtern').waitFor();
    assert.equal(await rates.head('Flexible').locator('.unit').textContent(), '% im Jahr');
    assert.equal(await rates.row('BTC').locator('.rate').first().textContent(), '1,38');
  });

  describe('sorting', () => {
    beforeEach(() => show());

    it('goes up, down and back, cells without a value last', async () => {
      await rates.head('Flexible').click();
      assert.deepEqual(await rates.names(), ['BTC', 'ETH', 'SOL', 'USDT', 'USDC']);
      assert.equal(await rates.head('Flexible').getAttribute('aria-sort'), 'ascending');
      await rates.head('Flexible').click();
      assert.deepEqual(await rates.names(), ['USDT', 'ETH', 'SOL', 'BTC', 'USDC']);
      assert.equal(await rates.head('Flexible').getAttribute('aria-sort'), 'descending');
      await rates.head('Flexible').click();
      assert.deepEqual(await rates.names(), ['BTC', 'ETH', 'USDT', 'USDC', 'SOL']);
      assert.equal(await rates.head('Flexible').getAttribute('aria-sort'), 'none');
    });

    it('takes further columns with shift', async () => {
      await rates.head('Flexible').click();
      await rates.head('Coin').click({ modifiers: ['Shift'] });
      await rates.head('Coin').click({ modifiers: ['Shift'] });
      assert.deepEqual(await rates.names(), ['BTC', 'SOL', 'ETH', 'USDT', 'USDC']);
      const views = await rates.sent('view');
      assert.deepEqual(views.at(-1)?.view.tables[0]?.sort, [
        { column: 'flexible', descending: false },
        { column: 'coin', descending: true },
      ]);
    });

    it('stays when new figures come, and marks what changed for a moment', async () => {
      await rates.head('Flexible').click();
      await rates.row('ETH').locator('[aria-colindex="3"]').click();
      const changed = SOME.map((one) =>
        one.id === 'ETH' ? row({ coin: 'ETH', flexible: '0.2', term7: '0.0165', minimum: '0.001' }) : one,
      );
      await rates.send(snapshot(changed));
      const cell = rates.row('ETH').locator('[aria-colindex="2"]');
      await rates.page.locator('.changed').waitFor();
      assert.equal(await rates.page.locator('.changed').count(), 1);
      assert.match((await cell.getAttribute('class')) ?? '', /changed/);
      assert.deepEqual(await rates.names(), ['BTC', 'SOL', 'USDT', 'ETH', 'USDC']);
      // The focus went with its row.
      assert.deepEqual(await rates.focused(), { row: 3, column: 2 });
      await rates.page.locator('.changed').waitFor({ state: 'detached' });
    });
  });

  describe('the filter', () => {
    beforeEach(() => show());

    it('keeps what contains one of its words, and says how many', async () => {
      await rates.page.keyboard.press('/');
      await rates.page.keyboard.type('usd');
      await rates.page.getByText('2 of 5 coins').waitFor();
      assert.deepEqual(await rates.names(), ['USDT', 'USDC']);
      await rates.page.keyboard.type('t, sol');
      await rates.page.getByText('2 of 5 coins').waitFor();
      assert.deepEqual(await rates.names(), ['USDT', 'SOL']);
      await rates.page.keyboard.press('Escape');
      await rates.page.getByText('5 coins', { exact: true }).waitFor();
    });

    it('says when nothing matches, with a way back', async () => {
      await rates.page.locator('#filter').fill('nope');
      await rates.page.getByText('No coin matches “nope”.').waitFor();
      assert.deepEqual(await rates.axe(), []);
      await rates.page.getByRole('button', { name: 'Clear Filter', exact: true }).click();
      await rates.row('BTC').waitFor();
    });
  });

  describe('the keyboard', () => {
    beforeEach(() => show());

    it('reaches every cell by arrows, the head among them, with one stop for Tab', async () => {
      assert.equal(await rates.grid.locator('[tabindex="0"]').count(), 1);
      await rates.page.locator('#filter').focus();
      await rates.page.keyboard.press('ArrowDown');
      assert.deepEqual(await rates.focused(), { row: 0, column: 0 });
      for (const [key, row, column] of [
        ['ArrowRight', 0, 1],
        ['ArrowDown', 1, 1],
        ['End', 1, 3],
        ['ArrowRight', 1, 3],
        ['Control+End', 4, 3],
        ['ArrowDown', 4, 3],
        ['Home', 4, 0],
        ['PageUp', 0, 0],
        ['ArrowUp', -1, 0],
        ['ArrowRight', -1, 1],
      ] as const) {
        await rates.page.keyboard.press(key);
        assert.deepEqual(await rates.focused(), { row, column }, key);
        assert.equal(await rates.grid.locator('[tabindex="0"]').count(), 1, key);
      }
      await rates.page.keyboard.press('Enter');
      await rates.page.keyboard.press('ArrowRight');
      await rates.page.keyboard.press('Shift+ ');
      const views = await rates.sent('view');
      assert.deepEqual(views.at(-1)?.view.tables[0]?.sort, [
        { column: 'flexible', descending: false },
        { column: 'term7', descending: false },
      ]);
    });

    it('starts the flow of a row by Enter or its button, with the coin and nothing else', async () => {
      await rates.page.locator('#filter').focus();
      await rates.page.keyboard.press('ArrowDown');
      await rates.page.keyboard.press('Enter');
      await rates.row('SOL').hover();
      await rates.row('SOL').getByRole('button', { name: 'Borrow SOL' }).click();
      assert.deepEqual(await rates.sent('deed'), [
        { type: 'deed', deed: { kind: 'borrow', coin: 'BTC', term: null }, session: SESSION },
        { type: 'deed', deed: { kind: 'borrow', coin: 'SOL', term: null }, session: SESSION },
      ]);
    });

    it('offers no flow where the coin or the key does not allow one', async () => {
      assert.equal(await rates.row('USDC').locator('button.deed').count(), 0);
      await rates.send(snapshot(SOME, { canAct: false }));
      await rates.page.waitForFunction(() => document.querySelectorAll('button.deed').length === 0);
      await rates.page.locator('#filter').focus();
      await rates.page.keyboard.press('ArrowDown');
      await rates.page.keyboard.press('Enter');
      await rates.head('Coin').click();
      await rates.sent('view');
      const all = await rates.page.evaluate(() => (window as unknown as { sent: { type: string }[] }).sent);
      assert.ok(all.every(({ type }) => type !== 'deed'));
    });
  });

  describe('five thousand rows', () => {
    beforeEach(() => show(many(5000)));

    it('draws only those in sight', async () => {
      assert.equal(await rates.grid.getAttribute('aria-rowcount'), '5001');
      assert.ok((await rates.grid.locator('[role=row]').count()) < 60);
    });

    it('shows the first at once, in the room of all, and asks for the others then', async () => {
      await rates.page.reload();
      await rates.sent('ready');
      await rates.send(start());
      await rates.send(snapshot(null));
      await rates.send({ ...snapshot(many(100)), ahead: 5000 });
      await rates.row('C0003').waitFor();
      await rates.page.getByText('5,000 coins').waitFor();
      const height = () => rates.page.locator('.scroller').evaluate((scroller) => scroller.scrollHeight);
      const room = await height();
      assert.equal(await rates.grid.getAttribute('aria-rowcount'), '5001');
      const csv = rates.page.getByRole('button', { name: 'CSV…' });
      assert.equal(await csv.isEnabled(), false, 'not all can be saved yet');
      assert.equal((await rates.sent('all')).length, 1);
      await rates.page.locator('.scroller').evaluate((scroller) => scroller.scrollTo({ top: 1_000 }));
      await rates.row('C0040').waitFor();
      await rates.send(snapshot(many(5000)));
      await rates.page.locator('button:enabled', { hasText: 'CSV…' }).waitFor();
      assert.equal(await height(), room);
      assert.equal(await rates.page.locator('.scroller').evaluate(({ scrollTop }) => scrollTop), 1_000);
      assert.equal(await rates.page.locator('.changed').count(), 0);
      await rates.page.locator('.scroller').evaluate((scroller) => scroller.scrollTo({ top: 60_000 }));
      await rates.row('C2310').waitFor();
      assert.equal((await rates.sent('all')).length, 1);
    });

    it('waits for all of them where the first may be others', async () => {
      await rates.head('Flexible').click();
      await rates.page.reload();
      await rates.sent('ready');
      await rates.send(start());
      await rates.send({ ...snapshot(many(100)), ahead: 5000 });
      await rates.sent('all');
      assert.equal(await rates.grid.count(), 0);
      await rates.send(snapshot(many(5000)));
      await rates.grid.waitFor();
      assert.equal(await rates.head('Flexible').getAttribute('aria-sort'), 'ascending');
    });

    it('shows favourites first at once, too', async () => {
      const rows = many(5000);
      await rates.page.reload();
      await rates.sent('ready');
      await rates.send(start());
      await rates.send({ type: 'favourites', coins: ['C4001'] });
      const first = firstRows(snapshot(rows), new Set(['C4001']));
      assert.ok(first !== undefined);
      await rates.send(first);
      await rates.row('C4001').waitFor();
      const before = await rates.names();
      assert.deepEqual(before.slice(0, 2), ['C4001', 'C0000']);
      await rates.sent('all');
      await rates.send(snapshot(rows));
      await rates.page.locator('button:enabled', { hasText: 'CSV…' }).waitFor();
      assert.deepEqual(await rates.names(), before);
    });

    it('keeps the focus in a row that is scrolled away', async () => {
      await rates.page.locator('#filter').focus();
      await rates.page.keyboard.press('ArrowDown');
      await rates.page.keyboard.press('Control+End');
      await rates.row('C4999').waitFor();
      assert.deepEqual(await rates.focused(), { row: 4999, column: 3 });
      await rates.page.locator('.scroller').evaluate((scroller) => scroller.scrollTo({ top: 0 }));
      await rates.row('C0001').waitFor();
      assert.deepEqual(await rates.focused(), { row: 4999, column: 3 });
      assert.ok((await rates.grid.locator('[role=row]').count()) < 60);
    });

    it('has them in the order of the document once scrolling ends, the focus where it was', async () => {
      // Without an age nothing else draws meanwhile.
      await rates.send(snapshot(many(5000), { ageMs: null }));
      await rates.page.getByText('Read just now').waitFor({ state: 'hidden' });
      await rates.page.locator('#filter').focus();
      await rates.page.keyboard.press('ArrowDown');
      await rates.page.keyboard.press('ArrowDown');
      await rates.page.locator('.scroller').evaluate(async (scroller) => {
        // Down and partly back up, a little a frame, as a wheel does; what was first is drawn elsewhere now.
        for (const top of [90, 200, 310, 430, 560, 690, 820, 950, 1200, 1100, 900, 700]) {
          scroller.scrollTo({ top });
          await new Promise((drawn) => requestAnimationFrame(drawn));
        }
      });
      await rates.page.waitForFunction(() => {
        const rows = [...document.querySelectorAll('.body [role=row]')];
        const at = rows.map((row) => Number(row.getAttribute('aria-rowindex')));
        return at.every((index, n) => n === 0 || index > (at[n - 1] ?? 0));
      });
      assert.deepEqual(await rates.focused(), { row: 1, column: 0 });
      const names = await rates.grid.locator('.body [role=row] .text').allTextContents();
      assert.deepEqual(names, [...names].sort());
    });

    it('sorts and filters all of them', async () => {
      await rates.head('Flexible').click();
      const [first] = await rates.names();
      await rates.head('Flexible').click();
      await rates.page.locator('#filter').fill(first ?? '');
      await rates.page.getByText('1 of 5,000 coins').waitFor();
      assert.deepEqual(await rates.names(), [first]);
      assert.equal(
        await rates
          .row(first ?? '')
          .locator('.rate')
          .first()
          .textContent(),
        '0.00',
      );
    });

    it('begins at the top again after nothing had matched', async () => {
      await rates.page.locator('.scroller').evaluate((scroller) => scroller.scrollTo({ top: 60_000 }));
      await rates.row('C2310').waitFor();
      await rates.page.locator('#filter').fill('nope');
      await rates.page.getByText('No coin matches').waitFor();
      // Hidden rows are laid out no more, and the browser keeps where they were scrolled to.
      await rates.page.evaluate(
        () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      );
      await rates.page.locator('#filter').fill('');
      await rates.row('C0003').waitFor();
      const box = await rates.row('C0003').boundingBox();
      assert.ok(box !== null && box.y > 0 && box.y < 600);
    });

    it('begins another table at its first column after nothing had matched', async () => {
      // Known already, so that the grid stays where it is when its tab is chosen.
      await rates.send({ ...snapshot(SOME), of: 'lend', table: { ...table(SOME), id: 'lend' } });
      await rates.page.setViewportSize({ width: 320, height: 600 });
      await rates.page.locator('.scroller').evaluate((scroller) => scroller.scrollTo({ left: 100 }));
      await rates.page.waitForFunction(() => document.querySelector('.head')?.scrollLeft === 100);
      await rates.page.locator('#filter').fill('nope');
      await rates.page.getByText('No coin matches').waitFor();
      await rates.page.evaluate(
        () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      );
      await rates.page.getByRole('tab', { name: 'Lend' }).click();
      await rates.row('BTC').waitFor();
      await rates.page.waitForFunction(() =>
        ['.scroller', '.head'].every((part) => document.querySelector(part)?.scrollLeft === 0),
      );
    });
  });

  describe('what the user chose', () => {
    it('is told to the host, kept by the page, and there again after a reload', async () => {
      await show();
      await rates.page.getByRole('radio', { name: 'Hourly' }).check();
      await rates.head('7 days').click();
      await rates.page.locator('#filter').fill('s');
      await rates.page.locator('#tier').selectOption('VIP1');
      const wanted = {
        tab: 'rates',
        table: 'borrow',
        period: 'hour',
        tier: 'VIP1',
        coin: null,
        tables: [
          { table: 'borrow', ...FIRST_LOOK, filter: 's', sort: [{ column: 'term7', descending: false }] },
        ],
        cost: NO_COST,
        history: FIRST_ASK,
      };
      // Where the person is comes later, and has its own tests.
      const told = async (at: number) => {
        const { places: _, ...look } = (await rates.sent('view')).at(at)?.view ?? assert.fail();
        return look;
      };
      assert.deepEqual(await told(-1), wanted);
      assert.equal(await rates.head('Flexible').locator('.unit').textContent(), '% an hour');
      await rates.page.reload();
      await rates.sent('ready');
      await show();
      assert.deepEqual(await told(0), wanted);
      assert.equal(await rates.page.locator('#filter').inputValue(), 's');
      assert.deepEqual(await rates.names(), ['SOL', 'USDC', 'USDT']);
    });

    it('takes no longer filter than the host keeps', async () => {
      await show();
      await rates.page.locator('#filter').focus();
      await rates.page.keyboard.insertText('b'.repeat(300));
      const views = await rates.sent('view');
      const own = views.at(-1)?.view.tables[0]?.filter;
      assert.equal(own, 'b'.repeat(200));
      assert.ok(views.every((view) => parsePanelMessage(view, SESSION) !== undefined));
    });

    it('follows the account again when its own level is chosen', async () => {
      await show();
      await rates.page.locator('#tier').selectOption('VIP1');
      await rates.send(snapshot(SOME, { tier: 'VIP1' }));
      await rates.page.locator('#tier').selectOption('VIP0');
      assert.equal((await rates.sent('view')).at(-1)?.view.tier, null);
    });
  });
});
