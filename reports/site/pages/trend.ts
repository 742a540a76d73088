import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LEAST_VALUES, shiftOf } from '../../../metrics/statistics/shift.ts';
import type { Shift } from '../../../metrics/statistics/shift.ts';
import type { SiteData } from '../data.ts';
import type { Draw } from '../draw.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { table } from '../table.ts';
import { several } from '../../words.ts';

interface Night {
  readonly run_id: string;
  readonly started_at: string;
  readonly git_commit: string | null;
  readonly calls: number;
  readonly failed: number;
  readonly p50: number | null;
}

/** Fewer runs than this make no trend. */
const LEAST = 3;

const page: SitePage = {
  title: 'Trend',
  asks: 'Is it getting better or worse?',
  order: 8,
  render: async (site, draw) => {
    const nights = await site.rows<Night>(
      `SELECT r.run_id, strftime(r.started_at, '%Y-%m-%dT%H:%M:%SZ') AS started_at, r.git_commit,
         (SELECT count(*) FROM calls c WHERE c.run_id = r.run_id AND NOT metronome AND outcome IN ('passed', 'failed'))::INTEGER AS calls,
         (SELECT count(*) FROM calls c WHERE c.run_id = r.run_id AND NOT metronome AND outcome = 'failed')::INTEGER AS failed,
         m.p50
       FROM runs r JOIN runs own ON own.run_id = $run LEFT JOIN run_metrics m ON m.run_id = r.run_id AND m.metric = 'turn_latency'
       WHERE r.suite = own.suite AND r.target = own.target AND r.line = own.line AND r.faults = own.faults
         AND r.agent = own.agent
       ORDER BY r.started_at`,
    );
    if (nights.length < LEAST) return undefined;
    const kept = new Set(nights.filter(isBaseline(site)).map(({ run_id }) => run_id));
    const seen = nights.filter((night): night is Seen => night.p50 !== null);
    const shift = shiftOf(seen.map(({ p50 }) => p50));
    return html`${figure(seen, kept, shift, draw)} ${shiftText(seen, shift)} ${history(nights, kept)}`;
  },
};

export default page;

/** A night whose median was observed. */
type Seen = Night & { readonly p50: number };

/** A file called `baseline` in a run's folder keeps it: others are held against it. */
const isBaseline =
  ({ run }: SiteData) =>
  ({ run_id }: Night): boolean =>
    existsSync(join(dirname(run.paths.run), run_id, 'baseline'));

/** At this chance of a shift where there is none it is called one. */
const CHANCE = 0.05;

function shiftText(seen: readonly Seen[], shift: Shift | undefined): Html {
  if (!shift) {
    return html`<p class="about">
      Whether it shifted is not asked before there are ${LEAST_VALUES} runs with an observed median; these are
      ${seen.length}.
    </p>`;
  }
  const from = seen[shift.at];
  const chance = shift.p < 0.001 ? 'below 0.001' : shift.p.toFixed(3);
  const found =
    shift.p < CHANCE && from
      ? `It shifted once, most likely with ${from.run_id}: from ${Math.round(shift.before)} to ${Math.round(shift.after)} ms (medians before and since)`
      : 'No shift stands out of the scatter from run to run';
  return html`<p>
    ${found}: p ${chance} by Pettitt's test for one change point, by ranks, over ${several(seen.length, 'run')}. It
    takes runs as independent, finds one shift at most, and asked anew with every run it will cry wolf more often than p
    says.
  </p>`;
}

function figure(seen: readonly Seen[], kept: ReadonlySet<string>, shift: Shift | undefined, draw: Draw): Html {
  const { Plot } = draw;
  const baselines = seen.filter(({ run_id }) => kept.has(run_id));
  const shifted = shift && shift.p < CHANCE ? seen.slice(shift.at, shift.at + 1) : [];
  return draw(
    {
      asks: 'How has the median wait for a reply moved?',
      says: `Median turn latency in ms of ${seen.length} runs of the same suite, target and line; red: a run with failed calls; ring: a baseline${shifted.length > 0 ? '; dashed: where it shifted' : ''}.`,
    },
    {
      height: 300,
      x: { label: null, type: 'utc' },
      y: { label: 'ms', grid: true, zero: true },
      marks: [
        Plot.ruleX(shifted, { x: 'started_at', stroke: 'currentColor', strokeDasharray: '4 3', strokeOpacity: 0.7 }),
        Plot.dot(baselines, {
          x: 'started_at',
          y: 'p50',
          r: 10,
          stroke: 'currentColor',
          strokeWidth: 2,
          title: ({ run_id, p50 }: Seen) => `baseline ${run_id}: ${Math.round(p50)} ms`,
        }),
        Plot.line(seen, { x: 'started_at', y: 'p50', stroke: 'var(--agent)' }),
        Plot.dot(seen, {
          x: 'started_at',
          y: 'p50',
          r: 5,
          fill: ({ failed }: Seen) => (failed > 0 ? 'var(--bad)' : 'var(--agent)'),
          title: ({ run_id, p50, failed, calls }: Seen) =>
            `${run_id}: ${Math.round(p50)} ms, ${failed} of ${calls} calls failed`,
        }),
      ],
    },
  );
}

const history = (nights: readonly Night[], kept: ReadonlySet<string>): Html =>
  table(
    ['run', 'began', 'commit', 'calls', 'failed', 'median reply'],
    nights.toReversed().map(({ run_id, started_at, git_commit, calls, failed, p50 }) => ({
      mark: failed > 0 ? 'fail' : '',
      cells: [
        kept.has(run_id) ? `${run_id} (baseline)` : run_id,
        started_at,
        (git_commit ?? 'unknown').slice(0, 9),
        calls,
        failed,
        p50 === null ? 'nothing observed' : `${Math.round(p50)} ms`,
      ],
    })),
  );
