import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Frame,
  type Locator,
  type Page,
} from 'playwright-core';
import { keyTo } from './key-to';
import type { Server } from './server';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const SCREENSHOTS = join(process.cwd(), 'out', 'screenshots');

/** A headless Chromium; `CHROME_PATH` names another than Debian's. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
  });
}

/** Whether it can be seen within that many milliseconds. */
function isShown(locator: Locator, patience: number): Promise<boolean> {
  return locator.waitFor({ timeout: patience }).then(
    () => true,
    () => false,
  );
}

/** As much of an animation of the browser as is asked here. */
interface Running {
  readonly effect: { getComputedTiming(): { readonly iterations?: number } } | null;
  readonly finished: Promise<unknown>;
}

export interface WindowOptions {
  readonly server: Server;
  /** One context holds the windows of one person: they share what the browser stores. */
  readonly context: BrowserContext;
  /** The folder that is open; a new empty one without. Two windows need two folders. */
  readonly folder?: string;
}

/** One open workbench with the desk in it, driven as a person does: by keys, clicks and what can be read. */
export class Workbench {
  private constructor(
    readonly page: Page,
    private readonly ownFolder: string | undefined,
  ) {}

  static async open({ server, context, folder }: WindowOptions): Promise<Workbench> {
    const ownFolder = folder === undefined ? mkdtempSync(join(tmpdir(), 'loan-desk-folder-')) : undefined;
    const query = new URLSearchParams({
      folder: folder ?? ownFolder ?? '',
      payload: JSON.stringify([['skipWelcome', 'true']]),
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`http://127.0.0.1:${server.port}/?${query}`);
    const workbench = new Workbench(page, ownFolder);
    await workbench.ready();
    return workbench;
  }

  /** Waits until the workbench can be used. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await this.page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  async close(): Promise<void> {
    await this.page.close();
    if (this.ownFolder !== undefined) rmSync(this.ownFolder, { recursive: true, force: true });
  }

  /** Keeps a picture under out/screenshots/, of what has faded in. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.locator('body').evaluate(async (body) => {
      const running: readonly Running[] = body.getAnimations({ subtree: true });
      // What turns while something works never ends.
      const fading = running.filter(
        ({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY,
      );
      await Promise.allSettled(fading.map(({ finished }) => finished));
    });
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  /**
   * Brings that container's side bar into view. After a reload it may come back by itself, late, and a click on its icon
   * would then close it again; so the icon is clicked only when the side bar's title has not appeared.
   */
  async openContainer(name: string): Promise<void> {
    const icon = this.page
      .locator(`.part.activitybar .action-item .action-label[aria-label^="${name}"]`)
      .first();
    await icon.waitFor();
    const title = this.page
      .locator('.part.sidebar .composite.title .title-label')
      .filter({ hasText: new RegExp(`^${name}$`, 'i') })
      .first();
    for (const patience of [5_000, 15_000, 15_000, 15_000]) {
      if (await isShown(title, patience)) break;
      await icon.click();
    }
    await title.waitFor();
    await this.page.locator('.part.sidebar .pane-header').first().waitFor();
  }

  /** Runs a command from the palette by its full title, e.g. "Loan Desk: Borrow…". */
  async command(title: string): Promise<void> {
    const input = this.quick.locator('.quick-input-box input');
    // What was found is marked: the list of before may have the row too, at a place where another is when it is clicked.
    const found = this.page.locator('.label-name', { has: this.page.locator('.highlight'), hasText: title });
    const row = this.quick.locator('.quick-input-list .monaco-list-row', { has: found });
    // A page that opens takes the focus, and with it the palette away.
    for (let patience = 5_000; ; patience *= 2) {
      await this.page.keyboard.press('F1');
      const isDone = await input
        .fill(`>${title}`, { timeout: patience })
        .then(() => row.first().click({ timeout: patience }))
        .then(
          () => true,
          (error: unknown) => {
            if (patience > 20_000) throw error;
            return false;
          },
        );
      if (isDone) return;
      // One that was opened before an extension was there does not list its commands later, nor when it is asked for again.
      await this.page.keyboard.press('Escape');
    }
  }

  /** Takes the mouse away from a button, whose name would cover what is beside it. */
  async pointAway(): Promise<void> {
    await this.page.mouse.move(700, 80);
    await this.page.getByRole('tooltip').first().waitFor({ state: 'detached' });
  }

  /** Puts on a colour theme by its name, and waits until it is worn. */
  async wear(theme: string): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.quickType(/Theme/, theme);
    await this.quickPick(new RegExp(`^${theme}`));
    await this.quickGone();
    const kind = theme.includes('High Contrast')
      ? theme.startsWith('Dark')
        ? '.hc-black'
        : '.hc-light'
      : theme.startsWith('Dark')
        ? '.vs-dark'
        : '.vs';
    await this.page.locator(`.monaco-workbench${kind}`).waitFor();
  }

