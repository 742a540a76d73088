import { crossing, shams } from '../../../tables/figures.ts';
import type { Seen } from '../../../tables/figures.ts';
import { several } from '../../../words.ts';
import { drawDose } from '../../charts/dose.ts';
import type { SiteData } from '../../data.ts';
import type { Draw } from '../../draw.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';

/** What a sham is followed by within the 2 s that the curves allow, as an observation of 0 or 1. */
const byChance = (stopTimes: readonly Seen[]): readonly Seen[] =>
  shams(stopTimes).map(({ call, score }) => ({ call, score: { ...score, value: score.censored ? 0 : 1 } }));

function says(by: string, seen: readonly Seen[], chance: readonly Seen[]): string {
  const sham = `Dashed: how often it falls silent within 2 s when nothing is played (${several(chance.length, 'sham')}, band: 95 % interval).`;
  return [
    `Share let in for good within 2 s, by ${by}: a fitted logistic curve; large dots: shares with 95 % intervals; small: each of the ${several(seen.length, 'interruption')}.`,
    'Red ones were not let in and lead to their call.',
    ...(chance.length > 0 ? [sham] : []),
  ].join(' ');
}

/** Yielding by how long she speaks. */
export function byLength(seen: readonly Seen[], stopTimes: readonly Seen[], site: SiteData, draw: Draw): Html {
  if (seen.length === 0) return html``;
  const chance = byChance(stopTimes);
  const chart = drawDose(
    {
      caption: { asks: 'How long must she speak to be let in?', says: says('how long she spoke', seen, chance) },
      seen,
      chance,
      unit: 'ms',
      labels: { dose: 'ms she spoke', share: 'let in' },
      limits: [500, 1000, 2000, Infinity],
      marked: [0.5],
      failure: 0,
    },
    site,
    draw,
  );
  return html`${chart}
    <p class="aside">${crossing(seen, 0.5, 'ms', 'Stops for good')}.</p>`;
}

/** Yielding by how loud she speaks; a sentence where she never spoke louder or softer. */
export function byLevel(seen: readonly Seen[], stopTimes: readonly Seen[], site: SiteData, draw: Draw): Html {
  const levels = [...new Set(seen.map(({ score }) => score.dose ?? 0))].toSorted((a, b) => a - b);
  const [only, other] = levels;
  if (only === undefined) return html``;
  if (other === undefined) {
    return html`<p class="aside">
      All of them were spoken at ${only} dB against her own speech: there is no curve over the level.
    </p>`;
  }
  const chance = byChance(stopTimes);
  return drawDose(
    {
      caption: {
        asks: 'How loud must she speak to be let in?',
        says: says('level against her own speech', seen, chance),
      },
      seen,
      chance,
      unit: 'dB',
      labels: { dose: 'dB against her own speech', share: 'let in' },
      limits: levels,
      marked: [0.5],
      failure: 0,
    },
    site,
    draw,
  );
}
