import type { Draw } from '../draw.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { table } from '../table.ts';

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
       ORDER BY r.started_at`,
    );
    if (nights.length < LEAST) return undefined;
    return html`${figure(nights, draw)} ${history(nights)}`;
  },
};

export default page;

function figure(nights: readonly Night[], draw: Draw): Html {
  const { Plot } = draw;
  const seen = nights.filter(({ p50 }) => p50 !== null);
  return draw(
    {
      asks: 'How has the median wait for a reply moved?',
      says: `Median turn latency in ms of ${seen.length} runs of the same suite, target and line; red: a run with failed calls.`,
    },
    {
      height: 300,
      x: { label: null, type: 'utc' },
      y: { label: 'ms', grid: true, zero: true },
      marks: [
        Plot.line(seen, { x: 'started_at', y: 'p50', stroke: 'var(--agent)' }),
        Plot.dot(seen, {
          x: 'started_at',
          y: 'p50',
          r: 5,
          fill: ({ failed }: Night) => (failed > 0 ? 'var(--bad)' : 'var(--agent)'),
          title: ({ run_id, p50, failed, calls }: Night) =>
            `${run_id}: ${Math.round(p50 ?? 0)} ms, ${failed} of ${calls} calls failed`,
        }),
      ],
    },
  );
}

const history = (nights: readonly Night[]): Html =>
  table(
    ['run', 'began', 'commit', 'calls', 'failed', 'median reply'],
    nights.toReversed().map(({ run_id, started_at, git_commit, calls, failed, p50 }) => ({
      mark: failed > 0 ? 'fail' : '',
      cells: [
        run_id,
        started_at,
        (git_commit ?? 'unknown').slice(0, 9),
        calls,
        failed,
        p50 === null ? 'nothing observed' : `${Math.round(p50)} ms`,
      ],
    })),
  );
