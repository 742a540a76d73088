import type { Score } from '../../../harness/model/metric.ts';
import { curveOf, doseAt, doseInterval } from '../../../metrics/gate/curve.ts';
import { rate } from '../../../metrics/gate/estimate.ts';
import { quantile } from '../../../metrics/statistics/quantile.ts';
import { byCall } from '../../tables/figures.ts';
import type { Seen } from '../../tables/figures.ts';
import { inUnit, span } from '../../words.ts';
import type { SiteData } from '../data.ts';
import type { Caption, Draw } from '../draw.ts';
import type { Html } from '../html.ts';
import { thinned, thinnedText } from './dots.ts';

/** How often something happens, by how strong what it answers was. */
export interface DoseChart {
  readonly caption: Caption;
  /** Observations with a dose; 1: it happened. */
  readonly seen: readonly Seen[];
  /** How often the same happens when nothing is played. */
  readonly chance: readonly Seen[];
  readonly unit: 'ms' | 'dB';
  /** Of the two axes. */
  readonly labels: { readonly dose: string; readonly share: string };
  /** Upper ends of the groups of doses whose share is drawn with its interval. */
  readonly limits: readonly number[];
  /** Shares whose dose is marked on a fitted curve, e.g. 0.1 and 0.5; none: no curve is drawn. */
  readonly marked: readonly number[];
  /** The value of an observation that is a failure: it leads to its call. */
  readonly failure: 0 | 1;
}

/** Share and exact interval of observations, at a dose. */
interface Share {
  readonly dose: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

const doseOf = ({ score }: Seen): number => score.dose ?? 0;

/** A fitted curve over the observations themselves, with shares and intervals of groups of doses and the marked points. */
export function drawDose(chart: DoseChart, { callLink }: SiteData, draw: Draw): Html {
  const { Plot } = draw;
  const { seen, unit, labels, failure } = chart;
  const groups = shares(seen, chart.limits);
  const log = seen.every((one) => doseOf(one) > 0);
  const bad = ({ score }: Seen): boolean => score.value === failure;
  const caption = { ...chart.caption, says: `${chart.caption.says}${thinnedText(seen.length)}` };
  return draw(caption, {
    height: 360,
    marginLeft: 50,
    x: { label: labels.dose, type: log ? 'log' : 'linear', ...extent(seen, unit) },
    y: { label: labels.share, domain: [-0.14, 1.14], ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: percent, grid: true },
    marks: [
      ...chanceMarks(chart.chance, draw),
      Plot.line(chart.marked.length > 0 ? fitted(seen) : [], {
        x: 'dose',
        y: 'share',
        stroke: 'var(--agent)',
        strokeWidth: 2.5,
      }),
      Plot.ruleX(groups, { x: 'dose', y1: 'low', y2: 'high', stroke: 'currentColor', strokeWidth: 1.5 }),
      Plot.dot(groups, {
        x: 'dose',
        y: 'share',
        r: 5,
        fill: 'currentColor',
        title: ({ dose, share, low, high, n }: Share) =>
          `around ${inUnit(dose, unit)}: ${percent(share)} of ${n} (${span(low, high, 'rate')} %)`,
      }),
      ...pointMarks(chart, draw),
      Plot.dot(
        thinned(seen, (one) => Number(bad(one))),
        {
          x: doseOf,
          y: ({ score }: Seen, i: number) => score.value + (score.value > 0.5 ? 1 : -1) * (0.04 + 0.03 * (i % 3)),
          r: 3.5,
          fill: (one: Seen) => (bad(one) ? 'var(--bad)' : 'var(--caller)'),
          fillOpacity: 0.7,
          href: (one: Seen) => (bad(one) ? callLink(one.call.head.id, one.score.at) : undefined),
          title: (one: Seen) => `${one.call.head.id}: ${one.score.note}`,
        },
      ),
    ],
  });
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const TICKS_MS = [100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 10_000];

/** Doses with room on both sides, and round figures within. */
function extent(seen: readonly Seen[], unit: DoseChart['unit']): object {
  const doses = seen.map(doseOf);
  const [least, most] = [Math.min(...doses), Math.max(...doses)];
  if (unit === 'dB') return { domain: [least - 2, most + 2] };
  const domain = [least / 1.3, most * 1.3] as const;
  const ticks = TICKS_MS.filter((tick) => tick >= domain[0] && tick <= domain[1]);
  return { domain, ticks, tickFormat: (dose: number) => `${dose}` };
}

function shares(seen: readonly Seen[], limits: readonly number[]): readonly Share[] {
  const groups = Map.groupBy(seen, (one) => limits.findIndex((limit) => doseOf(one) <= limit));
  return [...groups.values()].map((group) => {
    const { value, low, high, n } = rate(byCall(group));
    return { dose: quantile(group.map(doseOf), 0.5) ?? 0, share: value, low, high, n };
  });
}

const STEPS = 80;

/** Points of the fitted curve between the least and the greatest dose tried; none where it does not rise. */
function fitted(seen: readonly Seen[]): readonly { readonly dose: number; readonly share: number }[] {
  const curve = curveOf(scoresOf(seen));
  if (!curve || !Number.isFinite(curve.doseAt(0.5))) return [];
  const doses = seen.map(doseOf);
  const [least, most] = [Math.min(...doses), Math.max(...doses)];
  return Array.from({ length: STEPS + 1 }, (_, i) => least + ((most - least) * i) / STEPS).map((dose) => ({
    dose,
    share: curve.at(dose),
  }));
}

const scoresOf = (seen: readonly Seen[]): readonly Score[] => seen.map(({ score }) => score);

/** What nothing does, as a band over all doses. */
function chanceMarks(chance: readonly Seen[], { Plot }: Draw) {
  if (chance.length === 0) return [];
  const { value, low, high } = rate(byCall(chance));
  return [
    Plot.rectY([{}], { y1: low, y2: high, fill: 'currentColor', fillOpacity: 0.08 }),
    Plot.ruleY([value], {
      stroke: 'currentColor',
      strokeDasharray: '4 3',
      strokeOpacity: 0.7,
      title: () => `when nothing is played: ${percent(value)} of ${chance.length} (${span(low, high, 'rate')} %)`,
    }),
  ];
}

/** The doses at which the curve reaches the marked shares, within those that were tried. */
function pointMarks({ seen, marked, unit }: DoseChart, { Plot }: Draw) {
  const doses = seen.map(doseOf);
  const tried = (dose: number): number => Math.min(Math.max(dose, Math.min(...doses)), Math.max(...doses));
  const points = marked.flatMap((share) => {
    const dose = doseAt(scoresOf(seen), share);
    if (dose === undefined || tried(dose) !== dose) return [];
    const { low, high } = doseInterval(byCall(seen), share);
    return [{ share, dose, low: tried(low), high: tried(high), text: `${percent(share)} at ${inUnit(dose, unit)}` }];
  });
  return [
    Plot.ruleY(points, {
      y: 'share',
      x1: 'low',
      x2: 'high',
      stroke: 'var(--agent)',
      strokeWidth: 3,
      strokeOpacity: 0.5,
    }),
    Plot.dot(points, { x: 'dose', y: 'share', r: 6, fill: 'var(--agent)', title: 'text' }),
    Plot.text(points, {
      x: 'dose',
      y: 'share',
      text: 'text',
      dx: 12,
      dy: -10,
      textAnchor: 'start',
      fontWeight: 'bold',
      stroke: 'var(--theme-background)',
      strokeWidth: 4,
      fill: 'currentColor',
    }),
  ];
}
