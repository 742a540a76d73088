import type { ScoredCall } from '../../../../harness/model/metric.ts';
import { estimate } from '../../../../metrics/gate/estimate.ts';
import { byCall, observed } from '../../../tables/figures.ts';
import type { Seen } from '../../../tables/figures.ts';
import { inUnit, span } from '../../../words.ts';
import type { SiteData } from '../../data.ts';
import { listed } from '../../heard.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';
import { table } from '../../table.ts';

/** By then she should be told that nobody came, ms. */
const OWED = 4000;

/** Whether the agent comes back to her when a desk does not take the call, and does something about it. */
export function failures(calls: readonly ScoredCall[], site: SiteData): Html {
  const back = observed(calls, 'failure_recovery');
  if (back.length === 0) return html``;
  const late = back.filter(({ score }) => score.value > OWED || score.censored);
  const followed = observed(calls, 'failure_followup');
  const made = followed.filter(({ score }) => score.value === 1).length;
  const whys = Map.groupBy(back, ({ score }) => score.note.split(':')[0] ?? '');
  return html`<h2>When nobody takes the call, does it come back to her?</h2>
    ${table(
      ['why', 'failed', `back within ${inUnit(OWED, 'ms')}`, 'never back', 'median', '95 % interval'],
      [['all', back] as const, ...(whys.size > 1 ? whys : [])].map(([why, seen]) => rowOf(why, seen)),
    )}
    ${
      followed.length === 0
        ? html``
        : html`<p class="aside">
            ${made} of ${followed.length} were made up for: a message was taken, or another desk answered.
          </p>`
    }
    ${listed('Where did she wait for a word?', late, site)}`;
}

function rowOf(why: string, seen: readonly Seen[]) {
  const inTime = seen.filter(({ score }) => !score.censored && score.value <= OWED).length;
  const found = estimate({ metric: 'failure_recovery', of: 'p50', limit: OWED }, 'lower', byCall(seen), []);
  return {
    mark: inTime < seen.length ? 'fail' : '',
    cells: [
      why,
      seen.length,
      inTime,
      seen.filter(({ score }) => score.censored).length,
      found ? inUnit(found.value, 'ms') : '',
      found ? `${span(found.low, found.high, 'ms')} ms` : '',
    ],
  };
}

/** What she must say again, by desk. */
export function repeats(calls: readonly ScoredCall[], site: SiteData): Html {
  const seen = observed(calls, 'repeat_burden');
  if (seen.length === 0) return html``;
  const desks = Map.groupBy(seen, ({ score }) => score.of);
  const again = seen.filter(({ score }) => score.value > 0);
  return html`<h2>How much must she say again?</h2>
    ${table(
      ['desk', 'callers', 'asked something again', 'questions repeated, by facts told', '95 % interval'],
      [['all', seen] as const, ...(desks.size > 1 ? desks : [])].map(([desk, own]) => {
        const found = estimate({ metric: 'repeat_burden', of: 'mean', limit: 0 }, 'lower', byCall(own), []);
        const repeated = own.filter(({ score }) => score.value > 0).length;
        return {
          mark: repeated > 0 ? 'fail' : '',
          cells: [
            desk,
            own.length,
            repeated,
            found?.value.toFixed(2) ?? '',
            // One caller, or all alike, tell nothing of others.
            found && found.low < found.high ? `${found.low.toFixed(2)}-${found.high.toFixed(2)}` : 'not told',
          ],
        };
      }),
    )}
    ${listed('Where was she asked again?', again, site)}`;
}
