import { inUnit } from '../../words.ts';
import type { Caption, Draw } from '../draw.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';

/** A stretch of a row, ms. */
export interface Stretch {
  readonly row: string;
  readonly stage: string;
  readonly from: number;
  readonly to: number;
}

/** Told apart by colour-blind readers (Okabe and Ito); what the wire measures has the agent's own colour. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9'];

/** Colour of the wait as the wire has it, and of what no stage explains. */
const OWN: Readonly<Record<string, string>> = { 'on the wire': 'var(--agent)', 'in no stage': '#888888' };

/** One after the other, from 0. */
export function stacked(row: string, parts: readonly { readonly stage: string; readonly median: number }[]): Stretch[] {
  let to = 0;
  return parts.map(({ stage, median }) => {
    const from = to;
    to += median;
    return { row, stage, from, to };
  });
}

/** Stretches in rows, coloured by stage, with a key below; `lines` are drawn across, ms. */
export function drawStages(
  caption: Caption,
  stretches: readonly Stretch[],
  lines: readonly number[],
  draw: Draw,
): Html {
  const { Plot } = draw;
  const stages = [...new Set(stretches.map(({ stage }) => stage))];
  const rows = [...new Set(stretches.map(({ row }) => row))];
  const colour = (stage: string): string =>
    OWN[stage] ?? COLOURS[stages.indexOf(stage) % COLOURS.length] ?? 'currentColor';
  const chart = draw(caption, {
    height: 60 + 36 * rows.length,
    // Names of runs can be long.
    marginLeft: Math.min(330, 30 + 7 * Math.max(...rows.map(({ length }) => length))),
    x: { label: 'ms', grid: true },
    y: { label: null, domain: rows },
    marks: [
      Plot.barX(stretches, {
        y: 'row',
        x1: 'from',
        x2: 'to',
        fill: ({ stage }: Stretch) => colour(stage),
        title: ({ row, stage, from, to }: Stretch) => `${row}, ${stage}: ${inUnit(to - from, 'ms')}`,
      }),
      Plot.ruleX(lines, { stroke: 'currentColor', strokeDasharray: '4 3', strokeOpacity: 0.7 }),
    ],
  });
  const key = stages.map((stage) => html`<span class="key" style="background: ${colour(stage)}"></span> ${stage} `);
  return html`${chart}
    <p class="aside">${key}</p>`;
}
