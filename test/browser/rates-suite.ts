import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import type { Row } from '../../src/webview/contract';
import { startBrowser } from '../workbench/driver';
import { SOME, snapshot, start } from './messages';
import { type PageServer, servePages } from './page-server';
import { RatesPage, type ThemeName } from './rates-page';

export interface RatesSuite {
  /** The page of the test that runs. */
  readonly rates: RatesPage;
  /** Opens another page in its place. */
  open(theme: ThemeName, viewport: { readonly width: number; readonly height: number }): Promise<void>;
  /** Greets the page and gives it rows. */
  show(rows?: readonly Row[]): Promise<void>;
}

/** A fresh rates page for each test of the suite that calls this; fails where the content policy stopped something. */
export function ratesSuite(): RatesSuite {
  let browser: Browser;
  let server: PageServer;
  let context: BrowserContext;
  let rates: RatesPage;

  const suite: RatesSuite = {
    get rates() {
      return rates;
    },
    async open(theme, viewport) {
      await context?.close();
      context = await browser.newContext({ viewport });
      context.setDefaultTimeout(15_000);
      rates = await RatesPage.open(context, server, theme);
    },
    async show(rows = SOME) {
      await rates.send(start());
      await rates.send(snapshot(rows));
      await rates.grid.waitFor();
    },
  };

  before(async () => {
    [browser, server] = await Promise.all([startBrowser(), servePages('rates')]);
  });
  after(async () => {
    await browser.close();
    await server.close();
  });
  beforeEach(() => suite.open('dark', { width: 1000, height: 600 }));
  afterEach(async () => {
    assert.deepEqual(await rates.violations(), []);
  });
  return suite;
}
