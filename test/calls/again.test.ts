import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunManifest } from '../../harness/model/run.ts';
import type { RunDocument } from '../../reports/json.ts';

const launcher = fileURLToPath(new URL('../../bin/hangup.js', import.meta.url));
const model = fileURLToPath(new URL('../../harness/model/suite.ts', import.meta.url));
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-again-'));
  const suite = `import { defineSuite } from ${JSON.stringify(model)};
export default defineSuite({ name: 'nightly', target: 'reference', seed: 7, metronome: 1, gates: [], calls: [
  { persona: 'plain-paula', scenario: 'price-and-hours' }, { persona: 'interrupting-ines', scenario: 'price-and-hours' }] });`;
  writeFileSync(join(folder, 'hangup.config.ts'), suite);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function hangup(...words: readonly string[]) {
  const child = spawn(process.execPath, [launcher, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, printed] = ['', ''];
  child.stderr.on('data', (bytes) => (said += String(bytes)));
  child.stdout.on('data', (bytes) => (printed += String(bytes)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said, document: printed.startsWith('{') ? (JSON.parse(printed) as RunDocument) : undefined };
}

const scores = (run: string, call: string): string =>
  readFileSync(join(folder, 'runs', run, 'calls', call, 'scores.json'), 'utf8');
const manifest = (run: string): RunManifest =>
  JSON.parse(readFileSync(join(folder, 'runs', run, 'manifest.json'), 'utf8')) as RunManifest;

test('the calls that failed, and only those, are placed again by the same plans, with the instrument checked', async () => {
  const broken = ['--time', 'virtual', '--fault', 'deaf-to-barge-in', '--json'];
  const { code, said, document } = await hangup('run', ...broken);
  expect(code, said).toBe(1);
  const failed = document?.calls.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id) ?? [];
  expect(failed).toEqual(['interrupting-ines-price-and-hours-1']);
  const first = document?.run ?? '';

  // A run's id holds its second.
  const again = await hangup('run', '--failed', first, '--json');
  expect(again.code, again.said).toBe(1);
  const second = again.document?.run ?? '';
  expect(second).not.toBe(first);
  expect(manifest(second)).toMatchObject({ seed: 7, time: 'virtual', faults: ['deaf-to-barge-in'] });
  expect(manifest(second).calls.map(({ id }) => id)).toEqual([...failed, 'metronome-1']);
  for (const call of failed) expect(scores(second, call)).toBe(scores(first, call));
  expect(again.document?.since).toBe(first);
  expect(again.document?.failures?.every(({ state, newCalls }) => state === 'known' && newCalls.length === 0)).toBe(
    true,
  );

  const none = await hangup('run', '--failed', second, '--only', 'paula');
  expect(none).toMatchObject({ code: 2 });
  expect(readdirSync(join(folder, 'runs')).filter((name) => name.startsWith('nightly-'))).toHaveLength(2);
}, 240_000);
