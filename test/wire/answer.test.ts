import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { rawPeer, responseTo } from './raw.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hangup-answer-registers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `hangup answer` with the reminder example, registered at `port`, until nobody has called for a second. */
async function answer(port: number): Promise<{ readonly code: number | null; readonly output: string }> {
  const suite = ['--suite', here('../../examples/reminder/hangup.config.ts'), '--only', 'will-come'];
  const where = ['--sip', '127.0.0.1:0', '--register', `sip:127.0.0.1:${port}`, '--wait', '1', '--out', folder];
  const child = spawn(process.execPath, [here('../../bin/hangup.js'), 'answer', ...suite, ...where], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SIP_USER: 'paula', SIP_PASSWORD: 'correct-horse-battery' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      output += bytes.toString();
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

test('who answers for an agent that calls by a registrar is registered while it waits, and no longer', async () => {
  const registrar = await rawPeer((text) => {
    const contact = /^Contact: (<[^>]*>)/im.exec(text)?.[1] ?? '';
    return /^Authorization: Digest username="paula"/im.test(text)
      ? responseTo(text, '200 OK', [`Contact: ${contact};expires=120`])
      : responseTo(text, '401 Unauthorized', ['WWW-Authenticate: Digest realm="pbx", nonce="n", algorithm=SHA-256']);
  });
  const { code, output } = await answer(registrar.port);
  expect(code, output).toBe(4);
  expect(await registrar.next(/^REGISTER [^]*Authorization[^]*Expires: 120/)).toContain('To: <sip:paula@127.0.0.1>');
  await registrar.next(/^REGISTER [^]*Authorization[^]*Expires: 0/);
  expect(output).not.toContain('correct-horse-battery');
  registrar.close();
}, 90_000);

test('a registrar that refuses ends it before anybody is waited for, in one sentence', async () => {
  const registrar = await rawPeer((text) => responseTo(text, '403 Forbidden'));
  const { code, output } = await answer(registrar.port);
  registrar.close();
  expect(code, output).toBe(2);
  expect(output).toMatch(
    /^hangup: cannot register sip:paula@127\.0\.0\.1: 127\.0\.0\.1:\d+ refuses \(403 Forbidden\); check/m,
  );
  expect(output).not.toMatch(/^call sip:/m);
}, 90_000);
