import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright';
import type { Browser, Page } from 'playwright';
import { serve } from './served.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page that a reader has opened. */
export interface Visit {
  readonly page: Page;
  /** What the browser complained about so far. */
  readonly troubles: readonly string[];
}

/** A reader with a browser, before a site on a static host. */
export interface Reader {
  readonly browser: Browser;
  /** The site's own address, which is no root. */
  readonly url: string;
  /** Opens `address` of the site and waits until nothing more is asked for. */
  visit(address: string): Promise<Visit>;
  close(): Promise<void>;
}

/** Serves `site` from a sub-path and starts a browser. */
export async function openReader(site: string): Promise<Reader> {
  const served = await serve(site, '/some/where/');
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  return {
    browser,
    url: served.url,
    visit: async (address) => {
      const page = await browser.newPage();
      const troubles = listenTo(page, served.url);
      await page.goto(served.url + address, { waitUntil: 'networkidle' });
      return { page, troubles };
    },
    close: async () => {
      await browser.close();
      await served.close();
    },
  };
}

function listenTo(page: Page, site: string): readonly string[] {
  const troubles: string[] = [];
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('dialog', (dialog) => {
    troubles.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  // A media element breaks off reading what it has in memory when it has read enough: that is no request.
  page.on('requestfailed', (request) => {
    if (!request.url().startsWith('blob:')) troubles.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(site) && !url.startsWith('data:') && !url.startsWith('blob:')) troubles.push(`asked ${url}`);
  });
  return troubles;
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** Serious faults of accessibility, everything unfolded, in the colours it is shown in now. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => document.querySelectorAll('details').forEach((box) => (box.open = true)));
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run();
    return (
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        // The list of pages is Framework's own markup, which puts a label into it.
        .filter(({ id, nodes }) => id !== 'list' || nodes.some(({ html }) => !html.includes('observablehq-sidebar')))
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
    );
  });
}

/** By how many pixels the page is wider than a telephone, whose reader would have to push it about. */
export async function tooWide(page: Page): Promise<number> {
  await page.setViewportSize({ width: 390, height: 800 });
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
