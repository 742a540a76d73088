import { variantText } from '../../agent.ts';
import type { RunReport } from '../../report.ts';
import type { Caption, Draw } from '../draw.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { table } from '../table.ts';

/** A value with its 95 % interval, within the axis, and both in words. */
export interface Spread {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly words: string;
}

/** A run in a plane of two figures. */
export interface PlanePoint {
  /** The run's id. */
  readonly run: string;
  /** What is written beside it. */
  readonly name: string;
  readonly x: Spread;
  readonly y: Spread;
  /** The run the page is about. */
  readonly own: boolean;
}

/** A run by what tells it from others: its place in a matrix, what was changed or broken in it, or its id. */
export const shortName = ({ manifest }: RunReport): string =>
  manifest.matrix?.arm ?? (variantText(manifest) || manifest.id);

/** Something that was not measured here, at what its source says. */
export interface Reference {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly title: string;
}

/** An axis: what it shows, and from where to where. */
export interface Axis {
  readonly label: string;
  readonly domain: readonly [number, number];
  /** Figures are shares. */
  readonly percent?: true;
}

const labelOf = ({ label, percent }: Axis): string => (percent ? `${label}, %` : label);

/** Names of points that lie close are written one below and one above, in turn; px. */
const BESIDE = [14, -14, 30, -30];

/** Runs in a plane of two figures that must be had together, with their intervals, and as a table; hollow: published, not measured here. */
export function drawPlane(
  caption: Caption,
  axes: { readonly x: Axis; readonly y: Axis },
  points: readonly PlanePoint[],
  references: readonly Reference[],
  draw: Draw,
  background: (plot: Draw['Plot']) => readonly ReturnType<Draw['Plot']['dot']>[] = () => [],
): Html {
  const { Plot } = draw;
  // A name is written towards the middle, where there is room for it.
  const middle = (axes.x.domain[0] + axes.x.domain[1]) / (axes.x.percent ? 200 : 2);
  const onTheRight = ({ x }: PlanePoint): boolean => x.value > middle;
  const names = points.map((point, i) =>
    Plot.text([point], {
      x: ({ x }: PlanePoint) => x.value,
      y: ({ y }: PlanePoint) => y.value,
      text: 'name',
      textAnchor: onTheRight(point) ? 'end' : 'start',
      dx: onTheRight(point) ? -11 : 11,
      dy: BESIDE[i % BESIDE.length] ?? 0,
      stroke: 'var(--theme-background)',
      strokeWidth: 4,
      fill: 'currentColor',
      fontWeight: 'bold',
    }),
  );
  const colour = ({ own }: PlanePoint): string => (own ? 'var(--agent)' : 'var(--caller)');
  const chart = draw(caption, {
    height: 440,
    marginLeft: 60,
    marginRight: 30,
    x: { grid: true, ...axes.x, label: labelOf(axes.x) },
    y: { grid: true, ...axes.y, label: labelOf(axes.y) },
    marks: [
      ...background(Plot),
      Plot.ruleX(points, {
        x: ({ x }: PlanePoint) => x.value,
        y1: ({ y }: PlanePoint) => y.low,
        y2: ({ y }: PlanePoint) => y.high,
        stroke: colour,
        strokeOpacity: 0.6,
      }),
      Plot.ruleY(points, {
        y: ({ y }: PlanePoint) => y.value,
        x1: ({ x }: PlanePoint) => x.low,
        x2: ({ x }: PlanePoint) => x.high,
        stroke: colour,
        strokeOpacity: 0.6,
      }),
      Plot.dot(references, { x: 'x', y: 'y', r: 6, stroke: 'currentColor', fill: 'none', title: 'title' }),
      Plot.text(references, {
        x: 'x',
        y: 'y',
        text: 'name',
        dx: 10,
        textAnchor: 'start',
        fill: 'currentColor',
        fontSize: 12,
      }),
      Plot.dot(points, {
        x: ({ x }: PlanePoint) => x.value,
        y: ({ y }: PlanePoint) => y.value,
        r: 7,
        fill: colour,
        title: ({ run, x, y }: PlanePoint) => `${run}: ${axes.x.label} ${x.words}; ${axes.y.label} ${y.words}`,
      }),
      ...names,
    ],
  });
  const rows = points.map(({ run, x, y }) => ({ cells: [run, x.words, y.words] }));
  return html`${chart} ${table(['run', `${axes.x.label} (95 % interval)`, `${axes.y.label} (95 % interval)`], rows)}`;
}
