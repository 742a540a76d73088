import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunManifest } from '../../harness/model/run.ts';
import { decodeWav } from '../../harness/model/wav.ts';
import { openStore } from '../../metrics/store/store.ts';
import { readCsv } from '../../reports/site/components/data/rows.ts';
import { needProgram } from '../peers/need.ts';
import { serve } from './served.ts';
import type { Served } from './served.ts';

const launcher = fileURLToPath(new URL('../../bin/hangup.js', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const able = needProgram('chromium');

let folder = '';
let site = '';
let served: Served;
let browser: Browser;
let run = '';

/** A real run of three calls in virtual time, and its site: one caller interrupts, one hesitates, one changes her mind. */
beforeAll(async () => {
  if (!able) return;
  folder = mkdtempSync(join(tmpdir(), 'hangup-browser-'));
  site = join(folder, 'site');
  const hangup = async (...words: readonly string[]): Promise<void> => {
    // A run of three calls may be judged inconclusive, which is not what is tested here.
    await promisify(execFile)(process.execPath, [launcher, ...words], { cwd: folder }).catch((error: unknown) => {
      if ((error as { code?: number }).code !== 3) throw error;
    });
  };
  await hangup('run', 'demo', '--time', 'virtual', '--only', 'move-appointment');
  run = readdirSync(join(folder, 'runs')).find((name) => name.startsWith('demo-')) ?? '';
  await hangup('report', '--audio', 'all', '--out', site);
  served = await serve(site, '/some/where/');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

interface Visit {
  readonly page: Page;
  /** What a reader's browser complained about. */
  readonly troubles: readonly string[];
}

async function visit(address: string, scheme: 'light' | 'dark' = 'light'): Promise<Visit> {
  const page = await browser.newPage({ colorScheme: scheme });
  const troubles: string[] = [];
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  // A media element breaks off reading what it has in memory when it has read enough: that is no request.
  page.on('requestfailed', (request) => {
    if (!request.url().startsWith('blob:')) troubles.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(served.url) && !url.startsWith('data:') && !url.startsWith('blob:'))
      troubles.push(`asked ${url}`);
  });
  await page.goto(served.url + address, { waitUntil: 'networkidle' });
  return { page, troubles };
}

const SHOWN = ['index', 'latency', 'interruptions', 'pauses', 'callers', 'data'].map((name) => `${name}.html`);

const callPage = (call: string, at = ''): string => `call.html?id=${run}/${call}${at}`;
const pages = (): readonly string[] => globSync('*.html', { cwd: site }).filter((name) => name !== 'call.html');

test.runIf(able)(
  'no page complains, asks another host or misses a file, from a sub-path, in light and in dark',
  async () => {
    expect(pages()).toEqual(expect.arrayContaining(SHOWN));
    for (const name of [...pages(), callPage('interrupting-ines-move-appointment-1')]) {
      for (const scheme of ['light', 'dark'] as const) {
        const { page, troubles } = await visit(name, scheme);
        expect(troubles, `${name} in ${scheme}`).toEqual([]);
        await page.close();
      }
    }
  },
  120_000,
);

test.runIf(able)(
  'charts have marks, titles and a text for who cannot see them',
  async () => {
    // A plane of runs has a point a run, and this is one run.
    const least = { 'latency.html': 2, 'interruptions.html': 1, 'pauses.html': 1 };
    for (const [name, marks] of Object.entries(least)) {
      const { page } = await visit(name);
      const charts = await page.locator('figure.chart svg').all();
      expect(charts.length, name).toBeGreaterThanOrEqual(2);
      for (const chart of charts) {
        expect(await chart.locator('circle, path, rect').count(), name).toBeGreaterThan(marks);
        expect((await chart.getAttribute('aria-label'))?.length).toBeGreaterThan(40);
      }
      await page.close();
    }
  },
  60_000,
);

test.runIf(able)(
  'a table is filtered, sorted by keyboard and taken along, and the address remembers what is looked at',
  async () => {
    const { page, troubles } = await visit('data.html?table=scores');
    const rows = page.locator('.rows tbody tr');
    await expect.poll(() => rows.count()).toBeGreaterThan(100);
    await page.getByLabel('rows with').fill('metric=turn_latency value>0');
    const values = async (): Promise<readonly number[]> =>
      (await page.locator('.rows tbody tr td:nth-child(5)').allInnerTexts()).map(Number);
    expect(await page.locator('.rows tbody tr td:nth-child(2)').allInnerTexts()).not.toContain('cut_in');
    await page.locator('th[data-column="value"] button').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await page.locator('th[data-column="value"]').getAttribute('aria-sort')).toBe('descending');
    const seen = await values();
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
    expect(await rows.locator('a').first().getAttribute('href')).toMatch(/^\.\/call\.html\?id=.+#t=\d+\.\d\d$/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'download these rows' }).click(),
    ]);
    const kept = readCsv(readFileSync(await download.path(), 'utf8'));
    expect(kept.rows.map((row) => Number(row[kept.columns.indexOf('value')]))).toEqual(seen);
    const again = await visit(page.url().slice(served.url.length));
    await expect.poll(() => again.page.locator('.rows tbody tr').count()).toBe(seen.length);
    expect([...troubles, ...again.troubles]).toEqual([]);
    await again.page.close();
    await page.close();
  },
  60_000,
);

test.runIf(able)('the whole tables are where their links say, and parse', async () => {
  const { page } = await visit('data.html');
  const links = await page.locator('details a[href$=".csv"]').all();
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) {
    const answer = await page.request.get(new URL((await link.getAttribute('href')) ?? '', page.url()).href);
    expect(answer.ok()).toBe(true);
    expect(readCsv(await answer.text()).rows.length).toBeGreaterThan(0);
  }
  await page.close();
});

