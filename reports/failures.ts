import type { ScoredCall } from '../harness/model/metric.ts';
import { counted } from '../metrics/gate/observed.ts';
import type { RunReport } from './report.ts';

/** Failed calls with one cause. A call that failed for several reasons is in several. */
export interface FailureGroup {
  /** A metric's name, or what happened without its figures. */
  readonly cause: string;
  /** Against the last run of the same suite and agent: its first time, or seen before, or gone. Undefined: there is no such run. */
  readonly state: 'new' | 'known' | 'fixed' | undefined;
  /** Ids; of a fixed cause those that failed before and no longer do. */
  readonly calls: readonly string[];
  /** Of `calls`, those that did not fail for it in the last run. */
  readonly newCalls: readonly string[];
}

/**
 * A run's failures by cause, the new ones first, then the most frequent; what was fixed comes last. A cause counts as
 * fixed for a call only where the same call was placed again and judged.
 */
export function failuresOf({ calls, before }: Pick<RunReport, 'calls' | 'before'>): readonly FailureGroup[] {
  const now = byCause(calls);
  const then = before && byCause(before.calls);
  const groups = [...now].map(([cause, ids]): FailureGroup => {
    const seen = then?.get(cause);
    return {
      cause,
      state: then && (seen ? 'known' : 'new'),
      calls: ids,
      newCalls: then ? ids.filter((id) => !seen?.includes(id)) : [],
    };
  });
  const judged = new Set(counted(calls).map(({ head }) => head.id));
  const fixed = [...(then ?? [])].flatMap(([cause, ids]): FailureGroup[] => {
    const gone = ids.filter((id) => judged.has(id) && !now.get(cause)?.includes(id));
    return gone.length > 0 ? [{ cause, state: 'fixed', calls: gone, newCalls: [] }] : [];
  });
  const rank = ({ state }: FailureGroup): number => (state === 'new' ? 0 : 1);
  return [...groups.toSorted((a, b) => rank(a) - rank(b) || b.calls.length - a.calls.length), ...fixed];
}

function byCause(calls: readonly ScoredCall[]): ReadonlyMap<string, readonly string[]> {
  const causes = new Map<string, string[]>();
  for (const { head, outcome, reasons } of counted(calls)) {
    if (outcome !== 'failed') continue;
    for (const cause of new Set(reasons.map(causeOf))) causes.set(cause, [...(causes.get(cause) ?? []), head.id]);
  }
  return causes;
}

/** What a reason is about: the metric it names, or its words without instants and figures. */
export function causeOf(reason: string): string {
  const [, metric] = /^([a-z][a-z_]*): /.exec(reason) ?? [];
  if (metric !== undefined) return metric;
  return reason
    .replaceAll(/\s*\(hear [^)]*\)/g, '')
    .replaceAll(/\bat \d+:\d\d(\.\d+)?/g, '')
    .replaceAll(/\d+(\.\d+)?/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
