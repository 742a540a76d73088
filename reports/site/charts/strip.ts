import type { Seen } from '../../tables/figures.ts';
import type { SiteData } from '../data.ts';
import type { Caption, Draw } from '../draw.ts';
import type { Html } from '../html.ts';

/** Observations of a time as dots, in rows. */
export interface Strip {
  readonly caption: Caption;
  readonly seen: readonly Seen[];
  readonly rowOf: (one: Seen) => string;
  readonly label: string;
  /** Lines worth drawing, ms. */
  readonly lines: readonly number[];
  /** What is later is drawn at the right edge. */
  readonly edge: number;
  /** It leads to its call. */
  readonly failed: (one: Seen) => boolean;
}

/** Height of a row, px. */
const ROW = 62;

/** One dot an observation; hollow: not over when it ended. */
export function drawStrip(
  { caption, seen, rowOf, label, lines, edge, failed }: Strip,
  site: SiteData,
  draw: Draw,
): Html {
  const { Plot } = draw;
  const colour = (one: Seen): string => (failed(one) ? 'var(--bad)' : 'var(--agent)');
  return draw(caption, {
    height: 60 + ROW * new Set(seen.map(rowOf)).size,
    marginLeft: 150,
    marginRight: 20,
    x: { label, grid: true, domain: [0, edge] },
    fy: { label: null },
    marks: [
      Plot.ruleX(lines, { stroke: 'currentColor', strokeDasharray: '4 3', strokeOpacity: 0.7 }),
      Plot.dot(
        seen,
        Plot.dodgeY({
          anchor: 'middle',
          x: ({ score }: Seen) => Math.min(score.value, edge),
          fy: rowOf,
          r: 4.5,
          fill: (one: Seen) => (one.score.censored ? 'none' : colour(one)),
          stroke: colour,
          href: (one: Seen) => (failed(one) ? site.callLink(one.call.head.id, one.score.at) : undefined),
          title: (one: Seen) => `${one.call.head.id}: ${one.score.note}`,
        }),
      ),
    ],
  });
}
