import type { Bound, ScoredCall } from '../../harness/model/metric.ts';
import { kaplanMeier } from '../../metrics/statistics/km.ts';
import { mayPrint } from '../../metrics/statistics/quantile.ts';
import { inUnit } from '../words.ts';
import { observed } from './figures.ts';
import type { Seen } from './figures.ts';
import { column } from './table.ts';
import type { Cell, Table } from './table.ts';

const STAGE = /^stage_/;
const TOTAL = 'turn_latency';
const SHARES = { p50: 0.5, p95: 0.95 } as const;

type Part = Bound & { readonly of: keyof typeof SHARES };

/** The parts of a latency budget among a run's gates; none where no stage has a limit of its own. */
function partsOf(gates: readonly Bound[]): readonly Part[] {
  const parts = gates.filter((gate): gate is Part => gate.of in SHARES && gate.class === undefined);
  const stages = parts.filter(({ metric }) => STAGE.test(metric));
  return stages.length === 0 ? [] : [...stages, ...parts.filter(({ metric }) => metric === TOTAL)];
}

/** What one part of the wait was spent, beside what it may be. */
interface Spent {
  readonly part: string;
  readonly limit: number;
  readonly of: Part['of'];
  readonly seen: readonly Seen[];
  /** Undefined while too few replies bear the percentile, and where so many of them never came. */
  readonly value: number | undefined;
  /** Replies beyond it. */
  readonly over: number;
}

function spentOn({ metric, of, limit }: Part, calls: readonly ScoredCall[]): Spent {
  const seen = observed(calls, metric);
  const value = mayPrint(SHARES[of], seen.length)
    ? kaplanMeier(seen.map(({ score }) => score)).quantile(SHARES[of])
    : undefined;
  return {
    part: metric === TOTAL ? 'the whole wait, on the wire' : metric.replace(STAGE, ''),
    limit,
    of,
    seen,
    value,
    over: seen.filter(({ score }) => score.value > limit).length,
  };
}

/** Who overspent a latency budget, as `budget()` sets it in a suite's gates; undefined where none is set. Pure. */
export function overspent(gates: readonly Bound[], calls: readonly ScoredCall[]): Table | undefined {
  const parts = partsOf(gates).map((part) => spentOn(part, calls));
  if (parts.length === 0) return undefined;
  return {
    name: 'budget',
    asks: 'Who overspent the latency budget?',
    columns: [
      column('part'),
      column('budget', 'ms'),
      column('at'),
      column('measured', 'ms'),
      column('over by', 'ms'),
      column('turns over', 'count'),
      column('share', 'rate'),
      column('n', 'count'),
    ],
    rows: parts.map(rowOf),
    remarks: [remarkOn(parts)],
  };
}

function rowOf({ part, limit, of, seen, value, over }: Spent): readonly Cell[] {
  if (seen.length === 0) return [part, limit, of, 'not reported', null, null, null, 0];
  const bears = mayPrint(SHARES[of], seen.length);
  const measured = value === undefined ? (bears ? 'never' : 'too few') : Math.round(value);
  const excess = value === undefined ? null : Math.max(0, Math.round(value - limit));
  return [part, limit, of, measured, excess, over, over / seen.length, seen.length];
}

/** The stage that is furthest beyond its share, in one sentence. */
function remarkOn(parts: readonly Spent[]): string {
  const beyond = ({ value = -Infinity, limit }: Spent): number => value - limit;
  const [worst] = parts
    .filter(({ part, value }) => part !== 'the whole wait, on the wire' && value !== undefined)
    .toSorted((a, b) => beyond(b) - beyond(a));
  const total = parts.find(({ part }) => part === 'the whole wait, on the wire');
  const whole =
    total?.value === undefined ? '' : beyond(total) > 0 ? '; the whole wait is over' : '; the whole wait holds';
  if (!worst) return 'Too few replies to say.';
  if (beyond(worst) <= 0) return `Every stage that is reported keeps within its budget${whole}.`;
  const { part, limit, of, over, seen } = worst;
  return `${part} overspent most: ${inUnit(beyond(worst), 'ms')} over its ${inUnit(limit, 'ms')} at ${of}, in ${over} of ${seen.length} turns${whole}.`;
}
