import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { talkPage } from '../../agent/page.ts';
import { serveAgent } from '../../agent/serve.ts';
import type { Serving } from '../../agent/serve.ts';
import { realClock } from '../../harness/clock/real.ts';
import webrtc from '../../harness/lines/webrtc.ts';
import { concatPcm, MASTER_RATE } from '../../harness/model/audio.ts';
import type { Transport } from '../../harness/model/line.ts';
import { encodeWav } from '../../harness/model/wav.ts';
import { openReference } from '../../harness/run/reference.ts';
import type { Reference } from '../../harness/run/reference.ts';
import flite from '../../harness/speech/voices/flite.ts';
import { needProgram } from '../peers/need.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const able = needProgram('chromium');

const WORDS = 'What are your opening hours?';
/** When the greeting is over, s; and until it is said again, should the first time have come before the call. */
const BEGINS = 5.5;
const AGAIN = 7;

let folder = '';
let origin = '';
let reference: Reference;
let transport: Transport;
let serving: Serving;
let browser: Browser;

/** The agent on this machine, and a browser whose microphone says a sentence now and then. */
beforeAll(async () => {
  if (!able) return;
  folder = mkdtempSync(join(tmpdir(), 'hangup-talk-'));
  const sentence = join(folder, 'sentence.wav');
  writeFileSync(sentence, await spoken());
  const clock = realClock();
  reference = await openReference({ faults: [] }, 1);
  transport = await webrtc.open(clock);
  serving = await serveAgent({
    clock,
    transport,
    parts: reference.parts,
    agent: 'webrtc:http://127.0.0.1:0',
    metronome: 'webrtc+whip:http://127.0.0.1:0/metronome',
    presence: { page: talkPage },
    office: undefined,
    seed: 1,
    trouble: (message) => process.stderr.write(`${message}\n`),
  });
  origin = new URL(serving.agent.replace('webrtc+whip:', '')).origin;
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${sentence}`,
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await serving?.close();
  await transport?.close();
  await reference?.close();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

async function spoken(): Promise<Uint8Array> {
  const voice = await flite.open(undefined, { engine: 'flite' });
  const { samples } = await voice.speak(WORDS, { engine: 'flite', name: 'rms', rate: 1 });
  await voice.close();
  const silence = (seconds: number): Int16Array => new Int16Array(Math.round(MASTER_RATE * seconds));
  return encodeWav([concatPcm([silence(BEGINS), samples, silence(AGAIN)])], MASTER_RATE);
}

interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the person's browser complained about, and who else it asked. */
  readonly troubles: readonly string[];
}

async function visit(permissions: readonly string[]): Promise<Visit> {
  const context = await browser.newContext({ permissions: [...permissions] });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) troubles.push(`asked ${request.url()}`);
  });
  const shown = await page.goto(origin, { waitUntil: 'networkidle' });
  expect(shown?.headers()['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
  return { page, context, troubles };
}

async function serious(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const runner = (globalThis as unknown as { axe: { run(): Promise<{ violations: never[] }> } }).axe;
    const { violations } = (await runner.run()) as unknown as {
      violations: readonly { id: string; impact: string; nodes: readonly { html: string }[] }[];
    };
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

test.runIf(able)(
  'a person speaks to the agent in a browser and reads its answer in the transcript',
  async () => {
    const { page, context, troubles } = await visit(['microphone']);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Call');
    await page.keyboard.press('Enter');
    await page.getByText('Connected.').waitFor();
    const answer = page.locator('#transcript .caller + .agent .heard');
    await answer.first().waitFor({ timeout: 50_000 });
    expect(await answer.first().textContent()).toMatch(/open Monday to Friday/);
    expect(await page.locator('#transcript .caller').first().textContent()).toMatch(/opening hours/);
    expect(await page.locator('#budget').textContent()).toMatch(/finish.*\d ms.*Thinking.*\d ms.*Heard in.*\d ms/s);
    expect(await page.locator('#keypad button').first().isEnabled()).toBe(true);
    const shots = process.env['SHOTS'];
    if (shots) await shoot(page, shots);
    expect(await serious(page)).toEqual([]);
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('The call is over.').waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  },
  60_000,
);

/** The page as people see it, for whoever wants to look. */
async function shoot(page: Page, folder: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${colorScheme}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: join(folder, 'phone.png'), fullPage: true });
}

test.runIf(able)(
  'a refused microphone and a server that is gone are one sentence each',
  async () => {
    const refused = await visit([]);
    await refused.page.getByRole('button', { name: 'Call' }).click();
    const trouble = refused.page.getByRole('alert');
    await trouble.getByText('The microphone was refused: allow it for this page in your browser').waitFor();
    expect(await refused.page.getByRole('button', { name: 'Call' }).isEnabled()).toBe(true);
    expect(await serious(refused.page)).toEqual([]);
    expect(refused.troubles).toEqual([]);
    await refused.context.close();

    const { page, context } = await visit(['microphone']);
    await page.route('**/whip', (route) => route.abort());
    await page.getByRole('button', { name: 'Call' }).click();
    await page.getByRole('alert').getByText('The agent cannot be reached: its server does not answer.').waitFor();
    await context.close();
  },
  60_000,
);

/** In the browser: an interrupted sentence as it is told, and what is shown of it. */
const INTERRUPTED = `(async () => {
  const { written } = await import('./transcript.mjs');
  const { showTranscript } = await import('./show.mjs');
  const messages = [
    { type: 'bot-llm-text', data: { text: 'We are open Monday to Friday,' } },
    { type: 'bot-llm-text', data: { text: 'from eight to six.' } },
    { type: 'bot-interrupted' },
    { type: 'bot-output', data: { text: 'we are open monday' } },
    { type: 'server-message', data: { type: 'handing-over', desk: 'billing' } },
  ];
  showTranscript(messages.reduce(written, []));
  return document.getElementById('transcript').innerText;
})()`;

test.runIf(able)(
  'what nobody heard of an interrupted sentence is struck out, and said to be unheard to who cannot see that',
  async () => {
    const { page, context, troubles } = await visit([]);
    const shown = await page.evaluate<string>(INTERRUPTED);
    expect(shown.replaceAll('\n', ' ')).toMatch(
      /^Agent We are open Monday.*Not heard:.*to Friday, from eight to six\..*interrupted.*Putting you through to: billing\.$/,
    );
    expect(await page.locator('#transcript s').textContent()).toBe('to Friday, from eight to six.');
    expect(await serious(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await context.close();
  },
  60_000,
);
