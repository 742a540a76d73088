import { rate } from '../../../metrics/gate/estimate.ts';
import { byCall } from '../../tables/figures.ts';
import type { Seen } from '../../tables/figures.ts';
import { span } from '../../words.ts';
import type { Caption, Draw } from '../draw.ts';
import type { Html } from '../html.ts';

/** A row of observations that happened or not. */
export interface ShareRow {
  readonly name: string;
  readonly seen: readonly Seen[];
  /** Nothing was played: what chance does. */
  readonly sham: boolean;
}

/** Shares with their 95 % intervals, one row each; hollow and dashed: what happens by chance. */
export function drawShares(caption: Caption, label: string, rows: readonly ShareRow[], draw: Draw): Html {
  const { Plot } = draw;
  const found = rows.map(({ name, seen, sham }) => ({ name, sham, ...rate(byCall(seen)) }));
  const sign = ({ sham }: { readonly sham: boolean }): string => (sham ? 'currentColor' : 'var(--agent)');
  return draw(caption, {
    height: 60 + 30 * rows.length,
    marginLeft: 260,
    marginRight: 20,
    x: { label, domain: [0, 100], percent: true, grid: true },
    y: { label: null, domain: found.map(({ name }) => name) },
    marks: [
      Plot.ruleY(found, { y: 'name', x1: 'low', x2: 'high', stroke: sign, strokeWidth: 2, strokeOpacity: 0.6 }),
      Plot.dot(found, {
        y: 'name',
        x: 'value',
        r: 5.5,
        stroke: sign,
        fill: ({ sham }: { readonly sham: boolean }) => (sham ? 'none' : 'var(--agent)'),
        title: ({ name, value, low, high, n }: (typeof found)[number]) =>
          `${name}: ${Math.round(100 * value)} % of ${n} (${span(low, high, 'rate')} %)`,
      }),
    ],
  });
}
