import { isSham } from '../../../../metrics/gate/bound.ts';
import { kaplanMeier } from '../../../../metrics/statistics/km.ts';
import { kindOf, real, shams } from '../../../tables/figures.ts';
import type { Seen } from '../../../tables/figures.ts';
import { several } from '../../../words.ts';
import { drawStrip } from '../../charts/strip.ts';
import type { SiteData } from '../../data.ts';
import type { Draw } from '../../draw.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';

/** A stop within this is as quick as people's own, ms. */
const QUICK = 250;
/** To yield is to stop within this, ms. */
const YIELDS = 1000;
/** A later stop counts as none, ms. */
const NEVER = 2000;

/** How soon it stops, for her and when nothing is played. */
export function stops(seen: readonly Seen[], site: SiteData, draw: Draw): Html {
  if (seen.length === 0) return html``;
  return html`${stillTalking(real(seen), shams(seen), draw)} ${everyStop(seen, site, draw)}`;
}

interface Step {
  readonly at: number;
  readonly share: number;
}

/** Kaplan and Meier's curve as far as it is looked at. */
function stepsOf(seen: readonly Seen[]): readonly Step[] {
  const steps = kaplanMeier(seen.map(({ score }) => score))
    .steps.filter(({ at }) => at <= NEVER)
    .map(({ at, survival }): Step => ({ at, share: survival }));
  return [{ at: 0, share: 1 }, ...steps, { at: NEVER, share: steps.at(-1)?.share ?? 1 }];
}

function stillTalking(own: readonly Seen[], none: readonly Seen[], draw: Draw): Html {
  const { Plot } = draw;
  const p50 = kaplanMeier(own.map(({ score }) => score)).quantile(0.5);
  const median = p50 === undefined || p50 > NEVER ? 'not reached' : `${Math.round(p50)} ms`;
  const sham = none.length > 0 ? ` Dashed curve: when nothing is played (${several(none.length, 'sham')}).` : '';
  const line = { x: 'at', y: 'share', curve: 'step-after' } as const;
  return draw(
    {
      asks: 'After how long is it still talking over her?',
      says: `Kaplan-Meier curve over ${several(own.length, 'interruption')}, those it never stopped for counted; median ${median}.${sham} Upright: 250 ms and 1 s.`,
    },
    {
      height: 300,
      x: { label: 'ms after she came in', domain: [0, NEVER] },
      y: { label: '% still talking', percent: true, domain: [0, 100], grid: true },
      marks: [
        Plot.ruleX([QUICK, YIELDS], { stroke: 'currentColor', strokeDasharray: '4 3', strokeOpacity: 0.6 }),
        ...(none.length > 0
          ? [Plot.line(stepsOf(none), { ...line, stroke: 'currentColor', strokeDasharray: '6 4' })]
          : []),
        ...(own.length > 0 ? [Plot.line(stepsOf(own), { ...line, stroke: 'var(--agent)', strokeWidth: 2.5 })] : []),
      ],
    },
  );
}

function everyStop(seen: readonly Seen[], site: SiteData, draw: Draw): Html {
  const own = real(seen);
  const never = own.filter(({ score }) => score.censored).length;
  return drawStrip(
    {
      caption: {
        asks: 'How soon does it stop?',
        says: `Every stop as a dot, ms after she came in; hollow: not within 2 s (${never} of ${own.length}). Dashed: 250 ms and 1 s. Red: later than 1 s; leads to its call. ${several(own.length, 'interruption')}, ${several(seen.length - own.length, 'sham')}.`,
      },
      seen,
      rowOf: (one) => (isSham(one.score) ? `nothing, as ${kindOf(one)}` : kindOf(one)),
      label: 'ms after she came in',
      lines: [QUICK, YIELDS],
      edge: NEVER,
      failed: ({ score }) => !isSham(score) && (score.censored || score.value > YIELDS),
    },
    site,
    draw,
  );
}
