import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunManifest } from '../../../harness/model/run.ts';
import { callFolder, writeManifest } from '../../../harness/run/journal.ts';
import { sampleCall, sampleRun, sampleScore } from '../store/sample.ts';

const launcher = fileURLToPath(new URL('../../../bin/hangup.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hangup-bounds-'));
const at = (name: string): string => join(folder, name);

/** Keeps a run of twenty calls that replied after about `replyMs`. */
function keepRun(name: string, replyMs: number, changes: Partial<RunManifest> = {}): void {
  const ids = Array.from({ length: 20 }, (_, i) => `call-${i}`);
  writeManifest(at(name), { ...sampleRun(name, ids), ...changes });
  for (const [i, id] of ids.entries()) {
    const kept = callFolder(at(name), id);
    const replies = [0, 1, 2, 3].map((n) => sampleScore('turn_latency', replyMs + 7 * i + n, { of: `line-${n}` }));
    const { head, plan, ...scored } = sampleCall(id, 'passed', replies);
    mkdirSync(kept, { recursive: true });
    writeFileSync(join(kept, 'plan.json'), JSON.stringify(plan));
    writeFileSync(join(kept, 'events.jsonl'), `${JSON.stringify({ schema: 'hangup.call/1', head })}\n`);
    writeFileSync(join(kept, 'scores.json'), JSON.stringify(scored));
  }
}

beforeAll(() => {
  keepRun('one', 500);
  keepRun('two', 520);
  keepRun('three', 510);
  keepRun('other', 510, { target: 'sip:other@10.0.0.9' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hangup = (...words: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [launcher, 'bounds', ...words], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

test('three runs of one agent propose gates to paste', async () => {
  const { code, out } = await hangup(at('one'), at('two'), at('three'));
  expect(code).toBe(0);
  expect(out).toMatch(
    /reply after caller: p50 \d+ ms .*\n {2}\{ metric: 'turn_latency', of: 'p50', limit: 6[0-9]0, on: 'estimate' \},/,
  );
  expect(out).toContain('//   turn_latency p95: a run holds too few observations to bound it');
  expect(out).not.toContain('stop_time');
  const { gates, schema } = JSON.parse((await hangup(at('one'), at('two'), at('three'), '--json')).out) as {
    readonly schema: string;
    readonly gates: readonly { readonly metric: string; readonly limit: number }[];
  };
  expect(schema).toBe('hangup.bounds/1');
  expect(gates.map(({ metric }) => metric)).toContain('turn_latency');
}, 60_000);

test('fewer runs, the same one again, or runs of two agents propose nothing, in one sentence', async () => {
  const twice = await hangup(at('one'), at('one'), at('two'));
  expect([twice.code, twice.out]).toEqual([2, '']);
  expect(twice.err).toContain('bounds are proposed from 3 runs or more, and 2 are named');
  const mixed = await hangup(at('one'), at('two'), at('other'));
  expect([mixed.code, mixed.out]).toEqual([2, '']);
  expect(mixed.err).toContain('name runs of one suite and one agent');
}, 60_000);
