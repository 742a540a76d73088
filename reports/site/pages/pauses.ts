import { counted } from '../../../metrics/gate/observed.ts';
import { crossing, observed } from '../../tables/figures.ts';
import type { Seen } from '../../tables/figures.ts';
import { pauses, plannedOf } from '../../tables/pauses.ts';
import { several } from '../../words.ts';
import { drawDose } from '../charts/dose.ts';
import type { SiteData } from '../data.ts';
import type { Draw } from '../draw.ts';
import { listed } from '../heard.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { shown } from '../read-model.ts';
import { tradeoff } from './pauses/tradeoff.ts';

/** The share of pauses cut into from which on a pause counts as not tolerated. */
const TOLERATED = 0.1;
/** Upper ends of the groups of lengths whose share is drawn, ms. */
const LIMITS = [300, 500, 700, 850, 1000, 1500, 2000, 3000, Infinity];

const page: SitePage = {
  title: 'Pauses',
  asks: 'Does it wait while she thinks?',
  order: 4,
  render: async (site, draw) => {
    const calls = counted(site.run.calls);
    const unfinished = observed(calls, 'pause_tolerance');
    const cuts = observed(calls, 'cut_in');
    if (cuts.length === 0) return Promise.resolve(undefined);
    const cut = (kind: string): readonly Seen[] =>
      cuts.filter(({ score }) => score.class === kind && score.value === 1);
    const after = cuts.filter(({ score }) => score.class === 'after-value').flatMap(ofPlannedLength);
    return Promise.resolve(
      html`${insideSomething(unfinished, site, draw)} ${afterValues(after, site, draw)} ${shown(pauses(calls))}
      ${tradeoff(site, draw)} ${listed('Where did it cut into something unfinished?', cut('pause'), site)}
      ${listed('Where did it begin to speak over her words?', cut('turn'), site)}
      ${listed('Where did it answer before she went on?', cut('after-value'), site)}`,
    );
  },
};

export default page;

/** A pause after a complete value is as long as the plan has it. */
function ofPlannedLength(one: Seen): readonly Seen[] {
  const dose = plannedOf(one);
  return dose === undefined ? [] : [{ call: one.call, score: { ...one.score, dose } }];
}

function insideSomething(seen: readonly Seen[], site: SiteData, draw: Draw): Html {
  if (seen.length === 0) return html``;
  const curve = drawDose(
    {
      caption: {
        asks: 'How long may she pause inside something unfinished?',
        says: `Share of pauses cut into, by their length: a fitted logistic curve with its 10 % and 50 % points; large dots: shares with 95 % intervals; small: each of the ${several(seen.length, 'pause')}. Red ones were cut into and lead to their call.`,
      },
      seen,
      chance: [],
      unit: 'ms',
      labels: { dose: 'ms of pause', share: 'cut into' },
      limits: LIMITS,
      marked: [TOLERATED, 0.5],
      failure: 1,
    },
    site,
    draw,
  );
  return html`${curve}
    <p class="aside">${crossing(seen, TOLERATED, 'ms', 'Cuts in')}. ${crossing(seen, 0.5, 'ms', 'Cuts in')}.</p>`;
}

function afterValues(seen: readonly Seen[], site: SiteData, draw: Draw): Html {
  if (seen.length === 0) return html``;
  return drawDose(
    {
      caption: {
        asks: 'And after words that could have been all?',
        says: `Share of pauses after a complete value that were cut into, by their planned length, with 95 % intervals; ${several(seen.length, 'pause')}. Nobody can know here that she goes on: apart from the curve above, and no failure on its own.`,
      },
      seen,
      chance: [],
      unit: 'ms',
      labels: { dose: 'ms of pause', share: 'cut into' },
      limits: LIMITS,
      marked: [],
      failure: 1,
    },
    site,
    draw,
  );
}
