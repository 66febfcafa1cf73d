// One measurement each; all wait for the right rows to be painted, never for a time.

/** @typedef {import('playwright-core').Page} Page */

const IN_PAGE = `
window.painted = () => new Promise((resolve) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => resolve(performance.now());
  port2.postMessage(null);
}));
window.untilFirst = async (name) => {
  for (let frames = 0; frames < 600; frames += 1) {
    const at = await painted();
    if (bench.first() === name) return at;
  }
  throw new Error('waited for ' + name + ', found ' + bench.first());
};`;

/**
 * @param {Page} page
 * @param {string} url
 * @param {string | undefined} first
 */
export async function measureStart(page, url, first) {
  await page.addInitScript(IN_PAGE);
  // The name is looked for from the very first frame on.
  await page.addInitScript((name) => {
    const own = /** @type {any} */ (window);
    own.firstRows = new Promise((resolve) => {
      document.addEventListener('DOMContentLoaded', () => resolve(own.untilFirst(name)));
    });
  }, first);
  await page.goto(url, { waitUntil: 'commit' });
  return await page.evaluate(async () => {
    const own = /** @type {any} */ (window);
    const at = await own.firstRows;
    return { firstRows: at, fromData: at - own.shownAt };
  });
}

/**
 * From the start of the navigation until the last row can be scrolled to: all of them are there.
 * @param {Page} page
 * @param {number} size
 * @param {string | undefined} last
 */
export async function measureLast(page, size, last) {
  return await page.evaluate(
    async ([rows, name]) => {
      const own = /** @type {any} */ (window);
      for (let frames = 0; frames < 600; frames += 1) {
        const scroller = own.bench.scroller();
        scroller.scrollTop = scroller.scrollHeight;
        const at = await own.painted();
        if (own.bench.last(rows) !== name) continue;
        scroller.scrollTop = 0;
        await own.painted();
        return { allRows: at };
      }
      throw new Error(`waited for ${name}, found ${own.bench.last(rows)}`);
    },
    /** @type {const} */ ([size, last]),
  );
}

/**
 * @param {Page} page
 * @param {readonly { text: string, first: string | undefined }[]} texts
 * @returns {Promise<number[]>}
 */
export async function measureFilter(page, texts) {
  return await page.evaluate(async (steps) => {
    const own = /** @type {any} */ (window);
    const took = [];
    for (const { text, first } of steps) {
      own.bench.scroller().scrollTop = 0;
      await own.painted();
      const from = performance.now();
      own.bench.filter(text);
      took.push((await own.untilFirst(first)) - from);
    }
    return took;
  }, texts);
}

/**
 * @param {Page} page
 * @param {readonly { column: string, descending: boolean, first: string | undefined }[]} orders
 * @returns {Promise<number[]>}
 */
export async function measureSort(page, orders) {
  return await page.evaluate(async (steps) => {
    const own = /** @type {any} */ (window);
    const took = [];
    for (const { column, descending, first } of steps) {
      own.bench.scroller().scrollTop = 0;
      await own.painted();
      const from = performance.now();
      own.bench.sort(column, descending);
      took.push((await own.untilFirst(first)) - from);
    }
    return took;
  }, orders);
}

/** @param {Page} page */
export async function measureScroll(page) {
  return await page.evaluate(async () => {
    const own = /** @type {any} */ (window);
    const scroller = own.bench.scroller();
    const box = scroller.getBoundingClientRect();
    scroller.scrollTop = 0;
    await own.painted();
    const turn = Math.max(1, Math.floor((scroller.scrollHeight - scroller.clientHeight) / 400));
    const frames = [];
    let blank = 0;
    let last = await new Promise((resolve) => requestAnimationFrame(resolve));
    for (let step = 1; step <= 120; step += 1) {
      // Down and up again, as often as it takes.
      scroller.scrollTop = (turn - Math.abs(turn - (step % (2 * turn)))) * 400;
      const now = await new Promise((resolve) => requestAnimationFrame(resolve));
      frames.push(now - last);
      last = now;
      // What was painted for the step before; it is there until this step is.
      const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      if (middle === null || middle.closest(own.bench.row) === null) blank += 1;
    }
    const sorted = [...frames].sort((a, b) => a - b);
    return {
      frame: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
      late: frames.filter((took) => took > 25).length,
      blank,
    };
  });
}

/**
 * What the page's own thread does for each frame of a scroll, by the browser's trace: events, scripts, styles, layout, the list of what
 * to paint and its hand-over. What paints it is another thread, or the graphics card.
 * @param {import('playwright-core').Browser} browser
 * @param {Page} page
 */
export async function measureWork(browser, page) {
  await browser.startTracing(page, { categories: ['cc'] });
  await measureScroll(page);
  /** @type {{ traceEvents: readonly { name: string, ph: string, dur?: number }[] }} */
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const took = traceEvents
    .filter(({ name, ph }) => name === 'ProxyMain::BeginMainFrame' && ph === 'X')
    .map(({ dur = 0 }) => dur / 1_000)
    .sort((a, b) => a - b);
  return { work: took[Math.floor(took.length * 0.95)] ?? Number.NaN };
}

/** @param {Page} page */
export async function measureMemory(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (/** @type {string} */ name) =>
    metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { heap: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes') };
}
