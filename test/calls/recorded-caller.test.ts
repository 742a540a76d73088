import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MASTER_RATE } from '../../harness/model/audio.ts';
import { encodeWav } from '../../harness/model/wav.ts';
import { resample } from '../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../harness/speech/dsp/samples.ts';
import flite from '../../harness/speech/voices/flite.ts';

/** Everything she can say. */
const SENTENCES = [
  'good morning, could i leave a message for the dentist',
  'i want to leave a message',
  "i'm paula jones",
  'my name is paula jones',
  'best to try five five five, oh one four two',
  'the number is five five five, oh one four two',
  'yes, thank you',
  'just to call me back',
  'no, only that',
  'many thanks, goodbye',
];

const SCENARIO = `summary: wants to be called back, in recorded words
stakes: low
mind: listener
facts: { action: message }
lines:
  - topic: opening
    say: 'good morning, could i leave a message for the dentist'
    again: [i want to leave a message]
    tells: { action: message }
  - { topic: name, say: "i'm {name}", again: ['my name is {name}'], tells: { name: '{name}' } }
  - { topic: phone, say: 'best to try {phone}', again: ['the number is {phone}'], tells: { phone: '{phone}' } }
  - { topic: confirm, say: 'yes, thank you' }
  - { topic: anything-else, say: 'no, only that' }
  - { topic: goodbye, say: 'many thanks, goodbye' }
  - { topic: message, say: just to call me back, agenda: false }
expect:
  commit: { action: message, name: '{name}', phone: '{phone}' }
  handoff: { truth: must-not }
`;

const SUITE = `import { defineSuite } from 'hangup';
export default defineSuite({ name: 'recorded', target: 'reference', line: 'sip', seed: 1, metronome: 0, jobs: 1, allow: [],
  calls: [{ persona: 'helen', scenario: 'call-me' }], gates: [{ metric: 'task_success', of: 'rate', limit: 1, on: 'estimate' }] });
`;

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-recorded-'));
  for (const name of ['people', 'scenarios', 'voices/helen']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'hangup.config.ts'), SUITE);
  writeFileSync(join(folder, 'scenarios/call-me.yaml'), SCENARIO);
  writeFileSync(
    join(folder, 'people/helen.yaml'),
    `summary: helen, as recorded
facts: { name: paula jones, phone: '5550142' }
voice: { engine: recorded, name: helen }
`,
  );
  await record(join(folder, 'voices/helen'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Ten WAV files as somebody's recorder leaves them: rates, levels and silences of their own, and no word times.
 * Flite stands for a real speaker: no recording of a person lies in this project.
 */
async function record(home: string): Promise<void> {
  const voice = await flite.open();
  const rates = [8000, 16_000, 22_050, 44_100, 48_000];
  for (const [n, text] of SENTENCES.entries()) {
    const { samples } = await voice.speak(text, { engine: 'flite', name: 'slt', rate: 0.94 });
    const rate = rates[n % rates.length] ?? 8000;
    const said = resample(toFloats(samples), MASTER_RATE, rate).map((value) => value * (n % 2 === 0 ? 0.2 : 1.4));
    const silence = new Float32Array(Math.round(rate * (0.1 + 0.05 * n)));
    const clip = toPcm(Float32Array.from([...silence, ...said, ...silence]));
    const stem = join(home, String(n + 1).padStart(2, '0'));
    writeFileSync(`${stem}.wav`, encodeWav([clip], rate));
    writeFileSync(`${stem}.txt`, `${text}\n`);
  }
  await voice.close();
}

const hangup = (...words: readonly string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('../../bin/hangup.js', import.meta.url)), ...words], {
    cwd: folder,
    encoding: 'utf8',
  });

test('ten recorded clips are no caller: the reference agent does not understand them, or the call is not kept', () => {
  const { stdout, stderr } = hangup('run', '--time', 'virtual', '--json');
  const { calls } = JSON.parse(stdout || '{"calls":[]}') as { calls: readonly { outcome: string; reason?: string }[] };
  expect(calls, stderr).toMatchObject([{ outcome: 'passed' }]);
}, 120_000);

test('a sentence that nobody recorded is found in the middle of a run, or one at a time', () => {
  rmSync(join(folder, 'voices/helen/09.wav'));
  rmSync(join(folder, 'voices/helen/10.wav'));
  const { stderr, status } = hangup('listen', 'helen', 'call-me', '--suite', 'hangup.config.ts');
  expect(stderr).toContain('no recording of "no, only that", "many thanks, goodbye"; record each as a mono WAV');
  expect(status).toBe(2);
}, 60_000);
