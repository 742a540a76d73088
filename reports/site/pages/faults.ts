import { exactInterval } from '../../../metrics/statistics/rates.ts';
import { clockTime } from '../../../metrics/turns/observe.ts';
import { several, span } from '../../words.ts';
import type { SiteData } from '../data.ts';
import type { Draw } from '../draw.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { table } from '../table.ts';

interface Caught {
  readonly run_id: string;
  /** '' is the sound agent. */
  readonly fault: string;
  readonly metric: string;
  readonly trials: number;
  readonly detected: number;
  readonly expected: 'must' | 'may' | 'must-not';
  readonly call_id: string | null;
  readonly at_ms: number | null;
}

const page: SitePage = {
  title: 'Faults',
  asks: 'Would these numbers notice a broken agent?',
  order: 10,
  render: async (site, draw) => {
    const caught = await site.rows<Caught>(
      `SELECT * FROM faults_caught
       WHERE run_id = (SELECT run_id FROM faults_caught JOIN runs USING (run_id) ORDER BY started_at DESC LIMIT 1)
       ORDER BY fault, metric`,
    );
    const broken = caught.filter(({ fault }) => fault !== '');
    if (broken.length === 0) return undefined;
    return html`<p>Agents broken on purpose, and the metrics that noticed, from the latest self-test in this store.</p>
      ${soundAgent(caught.filter(({ fault }) => fault === ''))} ${matrix(broken, site, draw)}
      <h2>How often was each fault noticed?</h2>
      ${everyFault(broken, site)}`;
  },
};

export default page;

/** It must turn red and did not always, or must stay and did not. */
const wrong = ({ expected, detected, trials }: Caught): boolean =>
  expected === 'must' ? detected < trials : expected === 'must-not' && detected > 0;

const COLOUR = { must: 'var(--good)', may: 'var(--caller)', 'must-not': 'var(--bad)' } as const;
const colour = (row: Caught): string => (wrong(row) ? 'var(--bad)' : COLOUR[row.expected]);

const plain = (metric: string): string => metric.replaceAll('_', ' ');

/** Where the call that shows it is heard; undefined where none was kept. */
function heardAt({ run_id, call_id, at_ms }: Caught, { selftest, callLink }: SiteData): string | undefined {
  if (call_id === null || selftest?.manifest.id !== run_id) return undefined;
  const kept = selftest.calls.some(({ head, outcome }) => head.id === call_id && outcome !== 'not-run');
  return kept ? callLink(call_id, at_ms ?? undefined, run_id) : undefined;
}

function matrix(caught: readonly Caught[], site: SiteData, draw: Draw): Html {
  const { Plot } = draw;
  const count = (of: (row: Caught) => string): number => new Set(caught.map(of)).size;
  const metricOf = ({ metric }: Caught): string => plain(metric);
  return draw(
    {
      asks: 'Which metric notices which fault?',
      says: `Share of trials in which the metric turned red, by ${several(
        count(({ fault }) => fault),
        'fault',
      )} and ${several(count(metricOf), 'metric')}. Green: it must turn red and always did; blue: it may along with those; red with a cross: it must and did not always, or must not and did; empty: it stayed. A cell leads to the call that shows it.`,
    },
    {
      height: 190 + 20 * count(({ fault }) => fault),
      marginLeft: 190,
      marginTop: 150,
      padding: 0.08,
      x: { label: null, axis: null },
      y: { label: null },
      marks: [
        Plot.axisX({ anchor: 'top', tickRotate: -90, fontSize: 9, label: null }),
        Plot.cell(caught, {
          x: metricOf,
          y: 'fault',
          fill: colour,
          fillOpacity: ({ detected, trials }: Caught) => 0.25 + (0.65 * detected) / trials,
          href: (row: Caught) => heardAt(row, site),
          title: ({ fault, metric, detected, trials }: Caught) =>
            `${fault}, ${plain(metric)}: ${detected} of ${trials} trials`,
        }),
        Plot.text(caught.filter(wrong), { x: metricOf, y: 'fault', text: () => '×', fill: 'currentColor' }),
      ],
    },
  );
}

function soundAgent(sound: readonly Caught[]): Html {
  const calls = Math.max(0, ...sound.map(({ trials }) => trials));
  if (calls === 0) return html``;
  const alarms = sound.filter(({ detected }) => detected > 0);
  const said = alarms.map(({ metric, detected }) => `${plain(metric)} in ${detected}`).join(', ');
  const kept = `none of ${several(sound.length, 'metric')} turned red`;
  return html`<p>
    The sound agent was called ${several(calls, 'time')} in the same ways:
    ${alarms.length > 0 ? `false alarms: ${said}` : kept}.
  </p>`;
}

const EXPECTED = { must: 'yes', may: 'it may', 'must-not': 'no' } as const;

const everyFault = (caught: readonly Caught[], site: SiteData): Html =>
  table(
    ['fault', 'metric', 'must it turn red?', 'turned red', 'share (95 % interval)', 'hear it'],
    caught.map((row) => {
      const { fault, metric, trials, detected, expected, at_ms } = row;
      const { low, high } = exactInterval(detected, trials);
      const address = heardAt(row, site);
      return {
        mark: wrong(row) ? 'fail' : '',
        cells: [
          fault,
          plain(metric),
          EXPECTED[expected],
          `${detected} of ${trials}`,
          `${Math.round((100 * detected) / trials)} % (${span(low, high, 'rate')})`,
          address === undefined ? '' : html`<a href="${{ html: address }}">at ${clockTime(at_ms ?? 0)}</a>`,
        ],
      };
    }),
  );
