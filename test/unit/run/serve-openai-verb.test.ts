import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';

test('serve-openai that cannot listen leaves its ears open, and never ends', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const args = ['bin/hangup.js', 'serve-openai', '--listen', `127.0.0.1:${port}`];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
  await new Promise((resolve) => taken.close(resolve));
  expect(stderr).toMatch(/cannot listen on .*EADDRINUSE.*choose another port/);
  expect(status).toBe(2);
}, 90_000);
