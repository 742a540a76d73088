import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeG711 } from '../../harness/rtp/g711.ts';

/** A SIPp process at work. */
export interface Sipp {
  /** Resolves with its exit code, 0 when the scenario went as written, and what it printed. */
  readonly done: Promise<{ readonly code: number | null; readonly output: string }>;
  stop(): void;
}

/** Runs one scenario of test/peers/sipp on 127.0.0.1; `tone` is what it streams as tone.ul. */
export async function runSipp(
  scenario: 'caller' | 'callee' | 'guarded',
  options: readonly string[],
  tone: Int16Array = new Int16Array(0),
): Promise<Sipp> {
  const folder = await mkdtemp(join(tmpdir(), 'hangup-sipp-'));
  await writeFile(join(folder, 'tone.ul'), encodeG711('PCMU', tone));
  const file = fileURLToPath(new URL(`./sipp/${scenario}.xml`, import.meta.url));
  const always = ['-sf', file, '-i', '127.0.0.1', '-mi', '127.0.0.1', '-m', '1', '-nostdin', '-timeout', '25s'];
  const child = spawn('sipp', [...always, ...options], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      output += bytes.toString();
    });
  }
  const done = once(child, 'close').then(async ([code]) => {
    await rm(folder, { recursive: true, force: true });
    return { code: code as number | null, output };
  });
  return { done, stop: () => child.kill() };
}