  // ── Quick input: pick lists and input boxes ──────────────────────────────

  /** The open quick input. */
  get quick(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  /** Waits for a quick input whose title contains the text; returns the whole title with its step. */
  async quickTitle(containing: string): Promise<string> {
    const title = this.quick.locator('.quick-input-titlebar .quick-input-title', { hasText: containing });
    await title.waitFor();
    return (await title.textContent()) ?? '';
  }

  /** What stands in the rows: label, description and detail of each, as the list shows them now. */
  async quickRows(): Promise<string[]> {
    const rows = this.quick.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    return rows.evaluateAll((elements) =>
      elements.map((element) => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim()),
    );
  }

  /**
   * Types into the quick input whose prompt or placeholder matches, in place of what is there: the one before it may still be
   * on its way out, and would take what is typed along.
   */
  async quickType(asked: RegExp, text: string): Promise<void> {
    const message = this.quick.locator('.quick-input-message', { hasText: asked });
    await message.or(this.quick.getByPlaceholder(asked)).first().waitFor();
    await this.quickFill(text);
  }

  /** Types into the open quick input, whichever it is. */
  async quickFill(text: string): Promise<void> {
    await this.quick.locator('.quick-input-box input').fill(text);
  }

  async quickValue(): Promise<string> {
    return this.quick.locator('.quick-input-box input').inputValue();
  }

  /** The message under the input (validation or prompt). */
  async quickMessage(): Promise<string> {
    return (await this.quick.locator('.quick-input-message').textContent())?.trim() ?? '';
  }

  /** Waits for a message under the input that matches. */
  async quickMessageMatching(text: string | RegExp): Promise<void> {
    await this.quick.locator('.quick-input-message', { hasText: text }).waitFor();
  }

  /** Waits for a row whose text, as a screen reader says it, matches; the rows behind the visible ones are not found. */
  async quickRow(text: string | RegExp): Promise<Locator> {
    const row = this.quick.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
    await row.waitFor();
    return row;
  }

  /** Types an amount in the step that asks for one of this coin and takes the row that stands for what was typed. */
  async quickAmount(coin: string, amount: string): Promise<void> {
    const asks = [`How much ${coin} `, `${coin} owed`, `${coin} of principal`];
    const input = asks.map((ask) => `.quick-input-box input[placeholder*="${ask}"]`).join(', ');
    await this.quick.locator(input).waitFor();
    await this.quickFill(amount);
    // Proposals begin with words; the row of what was typed begins with the amount, grouped as the person's language does.
    await this.quickPick(new RegExp(`^[\\d.,]+ ${coin}`));
  }

  /** Answers the input box whose prompt or placeholder matches, and goes on. */
  async quickAnswer(asked: RegExp, text: string): Promise<void> {
    await this.quickType(asked, text);
    await this.quickAccept();
  }

  /** Ends a pick list of many with its button. */
  async quickOk(): Promise<void> {
    await this.quick.locator('.quick-input-action .monaco-button').first().click();
  }

  /** Picks the first row whose text contains the given one. */
  async quickPick(text: string | RegExp): Promise<void> {
    await this.quick.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
  }

  /** Ticks rows of a pick list of many. */
  async quickTick(...texts: readonly (string | RegExp)[]): Promise<void> {
    for (const text of texts) {
      const row = this.quick.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
      await row.locator('.monaco-checkbox, input[type=checkbox]').first().click();
    }
  }

  async quickAccept(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  async quickBack(): Promise<void> {
    await this.quick.locator('.quick-input-titlebar .action-label[aria-label*="Back"]').click();
  }

  async escape(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }

  async quickGone(): Promise<void> {
    await this.page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
  }

  // ── Keys alone ───────────────────────────────────────────────────────────

  /** Runs a command by typing its title into the palette. */
  async typeCommand(title: string): Promise<void> {
    for (let tries = 0; tries < 4; tries += 1) {
      if (await this.typeIntoPalette(title)) return;
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`The palette did not take “${title}”.`);
  }

  /** Whether it came to the row and had the keyboard then: what opens meanwhile takes it, and with it the palette away. */
  private async typeIntoPalette(title: string): Promise<boolean> {
    const rows = this.quick.locator('.quick-input-list .monaco-list-row');
    await this.page.keyboard.press('F1');
    await isShown(rows.first(), 10_000);
    await this.page.keyboard.type(title);
    if (!(await isShown(rows.filter({ hasText: title }).first(), 10_000))) return false;
    const isThere = await keyTo(this.quick, title, 5_000).then(
      () => true,
      () => false,
    );
    if (!isThere || !(await this.quick.locator('input:focus').isVisible())) return false;
    await this.page.keyboard.press('Enter');
    return true;
  }

  /** Waits for the quick input that asks so, types into it, goes down to the row that matches and takes it. */
  async typeRow(asked: RegExp, text: string, row: RegExp): Promise<void> {
    await this.quick.getByPlaceholder(asked).waitFor();
    await this.page.keyboard.type(text);
    await keyTo(this.quick, row);
    await this.page.keyboard.press('Enter');
  }

  /** Ticks the row that matches in the pick list of many that asks so, and ends the list. */
  async keyTick(asked: RegExp, text: string, row: RegExp): Promise<void> {
    await this.quick.getByPlaceholder(asked).waitFor();
    await this.page.keyboard.type(text);
    await keyTo(this.quick, row);
    await this.page.keyboard.press('Space');
    await this.page.keyboard.press('Enter');
  }

  /** Types into the input box whose prompt or placeholder matches, in place of what is there, and goes on. */
  async keyInput(asked: RegExp, text: string): Promise<void> {
    const message = this.quick.locator('.quick-input-message', { hasText: asked });
    await message.or(this.quick.getByPlaceholder(asked)).first().waitFor();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  // ── Trees ────────────────────────────────────────────────────────────────

  /** The pane of a view by its title, e.g. "Coins". */
  pane(title: string): Locator {
    return this.page.locator('.part.sidebar .pane', {
      has: this.page.locator('.pane-header .title', { hasText: new RegExp(`^${title}`, 'i') }),
    });
  }

  /** The rows of a view that are on screen: label and description. */
  async treeRows(view: string): Promise<string[]> {
    return this.pane(view)
      .locator('.monaco-list-row')
      .evaluateAll((rows) => rows.map((row) => (row.textContent ?? '').trim()));
  }

  /** Waits for a row of a view that contains the text. */
  async treeRow(view: string, text: string | RegExp, timeout = 60_000): Promise<Locator> {
    const row = this.pane(view).locator('.monaco-list-row', { hasText: text }).first();
    await row.waitFor({ timeout });
    return row;
  }

  /** Clicks an inline action of a row by its tooltip. */
  async treeAction(view: string, text: string | RegExp, action: string): Promise<void> {
    const row = await this.treeRow(view, text);
    await row.hover();
    await row.locator(`.actions .action-label[aria-label*="${action}"]`).first().click();
  }

  /** Clicks an action of a view's title bar by its tooltip. */
  async viewAction(view: string, action: string): Promise<void> {
    const header = this.pane(view).locator('.pane-header');
    await header.hover();
    await header.locator(`.action-label[aria-label*="${action}"]`).first().click();
  }

  // ── Notifications and dialogs ────────────────────────────────────────────

  /** Waits for a notification that contains the text. */
  async notification(text: string | RegExp): Promise<Locator> {
    const toast = this.page
      .locator('.notifications-toasts .notification-list-item', { hasText: text })
      .first();
    await toast.waitFor({ timeout: 60_000 });
    return toast;
  }

  async notificationButton(text: string | RegExp, button: string): Promise<void> {
    const toast = await this.notification(text);
    await toast.locator('.monaco-button', { hasText: button }).first().click();
  }

  async dismissNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
  }

  /** Waits for a modal dialog; returns its message and detail. */
  async dialogText(): Promise<string> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.waitFor();
    // biome-ignore lint/performance/useDomNodeTextContent: the lines of the detail are what is read
    return (await box.locator('.dialog-message-container').innerText()).trim();
  }

  async dialogButton(name: string): Promise<void> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.waitFor();
    await box.locator('.monaco-button', { hasText: name }).first().click();
    await box.waitFor({ state: 'hidden' });
  }

  /** Waits until the lines on screen of the open editor match. */
  async editorText(text: RegExp): Promise<void> {
    const lines = this.page.locator('.editor-instance .view-lines').first();
    await lines.filter({ hasText: text }).waitFor();
  }

  // ── Webviews ─────────────────────────────────────────────────────────────

  /** The document of the only open webview: the innermost frame. */
  async webview(): Promise<Frame> {
    const holder = this.page.locator('iframe.webview.ready, iframe.webview').first();
    await holder.waitFor({ timeout: 60_000 });
    const outer = await (await holder.elementHandle())?.contentFrame();
    if (outer === null || outer === undefined) throw new Error('The webview has no frame.');
    const inner = await outer.waitForSelector('iframe#active-frame', { timeout: 60_000 });
    const frame = await inner.contentFrame();
    if (frame === null) throw new Error('The webview has no document.');
    return frame;
  }
}
