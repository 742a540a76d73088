import type { Seen } from '../tables/figures.ts';
import { clockTime } from '../../metrics/turns/observe.ts';
import type { SiteData } from './data.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { table } from './table.ts';

/** Rows of a list; the rest is on the page of data. */
const SHOWN = 40;

/** Observations a reader should hear: each leads to its call, at its instant. `heading` is left out with them when there are none. */
export function listed(heading: string, seen: readonly Seen[], { callLink }: SiteData): Html {
  if (seen.length === 0) return html``;
  const rows = seen.slice(0, SHOWN).map(({ call, score }) => ({
    cells: [
      html`<a href="${{ html: callLink(call.head.id, score.at) }}">${call.head.id} at ${clockTime(score.at)}</a>`,
      score.class.replaceAll('-', ' '),
      score.doubt === undefined ? score.note : `${score.note} (in doubt: ${score.doubt})`,
    ],
  }));
  return html`<h3>${heading}</h3>
    ${table(['hear it', 'kind', 'what happened'], rows)} ${theRest(seen)}`;
}

function theRest(seen: readonly Seen[]): Html {
  const [first] = seen;
  if (!first || seen.length <= SHOWN) return html``;
  const all = `./data.html?table=observations&amp;filter=metric%3D${encodeURIComponent(first.score.metric)}`;
  return html`<p><a href="${{ html: all }}">${seen.length - SHOWN} more</a> are among the observations.</p>`;
}
