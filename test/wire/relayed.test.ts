import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

interface Way {
  readonly lost: readonly number[];
  readonly came: readonly number[];
}

const run = promisify(execFile);

test('two peers connect through the relay alone, and of their encrypted media what was decided is lost', async () => {
  const script = fileURLToPath(new URL('./relayed-peers.ts', import.meta.url));
  const { stdout } = await run(process.execPath, [script], { timeout: 30_000 });
  const ways = JSON.parse(stdout) as Record<'out' | 'in', Way>;
  for (const { lost, came } of [ways.out, ways.in]) {
    expect(lost.length).toBeGreaterThan(10);
    expect(came).toEqual(Array.from({ length: 100 }, (_, seq) => seq).filter((seq) => !lost.includes(seq)));
  }
  expect(ways.out.lost).not.toEqual(ways.in.lost);
}, 40_000);
