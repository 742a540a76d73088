import { exactInterval } from '../../../metrics/statistics/rates.ts';
import { span } from '../../words.ts';
import type { SiteData } from '../data.ts';
import type { Draw } from '../draw.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { table } from '../table.ts';

interface Cell {
  readonly persona: string;
  readonly scenario: string;
  readonly calls: number;
  readonly failed: number;
  readonly invalid: number;
}

const page: SitePage = {
  title: 'Callers',
  asks: 'Who called, why, and did our callers do their own part right?',
  order: 6,
  render: async (site, draw) => {
    const cells = await site.rows<Cell>(
      `SELECT persona, scenario, (count(*) FILTER (WHERE outcome <> 'invalid'))::INTEGER AS calls,
         (count(*) FILTER (WHERE outcome = 'failed'))::INTEGER AS failed,
         (count(*) FILTER (WHERE outcome = 'invalid'))::INTEGER AS invalid
       FROM calls WHERE run_id = $run AND NOT metronome GROUP BY ALL ORDER BY ALL`,
    );
    if (cells.length === 0) return undefined;
    return html`${heatMap(cells, draw)} ${byPersona(cells)} ${await fidelity(site)} ${await lostCalls(site)}`;
  },
};

export default page;

function heatMap(cells: readonly Cell[], draw: Draw): Html {
  const { Plot } = draw;
  const tried = cells.filter(({ calls }) => calls > 0);
  return draw(
    {
      asks: 'Which callers fail with which errand?',
      says: 'Failed calls of all that count, by caller and errand; empty: never tried together. Invalid calls, our own fault, are left out.',
    },
    {
      height: 60 + 44 * new Set(cells.map(({ persona }) => persona)).size,
      marginLeft: 150,
      marginTop: 40,
      padding: 0.06,
      x: { label: null, axis: 'top' },
      y: { label: null },
      color: { domain: [0, 1], range: ['var(--good)', 'var(--bad)'], type: 'linear' },
      marks: [
        Plot.cell(tried, {
          x: 'scenario',
          y: 'persona',
          fill: ({ failed }: Cell) => (failed === 0 ? 'var(--good)' : 'var(--bad)'),
          fillOpacity: ({ failed, calls }: Cell) => 0.15 + 0.6 * (failed / calls),
          title: ({ persona, scenario, failed, calls }: Cell) =>
            `${persona}, ${scenario}: ${failed} of ${calls} failed`,
        }),
        Plot.text(tried, {
          x: 'scenario',
          y: 'persona',
          text: ({ failed, calls }: Cell) => `${failed} of ${calls}`,
          fill: 'currentColor',
        }),
      ],
    },
  );
}

function byPersona(cells: readonly Cell[]): Html {
  const rows = [...Map.groupBy(cells, ({ persona }) => persona)].map(([persona, own]) => {
    const calls = own.reduce((sum, cell) => sum + cell.calls, 0);
    const failed = own.reduce((sum, cell) => sum + cell.failed, 0);
    const { low, high } = exactInterval(failed, calls);
    const share = calls === 0 ? 'none counted' : `${Math.round((100 * failed) / calls)} % (${span(low, high, 'rate')})`;
    return { mark: failed > 0 ? 'fail' : '', cells: [persona, calls, failed, share] };
  });
  return html`<h2>Who is failed most?</h2>
    ${table(['caller', 'calls', 'failed', 'share (95 % interval)'], rows)}`;
}

/** What our own side was asked to do and what it did, from send stamps and levels. */
async function fidelity(site: SiteData): Promise<Html> {
  const [row] = await site.rows<{ n: number; worst: number | null; median: number | null }>(
    `SELECT count(*)::INTEGER AS n, max(abs(onset - intended)) AS worst, quantile_cont(abs(onset - intended), 0.5) AS median
     FROM stimuli WHERE run_id = $run`,
  );
  if (!row || row.n === 0) return html``;
  return html`<h2>Did our callers keep their own time?</h2>
    <p>
      ${row.n} interruptions, murmurs, noises and shams were played at their instants: half of them within
      ${(row.median ?? 0).toFixed(1)} ms, the worst ${(row.worst ?? 0).toFixed(1)} ms off (60 ms are allowed).
    </p>`;
}

async function lostCalls({ rows, callLink }: SiteData): Promise<Html> {
  const lost = await rows<{ call_id: string; reason: string | null }>(
    `SELECT call_id, reason FROM calls WHERE run_id = $run AND outcome = 'invalid' ORDER BY call_id`,
  );
  if (lost.length === 0) return html`<p>No call was lost to our own faults.</p>`;
  return html`<h2>Which calls were lost to our own faults?</h2>
    ${table(
      ['call', 'reason'],
      lost.map(({ call_id, reason }) => ({
        cells: [html`<a href="${{ html: callLink(call_id) }}">${call_id}</a>`, reason ?? ''],
      })),
    )}`;
}
