import { EMBEDDED } from '../../harness/model/makeup.ts';
import type { EngineStage, Makeup } from '../../harness/model/makeup.ts';
import { counted } from '../../metrics/gate/observed.ts';
import { runName } from '../agent.ts';
import type { RunReport } from '../report.ts';
import type { Placed } from './difference.ts';

/** What runs can be sorted by. */
export const COMPARED_BY = ['brain', 'ear', 'voice', 'whole', 'simulate'] as const;

export type ComparedBy = (typeof COMPARED_BY)[number];

/** What is held against others: runs of the same agent, taken together. */
export interface Arm {
  readonly name: string;
  readonly runs: readonly RunReport[];
  /** Its calls that count, each with what it shares with one of another arm. */
  readonly calls: readonly Placed[];
}

const simulatedIn = ({ simulate = [] }: Makeup, stage: string): string | undefined =>
  simulate.find((word) => word.startsWith(`${stage}=`));

/** The engine of a stage, and the time it was given where that was simulated. */
export function engineText(makeup: Makeup, stage: EngineStage): string {
  if (makeup.whole !== undefined && stage !== 'whole') return `in ${makeup.whole}`;
  const simulated = simulatedIn(makeup, stage);
  const engine = makeup[stage] ?? (stage === 'whole' ? 'none' : EMBEDDED[stage]);
  return simulated === undefined ? engine : `${engine} (simulated: ${simulated})`;
}

function nameBy(by: ComparedBy, makeup: Makeup): string {
  if (by !== 'simulate') return `${by} ${engineText(makeup, by)}`;
  const { simulate = [] } = makeup;
  return simulate.length > 0 ? `simulated: ${simulate.join(', ')}` : 'nothing simulated';
}

/** The makeup without what it is sorted by. */
function restOf(by: ComparedBy | undefined, makeup: Makeup): Makeup {
  const { simulate = [], ...engines } = makeup;
  const kept = by === 'simulate' ? [] : simulate.filter((word) => !word.startsWith(`${by}=`));
  const others = Object.entries(engines).filter(([stage]) => stage !== by);
  return { ...Object.fromEntries(others), ...(kept.length > 0 ? { simulate: kept } : {}) };
}

/** Each call with its plan as what pairs it; sorted by a stage, with all else its agent was made of too. */
export function placedIn({ manifest, calls }: RunReport, by?: ComparedBy): readonly Placed[] {
  const { manners = '', faults, makeup = {} } = manifest;
  const agent = by === undefined ? '' : JSON.stringify([manners, faults, restOf(by, makeup)]);
  return counted(calls).map((call) => ({ call, pair: agent + JSON.stringify(call.plan) }));
}

/** Calls of one arm that would pair with the same one are told apart by their order. */
function numbered(placed: readonly Placed[]): readonly Placed[] {
  const met = new Map<string, number>();
  return placed.map(({ call, pair }) => {
    const nth = met.get(pair) ?? 0;
    met.set(pair, nth + 1);
    return { call, pair: `${nth} ${pair}` };
  });
}

/**
 * Runs as the arms of a comparison, in the order in which they come: by what a stage was made of, or the places of a
 * matrix, its seeds together, or each run by itself.
 */
export function armsOf(runs: readonly RunReport[], by?: ComparedBy): readonly Arm[] {
  const keyOf = ({ manifest }: RunReport): string =>
    by === undefined
      ? ((manifest.matrix && `${manifest.matrix.id} ${manifest.matrix.arm}`) ?? manifest.id)
      : nameBy(by, manifest.makeup ?? {});
  const groups = [...Map.groupBy(runs, keyOf).values()];
  const names = groups.map(([first]) => (first ? nameOf(first, by) : ''));
  return groups.map((group, index) => {
    const name = names[index] ?? '';
    const again = names.filter((other) => other === name).length > 1;
    const [first] = group;
    const apart = again && first ? `${name} (${first.manifest.matrix?.id ?? first.manifest.id})` : name;
    return { name: apart, runs: group, calls: numbered(group.flatMap((run) => placedIn(run, by))) };
  });
}

const nameOf = ({ manifest }: RunReport, by: ComparedBy | undefined): string =>
  by === undefined ? runName(manifest) : nameBy(by, manifest.makeup ?? {});
