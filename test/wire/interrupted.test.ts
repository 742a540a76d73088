import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../../bin/hangup.js', import.meta.url));
let out = '';
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'hangup-interrupted-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

const alive = (group: number): boolean => {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
};

test('ctrl-C in mid-run keeps the finished call, says how to go on, and leaves no process behind', async () => {
  const words = ['run', 'demo', '--only', 'metronome', '--jobs', '1', '--out', out];
  // A group of its own: ctrl-C on a terminal reaches the program and the agent it started alike.
  const run = spawn(process.execPath, [launcher, ...words], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const group = run.pid ?? 0;
  let said = '';
  let asked = false;
  run.stderr.on('data', (bytes) => {
    said += String(bytes);
    if (asked || !/metronome-1 \(.*\)/.test(said) || !said.includes('… metronome-2')) return;
    asked = true;
    process.kill(-group, 'SIGINT');
  });
  const [code] = (await once(run, 'exit')) as [number | null];
  expect(code, said).toBe(130);
  expect(said).toContain(`hangup run --resume ${out}`);
  const [id = ''] = readdirSync(out).filter((name) => name.startsWith('demo-'));
  expect(existsSync(join(out, id, 'calls/metronome-1/scores.json'))).toBe(true);
  expect(existsSync(join(out, id, 'calls/metronome-2'))).toBe(false);
  expect(alive(group)).toBe(false);
}, 120_000);
