import type { SiteData } from '../data.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { table } from '../table.ts';

interface Handoff {
  readonly call_id: string;
  readonly truth: string;
  readonly desk: string | null;
  readonly decision: number | null;
  readonly route: number | null;
  readonly recall: number | null;
  readonly precision: number | null;
  readonly repeated: number | null;
}

const page: SitePage = {
  title: 'Handoff',
  asks: 'When a person takes over, does the caller start over?',
  order: 5,
  render: async (site) => {
    const rows = await site.rows<Handoff>('SELECT * FROM handoffs WHERE run_id = $run ORDER BY call_id');
    if (rows.length === 0) return undefined;
    return html`${decisions(rows)} ${routes(rows, site)} ${await fields(site)}`;
  },
};

export default page;

/** Handed over or kept, by what the scenario called for. */
function decisions(rows: readonly Handoff[]): Html {
  const truths = ['must', 'may', 'must-not'] as const;
  const handedOver = (row: Handoff): boolean => (row.truth === 'must') === (row.decision === 1);
  const table_ = truths.flatMap((truth) => {
    const own = rows.filter((row) => row.truth === truth && row.decision !== null);
    if (own.length === 0) return [];
    const over = own.filter(handedOver).length;
    const wrong = truth === 'must' ? own.length - over : truth === 'must-not' ? over : 0;
    return [
      { mark: wrong > 0 ? 'fail' : '', cells: [`it ${truth.replace('-', ' ')}`, over, own.length - over, wrong] },
    ];
  });
  return html`<h2>Did it hand over when it should, and only then?</h2>
    ${table(['whether a person should take over', 'handed over', 'kept', 'wrong'], table_)}`;
}

const share = (value: number | null): string => (value === null ? '' : `${Math.round(value * 100)} %`);

function routes(rows: readonly Handoff[], { callLink }: SiteData): Html {
  const due = rows.filter(({ truth }) => truth === 'must');
  if (due.length === 0) return html``;
  return html`<h2>Did she reach the right desk, with everything she had said?</h2>
    ${table(
      ['call', 'desk', 'reached', 'facts that arrived', 'facts that were right', 'asked again, by facts told'],
      due.map((row) => ({
        mark: row.route === 1 && row.recall === 1 ? '' : 'fail',
        cells: [
          html`<a href="${{ html: callLink(row.call_id) }}">${row.call_id}</a>`,
          row.desk ?? '',
          row.route === null ? 'no call arrived' : row.route === 1 ? 'yes' : 'no',
          share(row.recall),
          share(row.precision),
          row.repeated === null ? '' : row.repeated.toFixed(2),
        ],
      })),
    )}`;
}

/** Which facts get lost, over all packets. */
async function fields(site: SiteData): Promise<Html> {
  const rows = await site.rows<{ fact: string; n: number; kept: number; example: string | null }>(
    `SELECT "of" AS fact, count(*)::INTEGER AS n, sum(value)::INTEGER AS kept, any_value(note) FILTER (WHERE value < 1) AS example
     FROM observations WHERE run_id = $run AND metric = 'context_recall' GROUP BY ALL ORDER BY kept / n, fact`,
  );
  if (rows.length === 0) return html``;
  return html`<h2>Which facts are lost on the way?</h2>
    ${table(
      ['fact', 'needed', 'arrived', 'an example of a loss'],
      rows.map(({ fact, n, kept, example }) => ({
        mark: kept < n ? 'fail' : '',
        cells: [fact, n, kept, example ?? ''],
      })),
    )}`;
}