// Seen once on a busy machine: Chromium did not begin to decode. A fresh page then does.
test.runIf(able)(
  'a deep link goes to the instant it names, and a click on what was measured goes there',
  { retry: 2, timeout: 60_000 },
  async () => {
    const { page } = await visit(callPage('interrupting-ines-move-appointment-1', '#t=6.50'));
    const at = async (): Promise<number> => inMs(await page.locator('output.here').innerText());
    await expect.poll(at, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(Math.abs((await at()) - 6500)).toBeLessThanOrEqual(30);
    const said = page.locator('.stretch.caller').first();
    const meant = inMs(((await said.getAttribute('title')) ?? '').split(': ')[0] ?? '');
    await said.dispatchEvent('click');
    await expect.poll(async () => Math.abs((await at()) - meant), { timeout: 5000 }).toBeLessThan(1500);
    await page.close();
  },
);

test.runIf(able)(
  'what is heard of a compressed copy is what was recorded, side by side and to 30 ms',
  async () => {
    const call = 'interrupting-ines-move-appointment-1';
    const { page } = await visit(callPage(call));
    expect(existsSync(join(site, 'calls', run, `${call}-audio.opus`))).toBe(true);
    const decoded = await page.evaluate(async (url) => {
      const sound = await (await fetch(url)).arrayBuffer();
      const audio = await new OfflineAudioContext(2, 1, 8000).decodeAudioData(sound);
      return [0, 1].map((side) => [...audio.getChannelData(side)]);
    }, `./calls/${run}/${call}-audio.opus`);
    const file = join(folder, 'runs', run, 'calls', call, 'audio.wav');
    const { channels } = decodeWav(readFileSync(file), file);
    for (const [side, channel] of channels.entries()) {
      const lag = lagOf(envelope(channel), envelope(decoded[side] ?? []));
      expect(Math.abs(lag * ENVELOPE_MS), `side ${side}`).toBeLessThanOrEqual(4);
      expect(decoded[side]?.length).toBe(channel.length);
    }
    await page.close();
  },
  60_000,
);

const ENVELOPE_MS = 2;

/** Loudness of every 2 ms. */
function envelope(samples: ArrayLike<number>): readonly number[] {
  const step = (ENVELOPE_MS * 8000) / 1000;
  return Array.from({ length: Math.floor(samples.length / step) }, (_, i) => {
    let power = 0;
    for (let k = i * step; k < (i + 1) * step; k++) power += (samples[k] ?? 0) ** 2;
    return Math.sqrt(power);
  });
}

/** By how many steps `b` comes after `a`. */
function lagOf(a: readonly number[], b: readonly number[]): number {
  const fits = (lag: number): number => a.reduce((sum, value, i) => sum + value * (b[i + lag] ?? 0), 0);
  const lags = Array.from({ length: 201 }, (_, i) => i - 100);
  return lags.reduce((best, lag) => (fits(lag) > fits(best) ? lag : best), 0);
}

test.runIf(able)(
  'the command on the page places the very call again',
  async () => {
    const call = 'wavering-wanda-move-appointment-1';
    const { page } = await visit(callPage(call));
    const command = await page.locator('code.replay').innerText();
    expect(command).toMatch(/^hangup dial reference --plan \S+ --time virtual$/);
    await page.close();
    const before = new Set(readdirSync(join(folder, 'runs')));
    // As a reader pastes it, in the folder in which the report was made.
    await promisify(execFile)('bash', ['-c', `hangup() { "$NODE" "$LAUNCHER" "$@"; }; ${command} || test $? -eq 1`], {
      cwd: folder,
      env: { ...process.env, NODE: process.execPath, LAUNCHER: launcher },
    });
    const [again = ''] = readdirSync(join(folder, 'runs')).filter((name) => !before.has(name));
    const scores = (id: string): string => readFileSync(join(folder, 'runs', id, 'calls', call, 'scores.json'), 'utf8');
    expect(scores(again)).toBe(scores(run));
  },
  120_000,
);

/** `1:02.34` in ms. */
const inMs = (clock: string): number => {
  const [minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return (60 * minutes + seconds) * 1000;
};

test.runIf(able)(
  'no page has a serious fault of accessibility',
  async () => {
    for (const name of [...pages(), callPage('interrupting-ines-move-appointment-1')]) {
      const { page } = await visit(name);
      await page.evaluate(() => document.querySelectorAll('details').forEach((box) => (box.open = true)));
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { violations } = await (window as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run();
        return (
          violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            // The list of pages is Framework's own markup, which puts a label into it.
            .filter(
              ({ id, nodes }) => id !== 'list' || nodes.some(({ html }) => !html.includes('observablehq-sidebar')),
            )
            .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)
        );
      });
      expect(found, name).toEqual([]);
      await page.close();
    }
  },
  120_000,
);

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

