import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import { startBrowser } from '../workbench/driver';
import { row, SOME, snapshot, start } from './messages';
import { type PageServer, servePages } from './page-server';
import { RatesPage, THEMES, type ThemeName } from './rates-page';

const FAILURE = {
  text: 'The exchange did not answer in time.',
  advice: 'It is tried again.',
  offline: false,
};

describe('the rates page in all its states', () => {
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

  async function open(theme: ThemeName, viewport = { width: 1000, height: 600 }): Promise<void> {
    context = await browser.newContext({ viewport });
    rates = await RatesPage.open(context, server, theme);
    await rates.send(start());
  }
  afterEach(async () => {
    assert.deepEqual(await rates.violations(), []);
    await context.close();
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`breaks no rule of axe in ${theme}`, async () => {
      await open(theme);
      await rates.page.getByText('Reading rates…').waitFor();
      assert.deepEqual(await rates.axe(), [], 'loading');
      await rates.send(snapshot(null, { failure: FAILURE, ageMs: null }));
      await rates.page.getByText(FAILURE.text).waitFor();
      assert.deepEqual(await rates.axe(), [], 'failed');
      await rates.send(snapshot([]));
      await rates.page.getByText('Nothing is offered.').waitFor();
      assert.deepEqual(await rates.axe(), [], 'empty');
      await rates.send(snapshot(SOME, { failure: FAILURE }));
      await rates.grid.waitFor();
      await rates.head('Flexible').click();
      await rates.row('BTC').hover();
      assert.deepEqual(await rates.axe(), [], 'table');
    });
  }

  it('says what failed, and asks again', async () => {
    await open('dark');
    await rates.send(snapshot(null, { failure: FAILURE, ageMs: null }));
    await rates.page.getByText('It is tried again.').waitFor();
    await rates.page.getByRole('button', { name: 'Try Again' }).click();
    assert.equal((await rates.sent('retry')).length, 1);
  });

  it('says that it reads again until the host answers, and asks no second time', async () => {
    await open('dark');
    for (const rows of [null, SOME]) {
      const failed = snapshot(rows, { failure: FAILURE, ageMs: rows && 300_000 });
      await rates.send(failed);
      await rates.page.getByRole('button', { name: 'Try Again' }).click();
      const busy = rates.page.getByRole('button', { name: 'Reading…' });
      assert.equal(await busy.getAttribute('aria-disabled'), 'true');
      assert.ok(await busy.evaluate((button) => button === document.activeElement));
      await busy.click({ force: true });
      assert.deepEqual(await rates.axe(), []);
      await rates.send(failed);
      await rates.page.getByRole('button', { name: 'Try Again' }).waitFor();
      assert.equal((await rates.sent('retry')).length, rows === null ? 1 : 2);
    }
  });

  it('says when it was read, to the second once that is a while ago', async () => {
    await open('dark');
    await rates.send(snapshot(SOME, { ageMs: 1000 }));
    await rates.page.getByText('Read just now', { exact: true }).waitFor();
    await rates.send(snapshot(SOME, { ageMs: 7_200_000, failure: FAILURE }));
    const age = rates.page.locator('.age.failed');
    await age.waitFor();
    assert.match((await age.textContent()) ?? '', /^Read 2 h ago · (\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d UTC$/);
    // The advice can be read, too, without a pointer.
    await rates.page.locator('footer').getByText(FAILURE.advice).waitFor();
  });

  it('shows the last good figures with their age beside what failed, without a jump', async () => {
    await open('dark');
    await rates.send(snapshot(SOME));
    await rates.grid.waitFor();
    const before = await rates.row('BTC').boundingBox();
    await rates.send(snapshot(SOME, { failure: FAILURE, ageMs: 300_000 }));
    await rates.page.getByText(FAILURE.text).waitFor();
    await rates.page.getByText('Read 5 min ago').waitFor();
    assert.deepEqual(await rates.row('BTC').boundingBox(), before);
    await rates.send(snapshot(SOME, { failure: { ...FAILURE, offline: true }, ageMs: 300_000 }));
    await rates.page.getByText('Offline.').waitFor();
    await rates.page.getByRole('button', { name: 'Try Again' }).click();
    assert.equal((await rates.sent('retry')).length, 1);
  });

  it('lets age grow while nothing comes', async () => {
    await open('dark');
    await rates.page.clock.install();
    await rates.send(snapshot(SOME, { ageMs: 10_000 }));
    await rates.page.getByText('Read 10 s ago').waitFor();
    // Nothing else is drawn for it: of a long table that would be a late frame every second.
    await rates.page.evaluate(() => {
      const own = window as unknown as { elsewhere: number };
      own.elsewhere = 0;
      const observer = new MutationObserver((changes) => {
        const isAge = ({ target }: MutationRecord) => target.parentElement?.closest('.status') != null;
        own.elsewhere += changes.filter((change) => !isAge(change)).length;
      });
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    });
    await rates.page.clock.fastForward(50_000);
    await rates.page.getByText('Read 1 min ago').waitFor();
    assert.equal(await rates.page.evaluate(() => (window as unknown as { elsewhere: number }).elsewhere), 0);
  });

  for (const viewport of [
    { width: 320, height: 700 },
    // 1280 x 1024 at 400 %.
    { width: 320, height: 256 },
  ]) {
    it(`stays usable at ${viewport.width} x ${viewport.height}`, async () => {
      await open('light', viewport);
      await rates.send(snapshot(SOME));
      await rates.grid.waitFor();
      assert.deepEqual(await rates.axe(), []);
      const width = await rates.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `the page is ${width} px wide`);
      await rates.page.getByRole('button', { name: 'Options' }).click();
      for (const id of ['#filter', '#tier']) {
        const box = await rates.page.locator(id).boundingBox();
        assert.ok(box !== null && box.x >= 0 && box.x + box.width <= 320, id);
      }
      await rates.page.locator('#filter').focus();
      await rates.page.keyboard.press('ArrowDown');
      await rates.page.keyboard.press('End');
      // Scrolled to the last column, the coin and its button are still there.
      const last = await rates.row('BTC').locator('[aria-colindex="4"]').boundingBox();
      assert.ok(last !== null && last.x >= 0 && last.x + last.width <= 320);
      await rates.row('BTC').getByRole('button', { name: 'Borrow BTC' }).click();
      assert.equal((await rates.sent('deed')).length, 1);
    });
  }

  it('moves nothing for people who asked for that', async () => {
    context = await browser.newContext({ reducedMotion: 'reduce' });
    rates = await RatesPage.open(context, server);
    await rates.send(start());
    await rates.send(snapshot(SOME));
    await rates.grid.waitFor();
    await rates.send(snapshot(SOME.map((one) => row({ coin: one.id, flexible: '0.9' }))));
    const changed = rates.page.locator('.changed').first();
    await changed.waitFor();
    assert.equal(await changed.evaluate((cell) => getComputedStyle(cell).animationName), 'none');
    await rates.page.locator('.changed').first().waitFor({ state: 'detached' });
  });

  describe('text from outside', () => {
    const PAYLOADS = [
      '<img src=x onerror="window.pwned=1">',
      '<script>window.pwned=1</script>',
      '"><svg onload=window.pwned=1>',
      'javascript:window.pwned=1',
      "'-window.pwned=1-'",
      `$${''}{window.pwned=1}`,
      '{{window.pwned=1}}',
      '<!--<img src="--><img src=x onerror=window.pwned=1//">',
      '<style>*{display:none}</style>',
      '<iframe srcdoc="<script>parent.pwned=1</script>">',
      '<a href="command:loanDesk.borrow">x</a>',
      '__proto__',
      'constructor',
      '\u202eCTB',
      '=HYPERLINK("http://x")',
      'a'.repeat(300),
      '😀'.repeat(20),
    ];

    it('stays text wherever it stands', async () => {
      await open('dark', { width: 1000, height: 900 });
      await rates.send(
        snapshot(
          PAYLOADS.map((coin) => row({ coin })),
          {
            source: PAYLOADS.join(' '),
            tiers: PAYLOADS.map((id, index) => ({ id: `T${index}`, title: id })),
            failure: { text: PAYLOADS.join(' '), advice: PAYLOADS.join(' '), offline: false },
          },
        ),
      );
      await rates.grid.waitFor();
      assert.deepEqual(await rates.names(), PAYLOADS);
      await rates.page.locator('#filter').fill('<u>zzz</u>');
      await rates.page.getByText('No coin matches “<u>zzz</u>”.').waitFor();
      await rates.send(
        snapshot(null, { failure: { text: PAYLOADS.join(' '), advice: PAYLOADS.join(' '), offline: false } }),
      );
      await rates.page.getByRole('button', { name: 'Try Again' }).waitFor();
      assert.equal(
        await rates.page.evaluate(() => (window as unknown as { pwned?: number }).pwned),
        undefined,
      );
      assert.equal(await rates.page.locator('#page :is(img, script, style, iframe, a)').count(), 0);
    });
  });
});
