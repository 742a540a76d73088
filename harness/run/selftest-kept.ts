import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isSham } from '../../metrics/gate/bound.ts';
import { openStore } from '../../metrics/store/store.ts';
import type { CallInstant, FaultRow } from '../../metrics/store/store.ts';
import type { RunReport } from '../../reports/report.ts';
import { UsageError } from '../model/errors.ts';
import type { Metric, Score } from '../model/metric.ts';
import type { Plan } from '../model/plan.ts';
import type { RunManifest } from '../model/run.ts';
import { callFolder, callsIn, readScored, writeCall, writeManifest } from './journal.ts';
import type { Measured } from './measure.ts';
import { manifestOf } from './provenance.ts';
import { valid } from './selftest-judge.ts';
import type { FaultResult, SelftestResult } from './selftest-result.ts';
import { storedReport } from './stored.ts';

/** What the latest self-test's kept calls go by among the runs. Without a date it is never the newest run beside others. */
export const SELFTEST = 'selftest';

/** An observation and the call it was made in. */
interface Seen {
  readonly call: Measured;
  readonly score: Score;
}

/** Keeps those of a fault's calls in which what turned red is at its worst, and says where in them it is heard. */
export function keepShown(
  run: string,
  fault: string,
  placed: readonly Measured[],
  red: readonly string[],
  metrics: ReadonlyMap<string, Metric>,
): Readonly<Record<string, CallInstant>> {
  const shown: Record<string, CallInstant> = {};
  for (const metric of red) {
    const worst = worstOf(placed, metric, metrics.get(metric)?.better ?? 'lower');
    if (worst) shown[metric] = { call: `${fault}-${placed.indexOf(worst.call) + 1}`, at: worst.score.at };
  }
  const kept = new Set(Object.values(shown).map(({ call }) => call));
  for (const [index, call] of placed.entries()) {
    const id = `${fault}-${index + 1}`;
    if (kept.has(id)) keepCall(run, id, call);
  }
  return shown;
}

function worstOf(placed: readonly Measured[], metric: string, better: Metric['better']): Seen | undefined {
  const badness = ({ value, censored }: Score): number => (censored ? Infinity : better === 'lower' ? value : -value);
  const seen = placed
    .filter(({ scored }) => valid(scored))
    .flatMap((call) => call.scored.scores.map((score): Seen => ({ call, score })))
    .filter(({ score }) => score.metric === metric && score.doubt === undefined && !isSham(score));
  return seen.reduce<Seen | undefined>(
    (worst, one) => (worst === undefined || badness(one.score) > badness(worst.score) ? one : worst),
    undefined,
  );
}

/** Plans of two faults may have one name, so a kept call has its own. The plan keeps its: what happens by chance follows from it. */
function keepCall(run: string, id: string, { record, activity, scored }: Measured): void {
  const head = { ...record.head, id };
  writeCall(run, { ...record, head }, activity, { ...scored, head });
}

/** The manifest of a self-test that begins now; each of `faults` was built into an agent of its own. */
export const manifestOfKept = (
  { seed, jobs }: { readonly seed: number; readonly jobs: number },
  plans: readonly Plan[],
  faults: readonly string[],
): RunManifest => ({
  ...manifestOf(
    {
      suite: {
        name: SELFTEST,
        target: 'reference',
        line: 'loopback',
        seed,
        calls: plans.map(({ persona, scenario }) => ({ persona, scenario })),
        metronome: 0,
        jobs,
        gates: [],
        allow: [],
      },
      plans,
      seed,
      faults: [],
    },
    { line: 'loopback', time: 'virtual', target: 'reference' },
  ),
  id: SELFTEST,
  faults,
});

/** The self-test's matrix: a row for each metric that must turn red with a fault, or did, and for each the sound agent was held to. */
export function caughtRows({ faults, sound }: SelftestResult): readonly FaultRow[] {
  const alarms = (metric: string): number =>
    new Set(sound.alarms.filter((alarm) => alarm.metric === metric).map(({ call }) => call)).size;
  return [
    ...faults.filter(({ detected }) => detected.trials > 0).flatMap(rowsOfFault),
    ...sound.observed.map((metric): FaultRow => ({
      fault: '',
      metric,
      trials: sound.alarmed.trials,
      detected: alarms(metric),
      expected: 'must-not',
    })),
  ];
}

function rowsOfFault({ name, detected, breaks, red, strays, shown }: FaultResult): readonly FaultRow[] {
  const expected = (metric: string): FaultRow['expected'] =>
    breaks.includes(metric) ? 'must' : strays.includes(metric) ? 'must-not' : 'may';
  return [...new Set([...breaks, ...Object.keys(red)])].map((metric) => ({
    fault: name,
    metric,
    trials: detected.trials,
    detected: red[metric] ?? 0,
    expected: expected(metric),
    shown: shown[metric],
  }));
}

/**
 * Makes the kept calls below `out` a run of their own, and puts the matrix into the store there; both take the place of the
 * self-test before. The calls stay out of the store: nobody who asks it for replies means those of agents broken on purpose.
 * Throws UsageError when the store is in use.
 */
export async function keepMatrix(out: string, begun: RunManifest, result: SelftestResult): Promise<void> {
  const run = join(out, SELFTEST);
  const calls = callsIn(run).map((id) => ({ id, plan: readScored(callFolder(run, id)).plan.id }));
  const manifest: RunManifest = { ...begun, calls };
  writeManifest(run, manifest);
  const store = await openStore(join(out, 'hangup.duckdb'), 'write').catch(whenInUse);
  try {
    await store.removeRun(SELFTEST);
    await store.addRun(manifest);
    await store.addFaultsCaught(SELFTEST, caughtRows(result));
  } finally {
    await store.close();
  }
}

function whenInUse(error: unknown): never {
  if (!(error instanceof UsageError)) throw error;
  throw new UsageError(
    `the matrix is not in the store: ${error.message}; then put it there with: hangup selftest --resume and the same options`,
  );
}

/** The calls that the latest self-test beside a run has kept; undefined where there is none. */
export function selftestBeside(run: string, metrics: ReadonlyMap<string, Metric>): RunReport | undefined {
  const folder = join(dirname(run), SELFTEST);
  return existsSync(join(folder, 'manifest.json')) ? storedReport(folder, metrics) : undefined;
}
