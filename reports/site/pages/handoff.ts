import { join } from 'node:path';
import type { ScoredCall } from '../../../harness/model/metric.ts';
import { counted } from '../../../metrics/gate/observed.ts';
import { handoffOf } from '../../../metrics/turns/handoff.ts';
import type { SiteData } from '../data.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { eventsOf } from '../recorded.ts';
import { table } from '../table.ts';
import type { TableRow } from '../table.ts';
import { failures, repeats } from './handoff/failures.ts';
import { packetsBeside } from './handoff/packets.ts';

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
    const rows = await site.rows<Handoff>(
      `SELECT handoffs.* FROM handoffs JOIN calls USING (run_id, call_id)
       WHERE run_id = $run AND outcome IN ('passed', 'failed') ORDER BY call_id`,
    );
    if (rows.length === 0) return undefined;
    const calls = counted(site.run.calls);
    return html`${decisions(rows, allowed(calls, site))} ${routes(rows, site)} ${await fields(site)}
    ${packetsBeside(site)} ${repeats(calls, site)} ${failures(calls, site)}`;
  },
};

export default page;

/** Of calls that may be handed over: whether each was, as far as its record tells. */
const allowed = (calls: readonly ScoredCall[], { run }: SiteData): readonly boolean[] =>
  calls
    .filter(({ plan }) => plan.expect.handoff.truth === 'may')
    .map(({ head, plan }) => ({ events: eventsOf(join(run.paths.run, 'calls', head.id)), plan }))
    .filter(({ events }) => events.length > 0)
    .map((call) => handoffOf(call) !== undefined);

/** Handed over or kept, by what the scenario called for. */
function decisions(rows: readonly Handoff[], may: readonly boolean[]): Html {
  const judged = (truth: 'must' | 'must-not'): readonly boolean[] =>
    rows
      .filter((row) => row.truth === truth && row.decision !== null)
      .map(({ decision }) => (truth === 'must') === (decision === 1));
  const [must, mustNot] = [judged('must'), judged('must-not')];
  return html`<h2>Did it hand over when it should, and only then?</h2>
    ${table(
      ['whether a person should take over', 'handed over', 'kept', 'wrong'],
      [
        ...decisionRow('it must', must, must.filter((over) => !over).length),
        ...decisionRow('it may', may, 0),
        ...decisionRow('it must not', mustNot, mustNot.filter((over) => over).length),
      ],
    )}`;
}

function decisionRow(name: string, handedOver: readonly boolean[], wrong: number): readonly TableRow[] {
  if (handedOver.length === 0) return [];
  const over = handedOver.filter((one) => one).length;
  return [{ mark: wrong > 0 ? 'fail' : '', cells: [name, over, handedOver.length - over, wrong] }];
}

const share = (value: number | null): string => (value === null ? '' : `${Math.round(value * 100)} %`);

function routes(rows: readonly Handoff[], { callLink }: SiteData): Html {
  const due = rows.filter(({ truth }) => truth === 'must');
  if (due.length === 0) return html``;
  return html`<h2>Did she reach the right desk, with everything she had said?</h2>
    ${table(
      ['call', 'desk', 'reached', 'facts that arrived', 'facts that were right', 'asked again, by facts told'],
      due.map((row) => ({
        // Where no desk took the call, that is a matter of its recovery; where nothing was to be told, nothing is missing.
        mark: (row.route ?? 1) === 1 && (row.recall ?? 1) === 1 ? '' : 'fail',
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