test.runIf(able)(
  'the verdict is read within a second on a slow line, for less than 300 kB',
  async () => {
    // The best of five: what the page costs, not what else this machine is doing.
    const loads: { readonly bytes: number; readonly painted: number }[] = [];
    for (let load = 0; load < 5; load++) loads.push(await slowLoad());
    expect(Math.max(...loads.map(({ bytes }) => bytes))).toBeLessThan(300_000);
    expect(Math.min(...loads.map(({ painted }) => painted))).toBeLessThan(1000);
  },
  90_000,
);

/** Loads the verdict over a fast 3G line, as Lighthouse throttles it: 1.6 Mbit/s and 150 ms a round trip. */
async function slowLoad(): Promise<{ readonly bytes: number; readonly painted: number }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const line = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
  await session.send('Network.emulateNetworkConditions', line);
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(`${served.url}index.html`, { waitUntil: 'networkidle' });
  const painted = await page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Infinity)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        }),
      ),
  );
  await context.close();
  return { bytes, painted };
}

/** `hangup` in the folder of the run; a verdict is no failure of the command. */
const hangup = (...words: readonly string[]): Promise<{ readonly stdout: string }> =>
  promisify(execFile)(process.execPath, [launcher, ...words], { cwd: folder });

test.runIf(able)(
  'the summary is one file that loads nothing, and its card can be had as a picture',
  async () => {
    await hangup('report', run, '--summary', 'out/verdict.html', '--card', 'out/verdict.png');
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const address = pathToFileURL(join(folder, 'out/verdict.html')).href;
    await page.goto(address, { waitUntil: 'networkidle' });
    expect(asked).toEqual([address]);
    expect(await page.locator('script').count()).toBe(0);
    expect(await page.locator('.card h1').innerText()).toBe('Too early to say');
    expect(await page.locator('.card tbody tr').count()).toBeGreaterThan(5);
    await page.close();
    const picture = readFileSync(join(folder, 'out/verdict.png'));
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    // Twice 900 pixels wide, as its header says (PNG, section 11.2.1).
    expect(picture.readUInt32BE(16)).toBe(1800);
    await expect(hangup('report', run, '--card', 'out/verdict.jpg')).rejects.toMatchObject({ code: 2 });
  },
  60_000,
);

test.runIf(able)(
  'a run that is going on is shown while its own store is in use, and again with each further call',
  async () => {
    const going = join(folder, 'runs', `${run}-going-on`);
    const [first = '', second = ''] = readdirSync(join(folder, 'runs', run, 'calls'));
    const place = (call: string): void =>
      cpSync(join(folder, 'runs', run, 'calls', call), join(going, 'calls', call), { recursive: true });
    const manifest = JSON.parse(readFileSync(join(folder, 'runs', run, 'manifest.json'), 'utf8')) as RunManifest;
    place(first);
    writeFileSync(join(going, 'manifest.json'), JSON.stringify({ ...manifest, id: `${run}-going-on` }));
    const store = await openStore(join(folder, 'runs/hangup.duckdb'), 'write');
    const watching = spawn(process.execPath, [launcher, 'report', going, '--watch'], { cwd: folder });
    let said = '';
    watching.stderr.on('data', (bytes) => (said += String(bytes)));
    const ended = once(watching, 'exit');
    try {
      await expect.poll(() => said, { timeout: 60_000 }).toMatch(/\/index\.html shows 1 calls?/);
      const [address = ''] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
      const count = async (): Promise<number> => {
        const text = await (await fetch(`${address}index.html`)).text();
        return text.match(/<li class="(?:passed|failed|invalid)">/g)?.length ?? 0;
      };
      const before = await count();
      expect((await fetch(`${address}%2e%2e/manifest.json`)).status).toBe(404);
      place(second);
      await expect.poll(() => said, { timeout: 60_000 }).toMatch(/shows 2 calls/);
      expect(await count()).toBe(before + 1);
    } finally {
      watching.kill('SIGINT');
      await store.close();
    }
    expect((await ended)[0]).toBe(0);
    rmSync(going, { recursive: true });
  },
  150_000,
);

test.runIf(able)('every call of the run is on the site, with its sound', () => {
  const calls = readdirSync(join(folder, 'runs', run, 'calls'));
  for (const call of calls) expect(existsSync(join(site, 'calls', run, `${call}.json`)), call).toBe(true);
});
