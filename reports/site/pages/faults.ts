import { exactInterval } from '../../../metrics/statistics/rates.ts';
import { span } from '../../words.ts';
import type { Draw } from '../draw.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { table } from '../table.ts';

interface Caught {
  readonly fault: string;
  readonly metric: string;
  readonly trials: number;
  readonly detected: number;
}

const page: SitePage = {
  title: 'Faults',
  asks: 'Would these numbers notice a broken agent?',
  order: 10,
  render: async (site, draw) => {
    const caught = await site.rows<Caught>(
      `SELECT fault, metric, trials, detected FROM faults_caught
       WHERE run_id = (SELECT run_id FROM faults_caught JOIN runs USING (run_id) ORDER BY started_at DESC LIMIT 1)
       ORDER BY fault, metric`,
    );
    if (caught.length === 0) return undefined;
    return html`<p>Agents broken on purpose, and the metrics that noticed, from the latest self-test in this store.</p>
      ${matrix(caught, draw)} ${everyFault(caught)}`;
  },
};

export default page;

function matrix(caught: readonly Caught[], draw: Draw): Html {
  const { Plot } = draw;
  const count = (of: (row: Caught) => string): number => new Set(caught.map(of)).size;
  return draw(
    {
      asks: 'Which metric notices which fault?',
      says: 'Share of trials in which the metric went red; empty: it is not expected to move.',
    },
    {
      height: 170 + 24 * count(({ fault }) => fault),
      marginLeft: 190,
      marginTop: 130,
      padding: 0.08,
      x: { label: null, axis: 'top', tickRotate: -45 },
      y: { label: null },
      marks: [
        Plot.cell(caught, {
          x: 'metric',
          y: 'fault',
          fill: ({ detected, trials }: Caught) => (detected === trials ? 'var(--good)' : 'var(--bad)'),
          fillOpacity: ({ detected, trials }: Caught) => 0.25 + 0.65 * (trials === 0 ? 0 : detected / trials),
          title: ({ fault, metric, detected, trials }: Caught) => `${fault}, ${metric}: ${detected} of ${trials}`,
        }),
      ],
    },
  );
}

const everyFault = (caught: readonly Caught[]): Html =>
  table(
    ['fault', 'noticed by', 'detected', 'share (95 % interval)'],
    caught.map(({ fault, metric, trials, detected }) => {
      const { low, high } = exactInterval(detected, trials);
      return {
        mark: detected < trials ? 'fail' : '',
        cells: [fault, metric.replaceAll('_', ' '), `${detected} of ${trials}`, `${span(low, high, 'rate')} %`],
      };
    }),
  );
