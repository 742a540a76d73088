import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Score } from '../../harness/model/metric.ts';
import { callFolder, readCall } from '../../harness/run/journal.ts';
import { needProgram } from './need.ts';
import { recordPrompts } from './prompts.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const withSipp = test.skipIf(!needProgram('sipp'));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-answer-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts `hangup answer` with the reminder example; `address` resolves once it can be called. */
function answering(words: readonly string[]) {
  const suite = here('../../examples/reminder/hangup.config.ts');
  const program = here('../../bin/hangup.js');
  const always = [program, 'answer', '--sip', '127.0.0.1:0', '--suite', suite, '--out', join(folder, 'runs')];
  const child = spawn(process.execPath, [...always, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  const address = Promise.withResolvers<string>();
  createInterface(child.stderr).on('line', (line) => {
    output.push(line);
    const at = /^call (sip:\S+)/.exec(line)?.[1];
    if (at !== undefined) address.resolve(at);
  });
  createInterface(child.stdout).on('line', (line) => output.push(line));
  const done = once(child, 'close').then(([code]) => ({ code: code as number, output: output.join('\n') }));
  void done.then((ended) => address.reject(new Error(ended.output)));
  return { address: address.promise, done, kill: () => child.kill('SIGKILL') };
}

withSipp(
  'an agent that phones us meets nobody, is not recorded, or is not scored',
  async () => {
    await recordPrompts(folder, [
      'Hello, this is the dental clinic. You have an appointment on Tuesday at three. Can you make it?',
      'Very good, we will see you on Tuesday. Goodbye.',
    ]);
    copyFileSync(here('./sipp/reminder.xml'), join(folder, 'reminder.xml'));
    const answer = answering(['--only', 'will-come', '--wait', '60']);
    try {
      const port = /:(\d+)$/.exec(await answer.address)?.[1] ?? '';
      const always = ['-sf', 'reminder.xml', '-i', '127.0.0.1', '-mi', '127.0.0.1', '-m', '1', '-nostdin'];
      const sipp = spawn('sipp', [...always, '-timeout', '60s', '-s', 'hangup', `127.0.0.1:${port}`], {
        cwd: folder,
        stdio: 'ignore',
      });
      const { code, output } = await answer.done;
      sipp.kill();
      // A busy machine may spoil the call by our own lateness: that is said (4), and it is scored all the same.
      expect([0, 1, 3, 4], output).toContain(code);
      const [run = ''] = readdirSync(join(folder, 'runs')).filter((name) => name.startsWith('reminders'));
      const kept = callFolder(join(folder, 'runs', run), 'busy-bruno-will-come-1');
      const record = readCall(kept);
      const lines = record.events.flatMap((event) => (event.kind === 'said' ? [event.line] : []));
      expect(lines.slice(0, 2), output).toEqual(['pickup', 'confirm']);
      const { scores } = JSON.parse(readFileSync(join(kept, 'scores.json'), 'utf8')) as { scores: readonly Score[] };
      const replies = scores.filter(({ metric, censored }) => metric === 'turn_latency' && !censored);
      expect(replies.map(({ of }) => of)).toContain('pickup');
      expect(readFileSync(join(kept, 'audio.wav')).length).toBeGreaterThan(10 * 8000 * 4);
    } finally {
      answer.kill();
    }
  },
  120_000,
);

test('nobody phones, and it waits for ever or calls it a pass', async () => {
  const answer = answering(['--wait', '1']);
  try {
    const { code, output } = await answer.done;
    expect(output).toContain('nobody called for 1 s');
    expect(code).toBe(4);
  } finally {
    answer.kill();
  }
}, 60_000);
