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
/** Until the greeting is over, s. */
const GREETED = 6;

let folder = '';
let origin = '';
let reference: Reference;
let transport: Transport;
let serving: Serving;
let browser: Browser;

/** The agent on this machine, and a browser whose microphone says one sentence and is silent afterwards. */
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
      `--use-file-for-fake-audio-capture=${sentence}%noloop`,
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
  const silence = (seconds: number): Int16Array => new Int16Array(MASTER_RATE * seconds);
  return encodeWav([concatPcm([silence(GREETED), samples, silence(60)])], MASTER_RATE);
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
  await page.goto(origin, { waitUntil: 'networkidle' });
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

test.runIf(able)('a person speaks to the agent in a browser and reads its answer in the transcript', async () => {
  const { page, context, troubles } = await visit(['microphone']);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Connected.').waitFor();
  await page.locator('#transcript .agent .heard').first().waitFor();
  await page.locator('#transcript .caller').waitFor();
  const answer = page.locator('#transcript .caller + .agent .heard');
  await answer.waitFor();
  expect(await answer.textContent()).toMatch(/open/i);
  const budget = page.locator('#budget');
  expect(await budget.textContent()).toMatch(/finished.*\d ms.*Thinking.*\d ms.*Heard here.*\d ms/s);
  const scratch = process.env['SHOTS'];
  if (scratch) await page.screenshot({ path: `${scratch}/light.png`, fullPage: true });
  expect(await serious(page)).toEqual([]);
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.getByText('The call is over.').waitFor();
  expect(troubles).toEqual([]);
  await context.close();
});
