import { isSham } from '../../../../metrics/gate/bound.ts';
import { kindOf, real, shams } from '../../../tables/figures.ts';
import type { Seen } from '../../../tables/figures.ts';
import { several } from '../../../words.ts';
import { drawShares } from '../../charts/shares.ts';
import type { ShareRow } from '../../charts/shares.ts';
import { drawStrip } from '../../charts/strip.ts';
import type { SiteData } from '../../data.ts';
import type { Draw } from '../../draw.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';

/** A break that is undone within this is a hiccup, ms. */
const HICCUP = 700;
/** One that is undone within this is a stumble, ms; a longer one is a stop. */
const STUMBLE = 2000;

/** Kind by kind, what was played and what was not. */
const rowsByKind = (seen: readonly Seen[]): readonly ShareRow[] =>
  [...new Set(seen.map(kindOf))].sort().flatMap((kind) => {
    const own = seen.filter((one) => kindOf(one) === kind);
    return [
      { name: `${kind} (${real(own).length})`, seen: real(own), sham: false },
      { name: `nothing, as ${kind} (${shams(own).length})`, seen: shams(own), sham: true },
    ].filter((row) => row.seen.length > 0);
  });

/** Stops for sounds that ask for nothing. */
export const stoppedBy = (seen: readonly Seen[], draw: Draw): Html =>
  drawShares(
    {
      asks: 'Which sounds stop it that should not?',
      says: `Share of sounds at which it stops for good within 1 s of their end, with 95 % intervals; a stumble (0.7 to 2 s) counts half. Hollow: when nothing is played. ${several(real(seen).length, 'sound')}, ${several(shams(seen).length, 'sham')}.`,
    },
    'stopped, %',
    rowsByKind(seen),
    draw,
  );

/** Breaks that it undid: how often, how long. */
export function hiccups(often: readonly Seen[], lengths: readonly Seen[], site: SiteData, draw: Draw): Html {
  if (often.length === 0) return html``;
  const rates = drawShares(
    {
      asks: 'How often does it hiccup at a sound?',
      says: `Share of sounds at which it breaks off and goes on within 0.7 s, with 95 % intervals: no failure, but the price of listening while speaking. Hollow: when nothing is played. ${several(real(often).length, 'sound')}, ${several(shams(often).length, 'sham')}.`,
    },
    'hiccups, %',
    rowsByKind(often),
    draw,
  );
  return html`${rates} ${real(lengths).length > 0 ? silences(lengths, site, draw) : html``}`;
}

const silences = (lengths: readonly Seen[], site: SiteData, draw: Draw): Html =>
  drawStrip(
    {
      caption: {
        asks: 'How long is it silent before it goes on?',
        says: `Every break that it undid as a dot, ms of silence. Dashed: 700 ms; longer ones are stumbles, red, and lead to their call. ${several(lengths.length, 'break')}, ${shams(lengths).length} of them when nothing was played.`,
      },
      seen: lengths,
      rowOf: (one) => (isSham(one.score) ? `nothing, as ${kindOf(one)}` : kindOf(one)),
      label: 'ms of silence',
      lines: [HICCUP],
      edge: STUMBLE,
      failed: ({ score }) => !isSham(score) && score.value > HICCUP,
    },
    site,
    draw,
  );
