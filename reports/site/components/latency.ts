import type * as PlotPackage from '@observablehq/plot';
import type { LatencyData } from '../page.ts';

/** Every reply as a dot, by caller, with the gates' limits. Runs in the reader's browser. */
export function latencyPlot(Plot: typeof PlotPackage, { replies, limits }: LatencyData, width: number): Element {
  if (replies.length === 0) {
    const nothing = document.createElement('p');
    nothing.textContent = 'No reply was measured.';
    return nothing;
  }
  const title = (dot: LatencyData['replies'][number]): string => `${dot.call} at ${dot.at}: ${dot.ms} ms`;
  return Plot.plot({
    width,
    marginLeft: 130,
    x: { label: 'ms from the last audible sample of the caller', zero: true, grid: true },
    fy: { label: null },
    height: 60 + 44 * new Set(replies.map(({ persona }) => persona)).size,
    marks: [
      Plot.ruleX(limits, { stroke: 'var(--theme-red, #d33)', strokeDasharray: '4 3' }),
      Plot.dot(replies, {
        ...Plot.dodgeY({ anchor: 'middle', x: 'ms', fy: 'persona', r: 4 }),
        fill: (dot: LatencyData['replies'][number]) => (dot.censored ? 'none' : 'currentColor'),
        stroke: 'currentColor',
        title,
        tip: true,
      }),
    ],
  });
}
