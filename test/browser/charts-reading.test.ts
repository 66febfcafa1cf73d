import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import { decimal } from '../../src/bybit/decimal';
import { FIRST_VIEW } from '../../src/webview/contract';
import { FIRST_ASK, type HistoryAnswer } from '../../src/webview/history-contract';
import { startBrowser } from '../workbench/driver';
import { answer, line, NOW } from './history-messages';
import { start } from './messages';
import { type PageServer, servePages } from './page-server';
import { RatesPage } from './rates-page';

/** A text on a canvas as it was drawn last, where it begins and ends. */
interface Written {
  readonly canvas: number;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

describe('reading the charts', () => {
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
    await context.addInitScript(() => {
      const written: Written[] = [];
      Object.assign(window, { written });
      const canvases: HTMLCanvasElement[] = [];
      const numberOf = (canvas: HTMLCanvasElement) => {
        if (!canvases.includes(canvas)) canvases.push(canvas);
        return canvases.indexOf(canvas);
      };
      const { fillText: fill, clearRect: clear } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        // A drawing begins anew.
        const others = written.filter(({ canvas }) => canvas !== numberOf(this.canvas));
        written.splice(0, written.length, ...others);
        clear.apply(this, box);
      };
      CanvasRenderingContext2D.prototype.fillText = function (text, x, y, most) {
        const { width } = this.measureText(text);
        const share = this.textAlign === 'center' ? 0.5 : this.textAlign === 'right' ? 1 : 0;
        const at = this.getTransform().transformPoint({ x, y });
        const canvas = numberOf(this.canvas);
        written.push({ canvas, text, from: at.x - width * share, to: at.x + width * (1 - share), y: at.y });
        fill.call(this, text, x, y, most);
      };
    });
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
  const figure = (index: number) => rates.page.locator('figure').nth(index);
  const over = async (index: number) =>
    (await figure(index).locator('.u-over').boundingBox()) ?? assert.fail('no drawing');
  const written = () =>
    rates.page.evaluate(() => (window as unknown as { written: readonly Written[] }).written);

  it('draws the line of the cursor where the values are read', async () => {
    const points = [0, 6, 12, 24].map((hour): [number, ReturnType<typeof decimal>] => [
      NOW - (24 - hour) * 3_600_000,
      decimal(`${500 + hour}e-4`),
    ]);
    await show({ lines: [{ coin: 'BTC', points, standing: null }] });
    for (const index of [0, 1]) {
      const box = await over(index);
      for (const share of [0.05, 0.31, 0.42, 0.68, 0.93]) {
        await rates.page.mouse.move(box.x + box.width * share, box.y + 50);
        await rates.page.mouse.move(box.x + box.width * share + 1, box.y + 50);
        const centre = (selector: string) =>
          figure(index)
            .locator(selector)
            .first()
            .evaluate((element) => {
              const { left, right } = element.getBoundingClientRect();
              return (left + right) / 2;
            });
        const [line, dot] = [await centre('.u-cursor-x'), await centre('.u-cursor-pt')];
        assert.ok(Math.abs(line - dot) <= 2, `chart ${index} at ${share}: line ${line}, dot ${dot}`);
      }
    }
  });

  it('moves nothing under a chart of six coins', async () => {
    const coins = ['USDT', 'BTC', 'ETH', 'SOL', 'USDC', 'DOGE'];
    for (const width of [1000, 640, 320]) {
      await rates.page.setViewportSize({ width, height: 800 });
      await show({
        ask: { coins, series: 'flexible', days: 30 },
        lines: coins.map((coin, index) => line(coin, 1000 * (index + 1), 50)),
      });
      const top = async () => (await figure(1).boundingBox())?.y;
      await rates.page.mouse.move(0, 0);
      const before = await top();
      const box = await over(0);
      for (const share of [0.1, 0.5, 0.9]) {
        await rates.page.mouse.move(box.x + box.width * share, box.y + 50);
        await rates.page.waitForFunction(() =>
          /DOGE/.test(document.querySelector('.readout')?.textContent ?? ''),
        );
        assert.equal(await top(), before, `${width} px`);
      }
    }
  });

  it('keeps the times on the axis apart where they hold seconds', async () => {
    const points = [0, 12, 60].map((second): [number, ReturnType<typeof decimal>] => [
      NOW - (60 - second) * 1000,
      decimal(`${500 + second}e-4`),
    ]);
    await show({ lines: [{ coin: 'BTC', points, standing: null }] });
    for (const width of [1000, 900, 700, 500, 320]) {
      await rates.page.setViewportSize({ width, height: 800 });
      await rates.page.evaluate(() => {
        (window as unknown as { written: Written[] }).written.length = 0;
      });
      await rates.send({
        type: 'history',
        answer: answer({ lines: [{ coin: 'BTC', points, standing: null }] }),
      });
      await rates.page.waitForFunction(() =>
        (window as unknown as { written: readonly Written[] }).written.some(({ text }) =>
          /^\d\d:\d\d:\d\d$/.test(text),
        ),
      );
      const times = (await written()).filter(({ text }) => /^\d\d:\d\d:\d\d$/.test(text));
      const met = times.filter((one) =>
        times.some(
          (other) =>
            other.text > one.text &&
            other.canvas === one.canvas &&
            other.y === one.y &&
            other.from < one.to + 6,
        ),
      );
      assert.deepEqual(met, [], `${width} px`);
    }
  });

  it('asks of which coin the charts of one coin are, where there are several', async () => {
    await show({ ask: { coins: ['USDT', 'BTC', 'ETH'], series: '30', days: 30 } });
    const choice = rates.page.getByLabel('Terms and fixed market of');
    assert.equal(await choice.inputValue(), 'USDT');
    await choice.selectOption('ETH');
    const view = (await rates.sent('view')).at(-1)?.view;
    // The others keep their order, and with it their colours and places.
    const coins = ['USDT', 'BTC', 'ETH'];
    assert.deepEqual(view?.history, { coins, alone: 'ETH', series: '30', days: 30 });
    await rates.send({ type: 'history', answer: answer({ ask: view?.history ?? assert.fail() }) });
    await figure(1).getByRole('heading', { name: 'ETH: rates a year by term' }).waitFor();
    assert.equal(await choice.inputValue(), 'ETH');
    assert.deepEqual(await rates.page.locator('.chips li').allInnerTexts(), ['USDT ✕', 'BTC ✕', 'ETH ✕']);
    assert.deepEqual(await rates.axe(), []);
    await rates.send({ type: 'history', answer: answer({ ask: { ...FIRST_ASK, coins: ['BTC'] } }) });
    await choice.waitFor({ state: 'detached' });
  });

  it('says why a term is shown of the market where none was chosen, and in what its amounts are', async () => {
    await show();
    const said = () => figure(2).locator('figcaption').textContent();
    assert.match((await said()) ?? '', /fixed market for 30 days.*flexible loans have no such market/s);
    assert.ok(
      (await written()).some(({ text }) => text === 'USDT'),
      'on the axis',
    );
    await rates.send({ type: 'history', answer: answer({ ask: { ...FIRST_ASK, series: '30' } }) });
    await figure(0).getByText('Best rates a year for 30 days').waitFor();
    assert.doesNotMatch((await said()) ?? '', /flexible/);
  });
});
