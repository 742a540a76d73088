import { existsSync } from 'node:fs';
import type { Browser } from 'playwright';
import { UsageError } from '../../model/errors.ts';

/** Where Debian has it; elsewhere Playwright's own is taken. */
const DEBIAN = '/usr/bin/chromium';

/**
 * Calls may go to this very host; sounds are played without anybody's hand on the page; nothing of the browser's own is
 * on the network.
 */
const FLAGS: readonly string[] = [
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-gpu',
  '--no-first-run',
  '--no-sandbox',
];

/** Starts Chromium without a window. Throws UsageError when Playwright or Chromium is not there. */
export async function startChromium(): Promise<Browser> {
  const playwright = await import('playwright').catch(() => undefined);
  if (!playwright) throw new UsageError('the browser line needs Playwright; install it with: npm install playwright');
  const path = process.env['CHROMIUM_PATH'] ?? (existsSync(DEBIAN) ? DEBIAN : undefined);
  try {
    return await playwright.chromium.launch({
      headless: true,
      args: [...FLAGS],
      ...(path !== undefined && { executablePath: path }),
    });
  } catch (error) {
    const [first = ''] = error instanceof Error ? error.message.split('\n') : [];
    throw new UsageError(
      `Chromium cannot be started (${first}); install it with: npx playwright install chromium, or name one in CHROMIUM_PATH`,
    );
  }
}
