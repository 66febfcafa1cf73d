import { CHROMIUM_FLAGS, ensureChromium } from './setup.mjs';

/** Starts a headless Chromium under playwright-core. */
export async function startBrowser() {
  const executablePath = await ensureChromium();
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath, headless: true, args: CHROMIUM_FLAGS });
}
