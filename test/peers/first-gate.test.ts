import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needProgram } from './need.ts';
import { openParcelService } from './parcel-service.ts';
import type { ParcelService } from './parcel-service.ts';

const withSipp = test.skipIf(!needProgram('sipp'));

/** The checkout's program, or an installed one's: scripts/try-packed.sh gives its `bin/hangup.js` and its folder. */
const program = process.env['HANGUP_PROGRAM'] ?? fileURLToPath(new URL('../../bin/hangup.js', import.meta.url));
const given = process.env['HANGUP_FOLDER'];

let folder = '';
let service: ParcelService | undefined;
beforeAll(async () => {
  folder = given ?? mkdtempSync(join(tmpdir(), 'hangup-first-gate-'));
  if (needProgram('sipp')) service = await openParcelService();
});
afterAll(async () => {
  await service?.close();
  if (given === undefined) rmSync(folder, { recursive: true, force: true });
});

/** One command, as somebody types it. */
async function hangup(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [program, ...words], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

withSipp(
  'from an empty folder to a gate: an agent of recorded prompts behind a digest cannot be called, described, run and judged by four commands',
  async () => {
    if (!service) throw new Error('no parcel service');
    const { address, credentials } = service;

    const unasked = await hangup(['init', address], credentials);
    expect(unasked.code).toBe(2);
    expect(unasked.err).toContain('there is no terminal to ask on; add --yes to agree');

    const wrong = await hangup(['init', address, '--yes'], { ...credentials, SIP_PASSWORD: 'five-and-twenty' });
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('SIP_PASSWORD');
    expect(existsSync(join(folder, 'hangup.config.ts'))).toBe(false);

    const init = await hangup(['init', address, '--yes', '--json'], credentials);
    expect(init.code, init.err).toBe(0);
    const { found } = JSON.parse(init.out) as { found: Record<string, unknown> };
    expect(found).toMatchObject({ codec: 'PCMU', speaksFirst: 'agent' });
    expect(found['echo']).toBeUndefined();
    expect(readFileSync(join(folder, 'hangup.config.ts'), 'utf8')).not.toContain(credentials.SIP_PASSWORD);

    const again = await hangup(['init', address, '--yes'], credentials);
    expect(again.code).toBe(2);
    expect(again.err).toMatch(/are there already, and nothing is overwritten/);

    edit(
      'scenarios/first-call.yaml',
      'say: hello, i have a question',
      'say: hello, where is my parcel, i have been waiting',
    );
    edit('hangup.config.ts', /trials: 3/g, 'trials: 1');
    edit('hangup.config.ts', 'metronome: 2', 'metronome: 1');
    const run = await hangup(['run', '--yes'], credentials);
    // The verdict is the machine's and the agent's; that there is one, with its calls, is ours.
    expect([0, 1, 3, 4], run.err).toContain(run.code);
    const [kept = ''] = readdirSync(join(folder, 'runs')).filter((name) => name.startsWith('parcels'));
    const calls = readdirSync(join(folder, 'runs', kept, 'calls'));
    expect(calls).toContain('interrupting-ines-first-call-1');
    expect(calls).toContain('plain-paula-first-call-1');

    const gate = await hangup(['gate', '--junit', 'gate.xml', '--json']);
    expect(gate.code, gate.err).toBe(run.code);
    expect(JSON.parse(gate.out)).toMatchObject({ schema: 'hangup.run/1' });
    expect(readFileSync(join(folder, 'gate.xml'), 'utf8')).toContain('<testsuite');
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (name.includes('node_modules') || !/\.(json|jsonl|ts|yaml|xml)$/.test(name)) continue;
      expect(readFileSync(resolve(folder, name), 'utf8'), name).not.toContain(credentials.SIP_PASSWORD);
    }
  },
  900_000,
);

function edit(name: string, from: string | RegExp, to: string): void {
  const path = join(folder, name);
  const text = readFileSync(path, 'utf8');
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  writeFileSync(path, edited);
}
