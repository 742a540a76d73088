import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunManifest } from '../../harness/model/run.ts';
import type { RunDocument } from '../../reports/json.ts';
import { rawPeer, responseTo } from './raw.ts';

const launcher = fileURLToPath(new URL('../../bin/hangup.js', import.meta.url));
const model = fileURLToPath(new URL('../../harness/model/suite.ts', import.meta.url));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-refused-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A suite of eight calls to `target` at nine cents a minute. */
function writeSuite(target: string): void {
  const calls = "[{ persona: 'plain-paula', scenario: 'price-and-hours', mind: 'script', trials: 8 }]";
  const text = `import { defineSuite } from ${JSON.stringify(model)};
export default defineSuite({ name: 'parcel', target: ${JSON.stringify(target)}, calls: ${calls},
  cost: { perMinute: 0.09, currency: 'USD' }, maxCallMinutes: 5 });`;
  writeFileSync(join(folder, 'hangup.config.ts'), text);
}

async function hangup(...words: readonly string[]): Promise<{ code: number | null; said: string; printed: string }> {
  const child = spawn(process.execPath, [launcher, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, printed] = ['', ''];
  child.stderr.on('data', (bytes) => (said += String(bytes)));
  child.stdout.on('data', (bytes) => (printed += String(bytes)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said, printed };
}

const manifest = (): RunManifest => {
  const [id = ''] = readdirSync(join(folder, 'runs')).filter((name) => name.startsWith('parcel-'));
  return JSON.parse(readFileSync(join(folder, 'runs', id, 'manifest.json'), 'utf8')) as RunManifest;
};

test('an agent that is always busy is left alone after five calls, and that is no verdict', async () => {
  let invited = 0;
  const busy = await rawPeer((asked) => {
    if (!asked.startsWith('INVITE')) return undefined;
    invited += 1;
    return responseTo(asked, '486 Busy Here');
  });
  try {
    writeSuite(`sip:agent@127.0.0.1:${busy.port}`);
    const { code, said, printed } = await hangup('run', '--json');
    expect(said).toContain('8 calls, at most 40 minutes of talk, at most 3.60 USD (0.09 USD a minute)');
    expect(said).toContain('no further call is placed: 5 calls in a row came to nothing');
    expect(said).not.toContain('[y/N]');
    expect(code).toBe(4);
    expect(invited).toBe(5);
    const document = JSON.parse(printed) as RunDocument;
    expect(document.verdict).toBe('invalid');
    expect(document.calls.map(({ outcome }) => outcome)).toEqual([
      ...Array<string>(5).fill('failed'),
      ...Array<string>(3).fill('not-run'),
    ]);
    expect(document.calls[0]?.reason).toBe('the call was never answered: 486 Busy Here');
    expect(document.cost).toEqual({ currency: 'USD', perMinute: 0.09, planned: 3.6, minutes: 0, spent: 0 });
    expect(manifest()).toMatchObject({ stopped: document.stopped, cost: { plannedMinutes: 40, spentMinutes: 0 } });
    const gated = await hangup('gate');
    expect(gated.code).toBe(4);
    expect(gated.printed).toContain('No verdict: 5 calls in a row came to nothing at sip:agent@127.0.0.1');
  } finally {
    busy.close();
  }
}, 120_000);

test('a run larger than --max-calls calls nobody', async () => {
  writeSuite('sip:agent@127.0.0.1:9');
  const { code, said } = await hangup('run', '--max-calls', '7');
  expect(code).toBe(2);
  expect(said).toContain('the suite plans 8 calls and --max-calls allows 7');
  expect(readdirSync(folder)).toEqual(['hangup.config.ts']);
}, 60_000);

test('on a terminal somebody else is called only after a yes', async () => {
  writeSuite('sip:agent@127.0.0.1:9');
  // script(1) is the terminal.
  const line = [process.execPath, launcher, 'run'].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', line, '/dev/null'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  let shown = '';
  child.stdout.on('data', (bytes) => {
    shown += String(bytes);
    if (String(bytes).includes('[y/N]')) child.stdin.write('\r');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  expect(shown).toContain('Call sip:agent@127.0.0.1:9? [y/N]');
  expect(shown).toContain('nobody was called');
  expect(code).toBe(130);
  expect(readdirSync(folder)).toEqual(['hangup.config.ts']);
}, 60_000);
