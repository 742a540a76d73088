import { join } from 'node:path';
import { makeReport } from '../../reports/report.ts';
import type { RunReport } from '../../reports/report.ts';
import type { Metric, ScoredCall } from '../model/metric.ts';
import type { Plan } from '../model/plan.ts';
import { runBefore } from './before.ts';
import { callFolder, callsIn, readManifest, readScored } from './journal.ts';
import type { Registry } from './registry.ts';

/** Judges a stored run from its files alone. Calls that were planned and never placed count as not run. */
export function storedReport(run: string, metrics: Registry<Metric>): RunReport {
  const manifest = readManifest(run);
  const placed = new Map(callsIn(run).map((id) => [id, readScored(callFolder(run, id))]));
  const sample = [...placed.values()].toSorted((a, b) => rank(a) - rank(b))[0];
  const calls = manifest.calls.flatMap(({ id }): ScoredCall[] => {
    const scored = placed.get(id);
    if (scored) return [scored];
    // One to the instrument that was not placed is missed by nobody.
    if (!sample || /^metronome-\d+$/.test(id)) return [];
    return [
      {
        ...sample,
        head: { ...sample.head, id, plan: id },
        plan: unplaced(sample.plan, id),
        outcome: 'not-run',
        reasons: [manifest.stopped ?? 'it was not placed'],
        scores: [],
        notSeen: {},
      },
    ];
  });
  return makeReport(manifest, calls, metrics, { run: join(run) }, runBefore(run, manifest));
}

/** A call to the agent stands in for one that is missing before one to the metronome does. */
const rank = ({ plan }: ScoredCall): number => (plan.metronome ? 1 : 0);

/** A stand-in for a plan nobody kept: only its id is known. */
function unplaced({ metronome: _metronome, ...plan }: Plan, id: string): Plan {
  return { ...plan, id };
}
