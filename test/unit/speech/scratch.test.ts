import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openScratch } from '../../../harness/speech/scratch.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-test-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const script = `
  import { writeFileSync } from 'node:fs';
  import { join } from 'node:path';
  const { openScratch } = await import(process.argv[1]);
  writeFileSync(join(openScratch('engine').dir, 'sound.wav'), 'left behind');
  process.stdout.write('open');
  process.stdin.resume();
`;

test('a process that was killed leaves its files in the temporary folder for ever', async () => {
  const module = new URL('../../../harness/speech/scratch.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, module], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const [left = ''] = readdirSync(folder);
  const beside = openScratch('engine');
  expect(existsSync(join(folder, left, 'sound.wav')), 'a living process keeps its folder').toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const next = openScratch('engine');
  expect(readdirSync(folder).sort()).toEqual([beside.dir, next.dir].map((dir) => dir.slice(folder.length + 1)).sort());
  beside.close();
  next.close();
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder of another host or another program is taken for an abandoned one', () => {
  const foreign = [`hangup-engine-not-${hostname()}-999999999-abc`, 'hangup-engine-notes', 'somebody-999999999-x'];
  for (const name of foreign) mkdirSync(join(folder, name));
  writeFileSync(join(folder, `hangup-engine-${hostname()}`), '');
  openScratch('engine').close();
  expect(readdirSync(folder)).toHaveLength(foreign.length + 1);
});
