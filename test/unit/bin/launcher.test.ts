import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-bin-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'dist/harness/cli'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  copyFileSync(new URL('../../../bin/hangup.js', import.meta.url), join(folder, 'bin/hangup.js'));
  writeFileSync(
    join(folder, 'dist/harness/cli/main.js'),
    'export const main = async (words) => { console.log(`ran ${words.join(" ")}`); return 3; };',
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the launcher prints and how it exits, on a Node that calls itself `version`. */
async function launched(version: string): Promise<{ code: number | null; out: string; err: string }> {
  const disguise = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
  const script = [`--import`, `data:text/javascript,${encodeURIComponent(disguise)}`, join(folder, 'bin/hangup.js')];
  const child = spawn(process.execPath, [...script, 'run', 'demo'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (bytes) => (out += String(bytes)));
  child.stderr.on('data', (bytes) => (err += String(bytes)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

test('a new enough Node runs the program itself, and its exit code comes through', async () => {
  expect(await launched('24.0.0')).toEqual({ code: 3, out: 'ran run demo\n', err: '' });
});

test('an old Node hands over to the one that npm brought', async () => {
  const own = join(folder, 'node_modules/node/bin');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'node'), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`);
  chmodSync(join(own, 'node'), 0o755);
  expect(await launched('20.20.2')).toEqual({ code: 3, out: 'ran run demo\n', err: '' });
});

test('an old Node alone says what to do, in one sentence', async () => {
  const { code, out, err } = await launched('20.20.2');
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^Hangup needs Node 24 or newer and this is Node 20\.20\.2; install a newer Node .*\n$/);
});

test('an install with scripts off is told from one that never brought a Node', async () => {
  mkdirSync(join(folder, 'node_modules/node'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/node/package.json'), '{}');
  expect((await launched('20.20.2')).err).toContain('npm rebuild node --ignore-scripts=false');
});
