import type { RunReport } from '../../report.ts';
import type { Caption, Draw } from '../draw.ts';
import type { Html } from '../html.ts';

/** A value with its 95 % interval. */
export interface Spread {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A run in a plane of two figures. */
export interface PlanePoint {
  readonly name: string;
  readonly x: Spread;
  readonly y: Spread;
  /** The run the page is about. */
  readonly own: boolean;
  readonly title: string;
}

/** A run by what tells it from others: what was broken in it, or its id. */
export const shortName = ({ manifest }: RunReport): string =>
  manifest.faults.length > 0 ? manifest.faults.join(', ') : manifest.id;

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

/** Runs in a plane of two figures that must be had together, with their intervals; hollow: published, not measured here. */
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
  const names = (some: readonly PlanePoint[], textAnchor: 'start' | 'end') => [
    Plot.text(some, {
      x: ({ x }: PlanePoint) => x.value,
      y: ({ y }: PlanePoint) => y.value,
      text: 'name',
      textAnchor,
      dx: textAnchor === 'start' ? 11 : -11,
      dy: 14,
      stroke: 'var(--theme-background)',
      strokeWidth: 4,
      fill: 'currentColor',
      fontWeight: 'bold',
    }),
  ];
  const colour = ({ own }: PlanePoint): string => (own ? 'var(--agent)' : 'var(--caller)');
  return draw(caption, {
    height: 440,
    marginLeft: 60,
    marginRight: 30,
    x: { grid: true, ...axes.x },
    y: { grid: true, ...axes.y },
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
        title: 'title',
      }),
      ...names(
        points.filter((point) => !onTheRight(point)),
        'start',
      ),
      ...names(points.filter(onTheRight), 'end'),
    ],
  });
}
