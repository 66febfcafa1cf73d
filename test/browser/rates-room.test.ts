import assert from 'node:assert/strict';
import { FIRST_VIEW, TABLE_IDS, type TableId, type View } from '../../src/webview/contract';
import { many, SOME, snapshot, start } from './messages';
import { paperTables } from './paper-tables';
import { ratesSuite } from './rates-suite';

const FAILURE = {
  text: 'The connection to the exchange broke before the answer was complete (ECONNRESET).',
  advice: 'Check the network connection, then try again.',
  offline: false,
};
const WIDTHS = [1200, 600, 320];
const NARROW = { width: 320, height: 600 };
/** 1280 x 800 at 400 %. */
const ZOOMED = { width: 320, height: 200 };

type Tables = Awaited<ReturnType<typeof paperTables>>;

describe('the room on the rates page', function () {
  this.timeout(120_000);
  const suite = ratesSuite();
  let tables: Tables;
  before(async () => {
    tables = await paperTables();
  });

  const found = (id: TableId) => tables.get(id) ?? assert.fail(id);
  const failed = (id: TableId) => {
    const whole = found(id);
    return { ...whole, status: { ...whole.status, failure: FAILURE, ageMs: 300_000 } };
  };
  const box = async (selector: string) =>
    (await suite.rates.page.locator(selector).boundingBox()) ?? assert.fail(selector);
  const begin = async (id: TableId, change: Partial<View> = {}) => {
    await suite.rates.send(start({ view: { ...FIRST_VIEW, table: id, ...change } }));
    await suite.rates.page.locator('.loading').waitFor();
  };
  const drawn = (id: TableId) => suite.rates.page.locator(`#panel-${id} .body [role=row]`).first().waitFor();

  /** What of the line above the table and of the one under it is cut off, other than what may be long. */
  const cut = () =>
    suite.rates.page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          '.status > :not(.source, .filters), footer [role=status], footer button',
        ),
      ]
        .filter((one) => {
          const { left, right, bottom } = one.getBoundingClientRect();
          const isInside = left >= 0 && right <= innerWidth && bottom <= innerHeight;
          return !isInside || one.scrollWidth > Math.ceil(one.offsetWidth || one.scrollWidth);
        })
        .map(({ textContent }) => textContent),
    );

  for (const width of WIDTHS) {
    it(`is the same in every state at ${width} px, and nothing that matters is cut off`, async () => {
      for (const id of TABLE_IDS) {
        await suite.open('dark', { width, height: 600 });
        const { rates } = suite;
        await begin(id);
        const { y } = await box('main');
        const whole = found(id);
        const states = {
          data: whole,
          missing: { ...whole, table: null, status: { ...whole.status, failure: FAILURE, ageMs: null } },
          empty: { ...whole, table: whole.table && { ...whole.table, rows: [] } },
          partial: { ...whole, status: { ...whole.status, isPartial: true } },
          failed: failed(id),
        };
        for (const [name, message] of Object.entries(states)) {
          await rates.send(message);
          await rates.page.waitForFunction(
            ([rows, has]) =>
              (document.querySelector('[role=grid]') !== null) === rows &&
              (document.querySelector('.trouble') !== null) === has,
            [name !== 'missing' && name !== 'empty', name === 'failed'] as const,
          );
          assert.equal((await box('main')).y, y, `${id} ${name}`);
          assert.deepEqual(await cut(), [], `${id} ${name}`);
        }
        await rates.page.locator('#filter').fill('zzzz');
        await rates.page.getByText('matches “zzzz”').waitFor();
        assert.equal((await box('main')).y, y, `${id} unmatched`);
        assert.deepEqual(await cut(), [], `${id} unmatched`);
        // The most that can stand in that line at once.
        await rates.page.locator('#filter').fill(whole.table?.rows[0]?.cells[0] ?? '');
        await rates.page.getByRole('button', { name: 'Clear Filter', exact: true }).waitFor();
        assert.equal((await box('main')).y, y, `${id} filtered`);
        assert.deepEqual(await cut(), [], `${id} filtered`);
      }
    });
  }

  it('is at least half for the rows of a narrow panel, whatever is shown', async () => {
    const cost = { amount: '10,000 USDT', days: '30' };
    for (const id of TABLE_IDS) {
      await suite.open('dark', NARROW);
      const { rates } = suite;
      await begin(id, { cost });
      await rates.send(failed(id));
      await drawn(id);
      const { height } = await box('.scroller');
      assert.ok(height >= 300, `${id}: ${height}`);
      const options = rates.page.locator('button.fold');
      if ((await options.count()) === 0) continue;
      await options.click();
      await rates.page.getByRole('radio', { name: 'Hourly' }).check();
      await rates.send(found(id));
      await rates.page.locator('.trouble').waitFor({ state: 'detached' });
      const unfolded = await box('.scroller');
      assert.ok(unfolded.height >= 300, `${id}, unfolded: ${unfolded.height}`);
      assert.deepEqual(await rates.axe(), []);
    }
  });

  it('is left by choices that are folded, which say what is chosen', async () => {
    await suite.open('light', NARROW);
    const { rates } = suite;
    await suite.show();
    const options = rates.page.getByRole('button', { name: 'Options No VIP · Annual', exact: true });
    assert.equal(await options.getAttribute('aria-expanded'), 'false');
    assert.equal(await rates.page.locator('#tier').isVisible(), false);
    assert.equal(await rates.page.getByLabel('Cost of').isVisible(), false);
    await rates.page.locator('#filter').focus();
    for (let at = 0; at < 3; at++) await rates.page.keyboard.press('Tab');
    await rates.page.keyboard.press('Enter');
    await rates.page.getByLabel('Cost of').fill('10 NOCOIN');
    await rates.send(snapshot(SOME, { costProblem: 'No price is known of a coin NOCOIN.' }));
    await rates.page.getByText('No price is known of a coin NOCOIN.').waitFor();
    assert.deepEqual(await rates.axe(), []);
    const wrong = rates.page.getByRole('button', {
      name: 'Options No VIP · ⚠ Cost of 10 NOCOIN for 30 days',
    });
    await wrong.click();
    assert.equal(await wrong.getAttribute('aria-expanded'), 'false');
    assert.equal(await rates.page.getByLabel('Cost of').isVisible(), false);
    await rates.page.setViewportSize({ width: 1000, height: 600 });
    assert.ok(await rates.page.getByLabel('Cost of').isVisible());
    assert.equal(await wrong.isVisible(), false);
  });

  it('is enough at 400 %: all can be reached, and the table can fill the panel', async () => {
    await suite.open('light', ZOOMED);
    const { rates } = suite;
    await begin('borrow');
    await rates.send(failed('borrow'));
    await drawn('borrow');
    assert.equal(await rates.page.evaluate(() => document.documentElement.scrollWidth), 320);
    assert.deepEqual(await rates.axe(), []);
    for (const selector of ['#filter', 'button.fold', '#tab-collateral', 'footer button', '.status .age']) {
      const one = rates.page.locator(selector);
      await one.scrollIntoViewIfNeeded();
      const { x, y, width, height } = await box(selector);
      assert.ok(x >= 0 && x + width <= 320 && y >= 0 && y + height <= 200, selector);
    }
    await rates.page.locator('main').evaluate((main) => main.scrollIntoView({ block: 'end' }));
    const main = await box('main');
    assert.ok(main.y >= 30 && main.y + main.height <= 200 && main.height >= 160, JSON.stringify(main));
  });

  it('stays where it is when reading fails: rows, order, how far one scrolled', async () => {
    for (const width of WIDTHS) {
      await suite.open('dark', { width, height: 600 });
      const { rates } = suite;
      await suite.show(many(200));
      await rates.head('Flexible').click();
      const scroller = rates.grid.locator('.scroller');
      await scroller.evaluate((element) => element.scrollTo(0, 1_300));
      await rates.page.locator('[aria-rowindex="55"]').waitFor();
      const look = async () => [
        await box('[aria-rowindex="55"]'),
        await rates.page.locator('[aria-rowindex="55"] .text').first().textContent(),
        await scroller.evaluate(({ scrollTop }) => scrollTop),
        await rates.head('Flexible').getAttribute('aria-sort'),
      ];
      const before = await look();
      await rates.send(snapshot(many(200), { failure: FAILURE, ageMs: 300_000 }));
      await rates.page.locator('.trouble').waitFor();
      assert.deepEqual(await look(), before, `failed at ${width}`);
      await rates.send(snapshot(many(200)));
      await rates.page.locator('.trouble').waitFor({ state: 'detached' });
      assert.deepEqual(await look(), before, `read at ${width}`);
    }
  });

  it('stays where it is while a cost is typed that cannot be reckoned', async () => {
    const problem = 'That is no amount of a coin that is known. For example 10,000 USDT';
    await suite.open('dark', { width: 600, height: 600 });
    const { rates } = suite;
    await suite.show();
    const before = await rates.row('BTC').boundingBox();
    await rates.page.getByLabel('Cost of').fill('10 NOCOIN');
    await rates.send(snapshot(SOME, { costProblem: problem }));
    const told = rates.page.locator('#cost-problem');
    await rates.page.getByText(problem).waitFor();
    assert.ok(await told.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth), 'all of it');
    assert.deepEqual(await rates.axe(), []);
    assert.deepEqual(await rates.row('BTC').boundingBox(), before);
    await rates.page.locator('#filter').focus();
    assert.deepEqual(await rates.row('BTC').boundingBox(), before);
  });

  it('is beside the boxes for what is wrong with a cost, where they leave any', async () => {
    await suite.open('dark', { width: 1040, height: 600 });
    const { rates } = suite;
    await suite.show();
    const before = await rates.row('BTC').boundingBox();
    await rates.page.getByLabel('Cost of').fill('10 NOCOIN');
    const costProblem =
      'Unclear. The decimal mark here is “.” and “,” stands between thousands: 10,000.5 USDT';
    await rates.send(snapshot(SOME, { costProblem }));
    await rates.page.getByText(costProblem).waitFor();
    const [told, bar, status] = [await box('#cost-problem'), await box('.cost-bar'), await box('.status')];
    assert.ok(told.y >= bar.y && told.y + told.height <= status.y + 0.5, JSON.stringify([told, status]));
    assert.ok(
      await rates.page
        .locator('#cost-problem')
        .evaluate(
          ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
            scrollWidth <= clientWidth && scrollHeight <= clientHeight,
        ),
      'all of it',
    );
    assert.deepEqual(await rates.row('BTC').boundingBox(), before);
    // Where they leave none it takes the whole line under them, and leaves no rest of that.
    await rates.page.setViewportSize({ width: 600, height: 600 });
    const narrow = await box('#cost-problem');
    assert.deepEqual([narrow.x, narrow.x + narrow.width], [0, 600]);
  });

  it('is not taken from a name by a button that is not seen', async () => {
    await suite.show([{ ...(SOME[0] ?? assert.fail()), cells: ['AUDIO1234', '0.01', null, '1'] }]);
    const { rates } = suite;
    const isWhole = () =>
      rates
        .row('AUDIO1234')
        .locator('[role=rowheader] .text')
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);
    await rates.page.locator('#filter').hover();
    assert.ok(await isWhole());
    await rates.row('AUDIO1234').hover();
    const button = await rates.row('AUDIO1234').getByRole('button', { name: 'Borrow BTC' }).boundingBox();
    const text = await rates.row('AUDIO1234').locator('.text').first().boundingBox();
    assert.ok(button !== null && text !== null && text.x + text.width <= button.x, 'they do not overlap');
  });

  it('under an open row is as high as what it holds', async () => {
    await suite.open('dark', NARROW);
    const { rates } = suite;
    await begin('borrow');
    await rates.send(found('borrow'));
    await drawn('borrow');
    await rates.grid.locator('.twist').first().click();
    const detail = await box('.detail');
    const next = await box('[aria-rowindex="3"]');
    assert.equal(Math.round(next.y), Math.round(detail.y + detail.height));
  });
});
