import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withCodecs, type Codec } from '../../harness/model/line.ts';
import { decodeWav } from '../../harness/model/wav.ts';
import { callFolder } from '../../harness/run/journal.ts';
import { perform } from '../../harness/run/perform.ts';
import { plansOf } from '../../harness/run/plans.ts';
import type { Progress } from '../../harness/run/progress.ts';
import { loadSuite } from '../../harness/run/suite.ts';
import type { RunReport } from '../../reports/report.ts';

const folder = mkdtempSync(join(tmpdir(), 'hangup-wide-'));
const quiet: Progress = { step: () => {}, began: () => {}, ended: () => {}, note: () => {} };
const WIDE: readonly Codec[] = ['G722', 'opus'];
const reports = new Map<Codec, RunReport>();

/** The metronome's and one caller's call, from a phone that has nothing but `codec`. */
async function virtualRun(codec: Codec): Promise<RunReport> {
  const loaded = await loadSuite('demo');
  const plans = (await plansOf(loaded, { seed: undefined, trials: undefined, only: undefined }))
    .filter(({ id }) => id === 'metronome-1' || id.startsWith('plain-paula-price'))
    .map((plan) => ({ ...plan, phone: withCodecs(plan.phone, [codec]) }));
  return perform({
    suite: loaded.suite,
    seed: loaded.suite.seed,
    venue: { target: 'reference', line: 'loopback', time: 'virtual', faults: [], earWorkers: 1, allow: [] },
    beside: undefined,
    plans,
    out: join(folder, codec),
    jobs: 2,
    maxMinutes: undefined,
    signal: new AbortController().signal,
    progress: quiet,
  });
}

beforeAll(async () => {
  for (const codec of WIDE) reports.set(codec, await virtualRun(codec));
}, 400_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const codec of WIDE) {
  test(`${codec}: the instrument is off by no more than it claims, the codec's delay left out`, () => {
    const { calibration } = reports.get(codec) as RunReport;
    expect(calibration.verdict).toBe('pass');
    const latency = calibration.rows.find((row) => row.metric === 'turn_latency');
    expect(latency?.medianAbsMs).toBeLessThanOrEqual(2);
    expect(latency?.p95AbsMs).toBeLessThanOrEqual(10);
  });

  test(`${codec}: a caller of the wide band is understood, measured, and recorded at 16 kHz`, () => {
    const { manifest, calls } = reports.get(codec) as RunReport;
    const call = calls.find(({ plan }) => plan.persona === 'plain-paula');
    expect(call?.outcome, call?.reasons.join('; ')).toBe('passed');
    const wav = join(callFolder(join(folder, codec, manifest.id), call?.plan.id ?? ''), 'audio.wav');
    const { rate, channels } = decodeWav(readFileSync(wav), wav);
    expect(rate).toBe(16_000);
    expect(channels).toHaveLength(2);
  });
}
