import { CHROMIUM_FLAGS, ensureChromium } from './setup.mjs';

/**
 * Starts a headless Chromium under playwright-core.
 * @param {readonly string[]} [flags] besides those of the house
 */
export async function startBrowser(flags = []) {
  const executablePath = await ensureChromium();
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath, headless: true, args: [...CHROMIUM_FLAGS, ...flags] });
}
