import type { Locator } from 'playwright-core';

/** Down from row to row of a list or tree that has the keyboard, until the one that has the focus matches; milliseconds. */
export async function keyTo(list: Locator, text: string | RegExp, timeout = 60_000): Promise<void> {
  await list.locator('.monaco-list-row', { hasText: text }).first().waitFor({ timeout });
  const focused = list.locator('.monaco-list-row.focused', { hasText: text });
  for (let steps = 0; steps < 60 && !(await focused.isVisible()); steps += 1) {
    await list.page().keyboard.press('ArrowDown');
  }
  await focused.waitFor({ timeout });
}
