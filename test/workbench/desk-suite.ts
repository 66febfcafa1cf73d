import type { Browser } from 'playwright-core';
import { type PaperProcess, startPaper } from '../clients/paper-process';
import { startBrowser, Workbench } from './driver';
import { type Server, type ServerOptions, startServer } from './server';

export interface DeskSuiteOptions extends ServerOptions {
  /** Arguments of a paper exchange of its own; none is started without. */
  readonly paper?: readonly string[];
}

export interface DeskSuite {
  /** The one window of the suite, without an account. */
  readonly desk: Workbench;
  readonly paper: PaperProcess;
}

/**
 * A workbench with the desk in it, and what it needs, for the whole suite that calls this; a picture of every test that
 * fails. Its parts are there from the suite's own `before` on.
 */
export function deskSuite({ paper: exchange, ...options }: DeskSuiteOptions = {}): DeskSuite {
  let browser: Browser | undefined;
  let server: Server | undefined;
  let paper: PaperProcess | undefined;
  let desk: Workbench | undefined;

  before(async () => {
    [browser, server, paper] = await Promise.all([
      startBrowser(),
      startServer(options),
      exchange === undefined ? undefined : startPaper(...exchange),
    ]);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    desk = await Workbench.open({ server, context });
  });
  after(async () => {
    await desk?.close();
    await browser?.close();
    await server?.stop();
    await paper?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.screenshot(`failed-${this.currentTest.title}`);
  });

  const there = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('Asked for before the suite has started it.');
    return part;
  };
  return {
    get desk() {
      return there(desk);
    },
    get paper() {
      return there(paper);
    },
  };
}
