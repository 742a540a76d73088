import type { SiteData } from '../data.ts';
import type { Draw } from '../draw.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { table } from '../table.ts';

interface Row {
  readonly run_id: string;
  readonly line: string;
  readonly codec: string;
  readonly snr_db: number;
  readonly jitter_ms: number;
  readonly loss: number;
  readonly skew_ppm: number;
  readonly metric: string;
  readonly n: number;
  readonly bias_ms: number;
  readonly median_abs_ms: number;
  readonly p95_abs_ms: number;
  readonly max_abs_ms: number;
  readonly missed: number;
}

const page: SitePage = {
  title: 'Accuracy',
  asks: 'How exact are these numbers?',
  order: 9,
  render: async (site, draw) => {
    const own = await calibrated(site, 'run_id = $run');
    if (own.length === 0) return undefined;
    return html`<p>
        A metronome answers and stops at programmed instants among the calls of every run. Measured minus programmed is
        the harness's own error; the agent's figures cannot be known any better than this.
      </p>
      ${errors(own, draw)} ${accuracyTable(own)}`;
  },
};

export default page;

const calibrated = async (site: SiteData, where: string): Promise<readonly Row[]> =>
  site.rows<Row>(
    `SELECT * FROM calibrations WHERE ${where} ORDER BY metric, line, codec, snr_db DESC, jitter_ms, loss, skew_ppm`,
  );

const cellOf = (row: Row): string =>
  [
    row.line,
    row.codec,
    `${row.snr_db} dB`,
    ...(row.jitter_ms ? [`jitter ${row.jitter_ms} ms`] : []),
    ...(row.loss ? [`loss ${100 * row.loss} %`] : []),
    ...(row.skew_ppm ? [`skew ${row.skew_ppm} ppm`] : []),
  ].join(', ');

const WORDS: Readonly<Record<string, string>> = { turn_latency: 'replies', stop_time: 'stops' };

function errors(rows: readonly Row[], draw: Draw): Html {
  const { Plot } = draw;
  const seen = rows.filter(({ n }) => n > 0);
  return draw(
    {
      asks: 'How far off is a measured instant?',
      says: 'Absolute error in ms: bar to the median, line to the 95th percentile, dot the worst; by line, codec and noise. Dashed: the 10 ms that 95 % of replies must be within.',
    },
    {
      height: 60 + 30 * seen.length,
      marginLeft: 250,
      x: { label: 'ms off', grid: true, zero: true },
      y: { label: null },
      marks: [
        Plot.ruleX([10], { stroke: 'currentColor', strokeDasharray: '4 3', strokeOpacity: 0.6 }),
        Plot.ruleY(seen, { y: nameOf, x1: 0, x2: 'p95_abs_ms', stroke: 'var(--caller)', strokeWidth: 2 }),
        Plot.barX(seen, { y: nameOf, x: 'median_abs_ms', fill: 'var(--caller)' }),
        Plot.dot(seen, {
          y: nameOf,
          x: 'max_abs_ms',
          stroke: 'var(--caller)',
          title: (row: Row) =>
            `${nameOf(row)}: median ${row.median_abs_ms} ms, p95 ${row.p95_abs_ms} ms, worst ${row.max_abs_ms} ms, n ${row.n}`,
        }),
      ],
    },
  );
}

const nameOf = (row: Row): string => `${WORDS[row.metric] ?? row.metric}, ${cellOf(row)}`;

const accuracyTable = (rows: readonly Row[]): Html =>
  table(
    ['what, and on which line', 'n', 'bias', 'median', '95 % within', 'worst', 'missed'],
    rows.map((row) => ({
      mark: row.missed > 0 ? 'fail' : '',
      cells: [
        nameOf(row),
        row.n,
        ...[row.bias_ms, row.median_abs_ms, row.p95_abs_ms, row.max_abs_ms].map(
          (ms) => `${ms.toFixed(1).replace(/^-0\.0$/, '0.0')} ms`,
        ),
        row.missed,
      ],
    })),
  );
