import { existsSync } from 'node:fs';
import type { Browser } from 'playwright';
import { UsageError } from '../harness/model/errors.ts';
import type { RunReport } from './report.ts';
import { cardPage } from './summary.ts';

/** Of the picture, CSS pixels; it is as high as the card. Two device pixels each. */
const WIDTH = 900;
/** Where a distribution puts its browser. */
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The verdict card as a PNG, drawn by a Chromium that is there. Throws UsageError when there is none. */
export async function cardPicture(report: RunReport): Promise<Uint8Array> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: WIDTH, height: 600 }, deviceScaleFactor: 2 });
    await page.setContent(cardPage(report));
    return await page.locator('.card').screenshot({ type: 'png' });
  } finally {
    await browser.close();
  }
}

async function openBrowser(): Promise<Browser> {
  const found = await import('playwright').catch(() => undefined);
  if (!found) throw missing();
  const executablePath = INSTALLED.find((path) => existsSync(path));
  // Chromium refuses its sandbox to root; it is shown a page of our own.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return found.chromium
    .launch({ args })
    .catch(() => (executablePath === undefined ? undefined : found.chromium.launch({ args, executablePath })))
    .then((browser) => browser ?? Promise.reject(missing()));
}

const missing = (): UsageError =>
  new UsageError(
    'the picture of the card needs a browser; add one with: npm install --save-dev playwright && npx playwright install chromium',
  );
