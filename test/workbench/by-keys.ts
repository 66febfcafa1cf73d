import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import type { Workbench } from './driver';

/** Further than any page of the desk has stops, and once around the workbench. */
const MOST_STOPS = 150;

/** A page of the desk, gone through by keys. */
export class PageByKeys {
  private constructor(
    readonly page: Frame,
    readonly desk: Workbench,
  ) {}

  /** Opens a page by its command, and waits until it has the keyboard and what is asked for stands there. */
  static async open(desk: Workbench, title: string, ready: string): Promise<PageByKeys> {
    await desk.typeCommand(title);
    const page = await desk.webview();
    await page.locator(ready).first().waitFor();
    await page.waitForFunction('document.hasFocus()');
    return new PageByKeys(page, desk);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.desk.page.keyboard.press(key);
  }

  /** From stop to stop until that one has the keyboard, as far as once around. */
  async tabTo(wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const hasKeyboard = () =>
      wanted.evaluate(
        (element) => element.ownerDocument.hasFocus() && element === element.ownerDocument.activeElement,
      );
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      if (await hasKeyboard()) return;
      await this.press(key);
    }
    assert.fail(`No key leads to ${wanted}.`);
  }

  /** Goes there and presses it. */
  async pressOn(wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.tabTo(wanted, key);
    await this.press('Enter');
  }

  /** Goes to a field and types in place of what is there. */
  async typeInto(wanted: Locator, text: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.tabTo(wanted, key);
    await this.chooseText();
    await this.desk.page.keyboard.type(text);
  }

  /** All that stands in the field. VS Code takes Ctrl+A from its pages and chooses later, also what is typed meanwhile. */
  async chooseText(): Promise<void> {
    await this.press('End', 'Shift+Home');
  }

  /** The flow that was started stands there; leaves it, and has the keyboard on the page again. */
  async leaveFlow(title: string): Promise<void> {
    await this.desk.quickTitle(title);
    await this.press('Escape');
    await this.desk.quickGone();
    await this.page.waitForFunction('document.hasFocus()');
  }
}

/**
 * Answers VS Code's own dialog for a file on a server: one that is there, or a new one. `beside` is there already and of the
 * same kind, others not being listed: by it the folder is known to have been read.
 */
export async function keyFile(
  desk: Workbench,
  {
    folder,
    name,
    beside = name,
  }: { readonly folder: string; readonly name: string; readonly beside?: string },
): Promise<void> {
  // While it reads the folder that it proposes, it puts its own path in place of what is typed.
  await desk.quickRow(/^\.\./);
  await desk.page.keyboard.press('Control+A');
  // As it is pasted: the dialog reads a folder at each letter, and of letters that come quickly it can miss the last.
  await desk.page.keyboard.insertText(`${folder}/${name}`);
  await desk.quickRow(beside);
  // Enter takes the row that is marked, if one is, and else what is typed.
  const up = desk.quick.locator('.monaco-list-row.focused', { hasText: /^\.\./ });
  await up.waitFor({ state: 'detached' });
  await desk.page.keyboard.press('Enter');
}

/** Borrows 700 USDT against 1 ETH, up to the question that a live account asks. */
export async function keyBorrow(desk: Workbench): Promise<void> {
  await desk.typeCommand('Loan Desk: Borrow…');
  await desk.typeRow(/coin/i, 'USDT', /^USDT/);
  await desk.typeRow(/How much USDT to borrow/, '700', /^700 USDT/);
  await desk.keyTick(/Tick (the )?coins to pledge/, 'ETH', /^ETH/);
  await desk.typeRow(/How much ETH to pledge/, '1', /^1 ETH/);
  await desk.typeRow(/Before → after/, '', /^Borrow 700 USDT/);
}

/** Answers the questions of a fixed loan of 0.1 ETH for 30 days, as far as what happens at the due date. */
export async function keyFixedTerms(desk: Workbench): Promise<void> {
  await desk.typeCommand('Loan Desk: Borrow at a Fixed Rate…');
  await desk.typeRow(/Which coin/, 'ETH', /^ETH/);
  await desk.typeRow(/Borrow for how long/, '', /^30 days/);
  await desk.typeRow(/At most which rate/, '5', /^5 % a year/);
  await desk.typeRow(/How much ETH to borrow/, '0.1', /^0\.1 ETH/);
}
