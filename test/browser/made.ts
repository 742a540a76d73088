import { execFile } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { RunManifest } from '../../harness/model/run.ts';
import { SELFTEST } from '../../harness/run/selftest-kept.ts';
import { rebuildStore } from '../../harness/run/rebuilt.ts';
import { metrics } from '../../harness/run/registry.ts';
import { speechRegions } from '../../harness/speech/vad.ts';
import { openStore } from '../../metrics/store/store.ts';

/** The program, as it is started. */
export const launcher = fileURLToPath(new URL('../../bin/hangup.js', import.meta.url));
const model = fileURLToPath(new URL('../../harness/model/suite.ts', import.meta.url));

/** A front desk's suite that has something for every page: an interruption, pauses, and a call to be handed over. */
const SUITE = `import { defineSuite } from ${JSON.stringify(model)};
export default defineSuite({ name: 'desk', target: 'reference', line: 'sip', seed: 7, metronome: 1, jobs: 4, allow: [],
  calls: [
    { persona: 'interrupting-ines', scenario: 'move-appointment' },
    { persona: 'hesitant-henry', scenario: 'move-appointment' },
    { persona: 'mumbling-martin', scenario: 'bill-question' },
  ],
  gates: [
    { metric: 'turn_latency', of: 'p50', limit: 800, on: 'estimate' },
    { metric: 'stop_time', of: 'p50', limit: 400, on: 'estimate' },
    { metric: 'task_success', of: 'rate', limit: 1, on: 'estimate' },
  ] });`;

/** A call of both runs: she interrupts twice. */
export const INTERRUPTER = 'interrupting-ines-move-appointment-1';

/** Real runs in virtual time, and their site. */
export interface Made {
  /** In which `hangup` was started. */
  readonly folder: string;
  readonly site: string;
  /** The run the site is about: its agent does not hear that it is interrupted. */
  readonly deaf: string;
  /** The one it is compared with. */
  readonly sound: string;
}

/** Makes in `folder` the runs of a deaf agent and of a sound one, two nights before them, a self-test's matrix, and the site. */
export async function makeSite(folder: string): Promise<Made> {
  writeFileSync(join(folder, 'hangup.config.ts'), SUITE);
  const hangup = async (...words: readonly string[]): Promise<void> => {
    // A deaf agent fails, and a run without the metronome is left open.
    await promisify(execFile)(process.execPath, [launcher, ...words], { cwd: folder }).catch((error: unknown) => {
      if (![1, 3].includes((error as { code?: number }).code ?? 0)) throw error;
    });
  };
  await hangup('run', '--time', 'virtual', '--only', INTERRUPTER);
  await hangup('run', '--time', 'virtual', '--fault', 'deaf-to-barge-in');
  const runs = readdirSync(join(folder, 'runs')).filter((name) => name.startsWith('desk-'));
  const [deaf = '', sound = ''] = runs.toSorted((a, b) => b.length - a.length);
  await addHistory(join(folder, 'runs'), deaf);
  const site = join(folder, 'site');
  await hangup('report', deaf, sound, '--audio', 'all', '--out', site);
  return { folder, site, deaf, sound };
}

/** What would take two more nights and a self-test: the calls are those of `run`. */
async function addHistory(runs: string, run: string): Promise<void> {
  const copy = (id: string, changes: Partial<RunManifest>): RunManifest => {
    cpSync(join(runs, run), join(runs, id), { recursive: true });
    const file = join(runs, id, 'manifest.json');
    const manifest = { ...(JSON.parse(readFileSync(file, 'utf8')) as RunManifest), id, ...changes };
    writeFileSync(file, JSON.stringify(manifest));
    return manifest;
  };
  const nights = [1, 2].map((day) => copy(`night-${day}`, { startedAt: `2026-01-0${day}T02:00:00Z` }));
  const selftest = copy(SELFTEST, { suite: SELFTEST, startedAt: '2026-01-03T02:00:00Z' });
  const path = join(runs, 'hangup.duckdb');
  const tools = { metrics: await metrics(), regions: speechRegions };
  await rebuildStore(
    path,
    nights.map(({ id }) => join(runs, id)),
    tools,
  );
  const store = await openStore(path, 'write');
  await store.addRun(selftest);
  const shown = { call: INTERRUPTER, at: 9500 };
  await store.addFaultsCaught(SELFTEST, [
    { fault: 'deaf-to-barge-in', metric: 'yield_rate', trials: 4, detected: 4, expected: 'must', shown },
    { fault: 'deaf-to-barge-in', metric: 'stop_time', trials: 4, detected: 3, expected: 'may', shown },
    { fault: '', metric: 'yield_rate', trials: 12, detected: 0, expected: 'must-not' },
  ]);
  await store.close();
}
