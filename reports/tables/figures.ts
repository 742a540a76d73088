import type { Metric, Score, ScoredCall } from '../../harness/model/metric.ts';
import { doseAt, doseInterval } from '../../metrics/gate/curve.ts';
import { estimate, rate } from '../../metrics/gate/estimate.ts';
import { isSham } from '../../metrics/gate/bound.ts';
import { kaplanMeier } from '../../metrics/statistics/km.ts';
import { mayPrint } from '../../metrics/statistics/quantile.ts';
import { clockTime } from '../../metrics/turns/observe.ts';
import { inUnit } from '../words.ts';
import { column } from './table.ts';
import type { Cell, Column } from './table.ts';

/** An observation and the call it was made in. */
export interface Seen {
  readonly call: ScoredCall;
  readonly score: Score;
}

/** Every observation of a metric, shams included. */
export const observed = (calls: readonly ScoredCall[], metric: string): readonly Seen[] =>
  calls.flatMap((call) =>
    call.scores.filter((score) => score.metric === metric).map((score): Seen => ({ call, score })),
  );

export const real = (seen: readonly Seen[]): readonly Seen[] => seen.filter(({ score }) => !isSham(score));
export const shams = (seen: readonly Seen[]): readonly Seen[] => seen.filter(({ score }) => isSham(score));

/** Its kind in words, of a sham the kind that would have been played. */
export const kindOf = ({ score }: Seen): string => score.class.replace(/^sham:/, '').replaceAll('-', ' ');

/** Call by call: observations of one call belong together. */
export const byCall = (seen: readonly Seen[]): readonly (readonly Score[])[] =>
  [...Map.groupBy(seen, ({ call }) => call.head.id).values()].map((group) => group.map(({ score }) => score));

const round = (value: number, digits = 4): number => Math.round(value * 10 ** digits) / 10 ** digits;
const finite = (value: number | undefined): Cell =>
  value !== undefined && Number.isFinite(value) ? round(value) : null;

/** How often: n, how many (a stumble is half), the share and its 95 % interval, widened for observations that come in calls. */
export function shareCells(seen: readonly Seen[]): readonly Cell[] {
  const grouped = byCall(seen);
  const hits = seen.reduce((sum, { score }) => sum + score.value, 0);
  if (seen.length === 0) return [0, 0, null, null, null];
  const { value, low, high } = rate(grouped);
  return [seen.length, round(hits, 1), finite(value), finite(low), finite(high)];
}

/** Columns of `shareCells`. */
export const shareColumns = (what: string): readonly Column[] => [
  column('n', 'count'),
  column(what, 'count'),
  column('share', 'rate'),
  column('low', 'rate'),
  column('high', 'rate'),
];

/** The same triggers with nothing played: how many, and how often it happened all the same. */
export function shamCells(seen: readonly Seen[]): readonly Cell[] {
  if (seen.length === 0) return [0, null];
  return [seen.length, round(seen.reduce((sum, { score }) => sum + score.value, 0) / seen.length)];
}

export const shamColumns: readonly Column[] = [column('shams', 'count'), column('by chance', 'rate')];

/** Fewer shams than this do not tell what chance does: then nothing is taken off, and no figure given. */
const ENOUGH_SHAMS = 10;

/** A share without what chance explains, as a gate has it. */
export function beyondChance(seen: readonly Seen[], chance: readonly Seen[], better: Metric['better']): Cell {
  const [first] = seen;
  if (!first || chance.length < ENOUGH_SHAMS) return null;
  const bound = { metric: first.score.metric, of: 'rate', limit: 0 } as const;
  const found = estimate(
    bound,
    better,
    byCall(seen),
    chance.map(({ score }) => score),
  );
  return found && found.refused === undefined ? finite(found.value) : null;
}

/** Kaplan-Meier percentiles as far as so many observations bear them: p95 from 72 on, p99 from 368 on. */
export function latencyCells(seen: readonly Seen[], shares: readonly number[]): readonly Cell[] {
  const curve = kaplanMeier(seen.map(({ score }) => score));
  return shares.map((share) => (mayPrint(share, seen.length) ? finite(curve.quantile(share)) : null));
}

/** The worst one, ms; a censored one is at least that long. */
export const worst = (seen: readonly Seen[]): Cell =>
  seen.length === 0 ? null : round(Math.max(...seen.map(({ score }) => score.value)), 1);

/** Where a curve over a dose reaches a share, in words with its interval; nothing is claimed beyond the doses tried. */
export function crossing(seen: readonly Seen[], share: number, unit: 'ms' | 'dB', what: string): string {
  const scores = seen.map(({ score }) => score);
  const dose = doseAt(scores, share);
  const percent = `${Math.round(share * 100)} %`;
  if (dose === undefined) return `${what} on ${percent}: nothing observed`;
  const doses = scores.map((score) => score.dose ?? 0);
  const [least, most] = [Math.min(...doses), Math.max(...doses)];
  const { low, high } = doseInterval(byCall(seen), share);
  const range = [low, high].map((end) => (end >= least && end <= most ? inUnit(end, unit) : 'open'));
  const tried = `tried ${Math.round(least)} to ${inUnit(most, unit)}`;
  const where =
    dose > most ? 'at none of those tried' : dose < least ? 'at all of those tried' : `at ${inUnit(dose, unit)}`;
  return `${what} on ${percent}: ${where} (95 % interval ${range.join(' to ')}; ${tried})`;
}

/** Where to listen to an observation, and what it was. */
export const heard = ({ call, score }: Seen): string => `${call.head.id} at ${clockTime(score.at)}: ${score.note}`;

/** Observations in named groups, in the groups' own order; groups of none are left out. */
export const grouped = <Name extends string>(
  seen: readonly Seen[],
  groupOf: (one: Seen) => Name | undefined,
  order: readonly Name[],
): readonly (readonly [Name, readonly Seen[]])[] =>
  order.flatMap((name) => {
    const own = seen.filter((one) => groupOf(one) === name);
    return own.length > 0 ? [[name, own] as const] : [];
  });

/** Place and speech-to-noise ratio, e.g. `cafe 15 dB`. */
export const placeOf = ({ call }: Seen): string => {
  const { name, snrDb } = call.plan.place;
  return name === 'quiet' ? name : `${name} ${snrDb} dB`;
};

/** Every place of some observations, in alphabetical order. */
export const placesOf = (seen: readonly Seen[]): readonly string[] => [...new Set(seen.map(placeOf))].sort();
