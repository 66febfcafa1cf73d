import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { HostMessage, PanelMessage } from '../../src/webview/contract';
import { type PageServer, SESSION } from './page-server';

interface Theme {
  readonly classes: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The colours VS Code 1.139.1 hands to a webview, taken from the real workbench. */
export const THEMES = JSON.parse(readFileSync(join('test', 'data', 'themes.json'), 'utf8')) as Readonly<
  Record<'dark' | 'light' | 'hcDark' | 'hcLight', Theme>
>;
export type ThemeName = keyof typeof THEMES;

type WithoutSession<Message> = Message extends HostMessage ? Omit<Message, 'session'> : never;

/** The rates page in a browser, with the test as its host. */
export class RatesPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page and waits until it says that it is ready. */
  static async open(
    context: BrowserContext,
    server: PageServer,
    theme: ThemeName = 'dark',
  ): Promise<RatesPage> {
    const page = await context.newPage();
    await page.goto(server.url);
    const rates = new RatesPage(page);
    await rates.wear(theme);
    await rates.sent('ready');
    return rates;
  }

  /** Puts on the colours of a theme, as VS Code does. */
  async wear(name: ThemeName): Promise<void> {
    await this.page.evaluate(({ classes, variables }) => {
      document.body.className = classes;
      for (const [key, value] of Object.entries(variables)) {
        document.documentElement.style.setProperty(key, value);
      }
    }, THEMES[name]);
  }

  async send(message: WithoutSession<HostMessage>): Promise<void> {
    await this.post({ ...message, session: SESSION });
  }

  /** Anything at all, as a stranger could. */
  async post(data: unknown): Promise<void> {
    await this.page.evaluate((value) => window.postMessage(value, '*'), data);
  }

  /** All messages of a kind so far; waits for the first. */
  async sent<Type extends PanelMessage['type']>(
    type: Type,
  ): Promise<readonly Extract<PanelMessage, { readonly type: Type }>[]> {
    await this.page.waitForFunction(
      (kind) => (window as unknown as { sent: { type: string }[] }).sent.some((one) => one.type === kind),
      type,
    );
    return await this.page.evaluate(
      (kind) =>
        (window as unknown as { sent: { type: string }[] }).sent.filter((one) => one.type === kind) as never,
      type,
    );
  }

  get grid(): Locator {
    return this.page.getByRole('grid');
  }

  row(name: string): Locator {
    return this.grid.locator('.body [role=row]', {
      has: this.page.locator('[role=rowheader] .text', { hasText: new RegExp(`^${escaped(name)}$`) }),
    });
  }

  head(title: string): Locator {
    return this.grid
      .getByRole('columnheader')
      .filter({ has: this.page.locator('.name', { hasText: new RegExp(`^${escaped(title)}$`) }) });
  }

  /** Names of the rows in the order drawn. */
  async names(): Promise<readonly string[]> {
    return await this.grid.locator('.body [role=row]').evaluateAll((rows) =>
      rows
        .map((row) => ({
          index: Number(row.getAttribute('aria-rowindex')),
          name: row.querySelector('.text')?.textContent ?? '',
        }))
        .sort((a, b) => a.index - b.index)
        .map(({ name }) => name),
    );
  }

  /** Row and column (from 0; the head is row -1) of the cell that has the focus. */
  async focused(): Promise<{ readonly row: number; readonly column: number } | undefined> {
    return await this.page.evaluate(() => {
      const cell = document.activeElement?.closest('[aria-colindex]');
      const row = cell?.closest('[aria-rowindex]');
      if (cell === null || cell === undefined || row === null || row === undefined) return undefined;
      return {
        row: Number(row.getAttribute('aria-rowindex')) - 2,
        column: Number(cell.getAttribute('aria-colindex')) - 1,
      };
    });
  }

  /** What the content policy stopped. */
  async violations(): Promise<readonly string[]> {
    return await this.page.evaluate(() => (window as unknown as { violations: string[] }).violations);
  }

  /** Rules of axe that are broken, with where. */
  async axe(): Promise<readonly string[]> {
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate(() =>
      (window as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      }),
    );
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
    );
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
