import { judgeable } from '../../../harness/run/expectations.ts';
import { plansOf } from '../../../harness/run/plans.ts';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeCall } from '../../../harness/run/first-call.ts';
import type { FirstCall } from '../../../harness/run/first-call.ts';
import { starterFiles, writeStarter } from '../../../harness/run/own/starter-files.ts';
import { metrics, scenarios } from '../../../harness/run/registry.ts';
import { loadSuite } from '../../../harness/run/suite.ts';

const program = fileURLToPath(new URL('../../../bin/hangup.js', import.meta.url));
const found: FirstCall = {
  codec: 'PCMA',
  answerMs: 120,
  firstSoundMs: 800,
  speaksFirst: 'agent',
  replyMs: 640,
  echo: undefined,
  spokenOver: { did: 'stopped', afterMs: 210 },
  ended: 'us: we hung up',
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-starter-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(['sip:front-desk@10.0.0.5', "sip:o'brien@[::1]:5070;transport=tcp", 'sips:4711@pbx.example.com'])(
  'what init writes for %s is no suite, breaks a contract, or gates on what nobody measures',
  async (address) => {
    writeStarter(folder, starterFiles(address, found));
    const { suite, beside } = await loadSuite(join(folder, 'hangup.config.ts'));
    expect(suite.target).toBe(address);
    expect((await scenarios(beside)).get('first-call')).toMatchObject({ opens: 'agent', mind: 'script' });
    const plans = await plansOf({ suite, beside }, { seed: undefined, trials: undefined, only: undefined });
    expect(judgeable(suite, plans, await metrics(), ['wire'], address).gates.length).toBeGreaterThan(3);
  },
);

test('what it took to reach the agent is in the suite, and no password is', async () => {
  const sip = { registrar: 'sip:pbx.example.com', outboundProxy: 'sips:sbc.example.com', ca: '../ca.pem' };
  writeStarter(folder, starterFiles('sip:600@pbx.example.com', found, sip));
  const { suite } = await loadSuite(join(folder, 'hangup.config.ts'));
  expect(suite.sip).toEqual(sip);
  expect(suite.allow).toEqual(['pbx.example.com', 'sbc.example.com']);
});

test('an agent that waits to be spoken to gets a scenario in which it speaks first', async () => {
  writeStarter(folder, starterFiles('sip:a@10.0.0.5', { ...found, speaksFirst: 'caller' }));
  expect((await scenarios(folder)).get('first-call')?.opens).toBe('caller');
});

test('a file that is there is overwritten, or not named', () => {
  writeFileSync(join(folder, 'check.ts'), 'mine');
  expect(() => writeStarter(folder, starterFiles('sip:a@10.0.0.5', found))).toThrow(
    `${join(folder, 'check.ts')} is there already, and nothing is overwritten; move it away`,
  );
});

test.each<[string, Partial<FirstCall>, string]>([
  ['an echo', { echo: { lossDb: 18.2, delayMs: 240 } }, 'our own voice comes back, 18.2 dB softer after 240 ms'],
  [
    'an agent that talks on',
    { spokenOver: { did: 'kept-talking', afterMs: 2400 } },
    'it keeps talking when spoken over: on for 2400 ms',
  ],
  ['what was not tried', { spokenOver: undefined }, 'whether it stops when spoken over was not seen'],
  ['a mute agent', { speaksFirst: 'nobody', firstSoundMs: undefined }, 'it was never heard'],
  ['no reply', { replyMs: undefined }, 'it did not reply to our hello'],
])('%s is not said', (_, change, sentence) => {
  expect(describeCall({ ...found, ...change }).join('\n')).toContain(sentence);
});

test.each([
  [['init', 'agent@10.0.0.5', '--yes'], '"agent@10.0.0.5" is no address to call; write sip:user@host'],
  [['init', 'sip:a@10.0.0.5'], 'there is no terminal to ask on; add --yes to agree'],
  [['init', 'sip:a@127.0.0.1:9', '--yes'], 'no call to sip:a@127.0.0.1:9 came about'],
  [['answer', '--sip', 'nowhere in particular'], '--sip takes an address to listen at, host:port'],
])(
  'hangup %j does not say in a sentence what is wrong',
  (words, sentence) => {
    const { stderr, status } = spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  },
  60_000,
);
