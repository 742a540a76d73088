import type { Score, Unit } from '../../../../harness/model/metric.ts';
import { ms } from '../../../../harness/model/time.ts';
import { statistic } from '../../../../metrics/gate/bound.ts';
import { counted } from '../../../../metrics/gate/observed.ts';
import { differenceBootstrap } from '../../../../metrics/statistics/bootstrap.ts';
import { mayPrint } from '../../../../metrics/statistics/quantile.ts';
import type { RunReport } from '../../../report.ts';
import { byCall, observed, real } from '../../../tables/figures.ts';
import { inUnit } from '../../../words.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';
import { table } from '../../table.ts';
import type { TableRow } from '../../table.ts';

/** What two runs are held against each other by. */
interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly better: 'lower' | 'higher';
  readonly of: 'p50' | 'p95' | 'rate';
  /** Its observations of a run, call by call, without shams. */
  readonly seen: (run: RunReport) => readonly (readonly Score[])[];
}

const metric = (name: string, unit: Unit, better: Figure['better'], of: Figure['of'], id: string): Figure => ({
  name,
  unit,
  better,
  of,
  seen: ({ calls }) => byCall(real(observed(counted(calls), id))),
});

const FIGURES: readonly Figure[] = [
  metric('turn latency, median', 'ms', 'lower', 'p50', 'turn_latency'),
  metric('turn latency, p95', 'ms', 'lower', 'p95', 'turn_latency'),
  metric('stop time, median', 'ms', 'lower', 'p50', 'stop_time'),
  metric('yields to her', 'rate', 'higher', 'rate', 'yield_rate'),
  metric('stops for nothing', 'rate', 'lower', 'rate', 'false_barge_in'),
  { name: 'failed calls', unit: 'rate', better: 'lower', of: 'rate', seen: ({ calls }) => counted(calls).map(failed) },
];

const failed = ({ outcome, plan }: RunReport['calls'][number]): readonly Score[] => [
  {
    metric: 'failed_call',
    value: outcome === 'failed' ? 1 : 0,
    censored: false,
    u: 0,
    at: ms(0),
    of: plan.id,
    class: '',
    note: '',
  },
];

/** How one run differs from another in one figure. */
export interface Difference {
  readonly name: string;
  readonly unit: Unit;
  readonly first: number;
  readonly other: number;
  readonly calls: readonly [number, number];
  /** Of the other minus the first, 95 %; undefined when too few calls, or calls that are all alike, tell nothing. */
  readonly interval: { readonly low: number; readonly high: number } | undefined;
  readonly found: 'better' | 'worse' | 'not told apart';
}

/** Fewer calls than this on a side do not tell how calls vary. */
const LEAST_CALLS = 10;
/** Any seed does: the same two runs must give the same intervals. */
const DRAWS = { seed: 1, rounds: 1000, confidence: 0.95 } as const;

/** Every figure that both runs have. */
export const differences = (first: RunReport, other: RunReport): readonly Difference[] =>
  FIGURES.flatMap((figure) => differenceIn(figure, figure.seen(first), figure.seen(other)) ?? []);

type ByCall = readonly (readonly Score[])[];

function differenceIn(figure: Figure, a: ByCall, b: ByCall): Difference | undefined {
  const { name, unit, better, of } = figure;
  if (of === 'p95' && ![a, b].every((side) => mayPrint(0.95, side.flat().length))) return undefined;
  const value = (scores: readonly Score[]): number | undefined =>
    statistic({ metric: name, of, limit: 0 }, better, scores);
  const [first, second] = [value(a.flat()), value(b.flat())];
  if (first === undefined || second === undefined) return undefined;
  const enough = Math.min(a.length, b.length) >= LEAST_CALLS;
  const interval = enough ? differenceBootstrap(a, b, value, DRAWS) : undefined;
  const found = { name, unit, first, other: second, calls: [a.length, b.length] as const, interval };
  return { ...found, found: judged(interval, better) };
}

function judged(interval: Difference['interval'], better: Figure['better']): Difference['found'] {
  if (!interval || (interval.low <= 0 && interval.high >= 0)) return 'not told apart';
  return interval.low > 0 === (better === 'higher') ? 'better' : 'worse';
}

/** Each other run against the first, figure by figure. */
export function differenceTables([first, ...others]: readonly RunReport[], nameOf: (run: RunReport) => string): Html {
  if (!first) return html``;
  const tables = others.flatMap((other) => {
    const rows = differences(first, other).map(rowOf);
    if (rows.length === 0) return [];
    const heads = ['', nameOf(first), nameOf(other), 'difference', '95 % interval', 'calls', `${nameOf(other)} is`];
    return [table(heads, rows)];
  });
  if (tables.length === 0) return html``;
  return html`<h2>Which differences are more than chance?</h2>
    <p class="aside">
      The other run minus the first, with a bootstrap interval over whole calls (${DRAWS.rounds} draws, seed
      ${DRAWS.seed}), each run drawn by itself; from ${LEAST_CALLS} calls on. Shams are left out and nothing is taken
      off for them. Of twenty such intervals one misses by chance.
    </p>
    ${tables}`;
}

function rowOf({ name, unit, first, other, calls, interval, found }: Difference): TableRow {
  return {
    mark: found === 'worse' ? 'fail' : '',
    cells: [
      name,
      inUnit(first, unit),
      inUnit(other, unit),
      Number.isFinite(other - first) ? signed(other - first, unit) : 'not told',
      interval ? `${signed(interval.low, unit)} to ${signed(interval.high, unit)}` : 'not told',
      `${calls[0]} and ${calls[1]}`,
      found,
    ],
  };
}

/** A difference of shares is in points of percent. */
function signed(value: number, unit: Unit): string {
  const plus = value > 0 ? '+' : '';
  return unit === 'rate' ? `${plus}${(100 * value).toFixed(1)} points` : `${plus}${inUnit(value, unit)}`;
}
