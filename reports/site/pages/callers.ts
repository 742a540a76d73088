import { exactInterval } from '../../../metrics/statistics/rates.ts';
import { causeOf } from '../../failures.ts';
import { agentCalls } from '../../report.ts';
import { causeText } from '../../text.ts';
import { several, span } from '../../words.ts';
import { thinned, thinnedText } from '../charts/dots.ts';
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
    return html`${heatMap(cells, draw)} ${byPersona(cells)} ${await fidelity(site, draw)} ${lostCalls(site)}`;
  },
};

export default page;

function heatMap(cells: readonly Cell[], draw: Draw): Html {
  const { Plot } = draw;
  const tried = cells.filter((cell) => cell.calls > 0);
  // Names of so many errands do not stand beside one another.
  const slanted = new Set(cells.map(({ scenario }) => scenario)).size > 5;
  const counted = tried.reduce((sum, cell) => sum + cell.calls, 0);
  return draw(
    {
      asks: 'Which callers fail with which errand?',
      says: `Failed calls of ${several(counted, 'call')} that count, by caller and errand; empty: never tried together. Invalid calls, our own fault, are left out.`,
    },
    {
      height: 60 + 44 * new Set(cells.map(({ persona }) => persona)).size + (slanted ? 60 : 0),
      marginLeft: 150,
      marginTop: slanted ? 100 : 40,
      marginRight: slanted ? 60 : 20,
      padding: 0.06,
      x: { label: null, axis: 'top', tickRotate: slanted ? -35 : 0 },
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

interface Played {
  readonly call_id: string;
  readonly kind: string;
  readonly sham: boolean;
  readonly off: number;
  readonly onset: number;
}

/** What a stimulus may be off before its call is invalid, ms (metrics/fidelity). */
const ALLOWED_MS = 60;

/** What our own side was asked to do and what it did, from send stamps. */
async function fidelity(site: SiteData, draw: Draw): Promise<Html> {
  const played = await site.rows<Played>(
    `SELECT call_id, kind, sham, onset - intended AS off, onset FROM stimuli JOIN calls USING (run_id, call_id)
     WHERE run_id = $run AND NOT metronome ORDER BY kind, off`,
  );
  if (played.length === 0) return html``;
  const off = played.map((one) => Math.abs(one.off)).toSorted((a, b) => a - b);
  const planned = agentCalls(site.run).flatMap(({ plan, outcome }) =>
    outcome === 'not-run' ? [] : plan.stimuli,
  ).length;
  return html`<h2>Did our callers keep their own time?</h2>
    <p>
      ${played.length} of ${planned} planned interruptions, murmurs, noises and shams came to be
      played${played.length < planned ? '; the others found no moment, mostly because the call was over' : ''}. Half of
      them were within ${inMs(off[Math.floor(off.length / 2)] ?? 0)} of their instants, the worst
      ${inMs(off.at(-1) ?? 0)} off (${ALLOWED_MS} ms are allowed).
    </p>
    ${distances(played, site, draw)}`;
}

const inMs = (value: number): string => `${value.toFixed(1)} ms`;

function distances(played: readonly Played[], { callLink }: SiteData, draw: Draw): Html {
  const { Plot } = draw;
  const reach = 1.05 * played.reduce((most, { off }) => Math.max(most, Math.abs(off)), ALLOWED_MS);
  return draw(
    {
      asks: 'How far from its instant was each sound of ours?',
      says: `Onset minus intended instant in ms, by send stamps, of ${several(played.length, 'stimulus', 'stimuli')} by kind; lighter: shams, at which nothing is played; dashed: what is allowed.${thinnedText(played.length)}`,
    },
    {
      height: 70 + 30 * new Set(played.map(({ kind }) => kind)).size,
      marginLeft: 150,
      x: { label: 'ms late', domain: [-reach, reach], grid: true },
      y: { label: null },
      marks: [
        Plot.ruleX([-ALLOWED_MS, ALLOWED_MS], { stroke: 'currentColor', strokeDasharray: '4 3', strokeOpacity: 0.7 }),
        Plot.tickX(
          thinned(played, ({ off }) => Math.abs(off)),
          {
            x: 'off',
            y: 'kind',
            stroke: ({ off }: Played) => (Math.abs(off) > ALLOWED_MS ? 'var(--bad)' : 'var(--caller)'),
            strokeOpacity: ({ sham }: Played) => (sham ? 0.45 : 1),
            strokeWidth: 2,
            href: ({ call_id, onset }: Played) => callLink(call_id, onset),
            title: ({ call_id, kind, off }: Played) => `${kind} in ${call_id}: ${off.toFixed(1)} ms`,
          },
        ),
      ],
    },
  );
}

/** Calls that one cause of ours spoilt. A call that was spoilt in several ways is in several. */
function lostCalls({ run, callLink }: SiteData): Html {
  const calls = run.calls.filter(({ outcome }) => outcome !== 'not-run');
  const lost = calls.filter(({ outcome }) => outcome === 'invalid');
  if (lost.length === 0) return html`<p>No call was lost to our own faults.</p>`;
  const causes = lost.flatMap((call) => [...new Set(call.reasons.map(causeOf))].map((cause) => ({ cause, call })));
  const groups = [...Map.groupBy(causes, ({ cause }) => cause)].toSorted(([, a], [, b]) => b.length - a.length);
  return html`<h2>Which calls were lost to our own faults?</h2>
    <p>
      ${lost.length} of ${several(calls.length, 'call')}, the instrument's own among them. They count for nothing else.
    </p>
    ${table(
      ['reason', 'calls', 'which'],
      groups.map(([cause, own]) => ({
        cells: [
          causeText(cause),
          own.length,
          html`${own.map(({ call }) => html`<a href="${{ html: callLink(call.head.id) }}">${call.head.id}</a>`)}`,
        ],
      })),
    )}`;
}
