import type { Seen } from '../../tables/figures.ts';
import type { SiteData } from '../data.ts';
import type { Caption, Draw } from '../draw.ts';
import type { Html } from '../html.ts';
import { placed, thinned, thinnedText } from './dots.ts';
import type { Placed } from './dots.ts';

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
  const colour = ({ one }: Dot): string => (failed(one) ? 'var(--bad)' : 'var(--agent)');
  const at = ({ score }: Seen): number => Math.min(score.value, edge);
  const dots = placed(
    thinned(seen, ({ score }) => score.value),
    rowOf,
    at,
    edge,
    ROW,
  );
  return draw(
    { ...caption, says: `${caption.says}${thinnedText(seen.length)}` },
    {
      height: 60 + ROW * new Set(seen.map(rowOf)).size,
      marginLeft: 150,
      marginRight: 20,
      x: { label, grid: true, domain: [0, edge] },
      y: { axis: null, domain: [-1.2, 1.2] },
      fy: { label: null },
      marks: [
        Plot.ruleX(lines, { stroke: 'currentColor', strokeDasharray: '4 3', strokeOpacity: 0.7 }),
        Plot.dot(dots, {
          x: ({ one }: Dot) => at(one),
          y: 'offset',
          fy: ({ one }: Dot) => rowOf(one),
          r: 4.5,
          fill: (dot: Dot) => (dot.one.score.censored ? 'none' : colour(dot)),
          stroke: colour,
          href: ({ one }: Dot) => (failed(one) ? site.callLink(one.call.head.id, one.score.at) : undefined),
          title: ({ one }: Dot) => `${one.call.head.id}: ${one.score.note}`,
        }),
      ],
    },
  );
}

type Dot = Placed<Seen>;
