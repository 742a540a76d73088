import type { ScoredCall } from '../../../../harness/model/metric.ts';
import { estimate } from '../../../../metrics/gate/estimate.ts';
import { kaplanMeier } from '../../../../metrics/statistics/km.ts';
import { byCall, observed } from '../../../tables/figures.ts';
import type { Seen } from '../../../tables/figures.ts';
import { inUnit, several, span } from '../../../words.ts';
import type { Draw } from '../../draw.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';
import { table } from '../../table.ts';

/** A reply by its first sound and by its first word that says something. */
export interface Twice {
  readonly audible: Seen;
  readonly substantive: Seen;
}

/** Replies of which both are known. */
export function twice(calls: readonly ScoredCall[]): readonly Twice[] {
  const audible = Map.groupBy(observed(calls, 'turn_latency'), keyOf);
  return observed(calls, 'substantive_latency').flatMap((substantive) => {
    const [first] = audible.get(keyOf(substantive)) ?? [];
    return first ? [{ audible: first, substantive }] : [];
  });
}

const keyOf = ({ call, score }: Seen): string => JSON.stringify([call.head.id, score.of, score.at]);

/** Sound against substance: a filler makes an agent audible sooner, and says nothing. Nothing where no words were heard. */
export function soundOrSubstance(calls: readonly ScoredCall[], draw: Draw): Html {
  const replies = twice(calls);
  if (replies.length === 0) return html``;
  const kinds = [
    ['its first sound', replies.map(({ audible }) => audible)],
    ['its first word of substance', replies.map(({ substantive }) => substantive)],
  ] as const;
  const later = replies.filter(({ audible, substantive }) => substantive.score.value > audible.score.value).length;
  const heads = ['from her end to', 'replies', 'never heard', 'median', '95 % interval', 'p95', '95 % interval'];
  return html`${curves(kinds, later, draw)}
  ${table(
    heads,
    kinds.map(([name, seen]) => ({
      cells: [
        name,
        seen.length,
        seen.filter(({ score }) => score.censored).length,
        ...percentile(seen, 'p50'),
        ...percentile(seen, 'p95'),
      ],
    })),
  )}`;
}

/** The percentile and its interval, widened for replies that come in calls; not printed from too few. */
function percentile(seen: readonly Seen[], of: 'p50' | 'p95'): readonly [string, string] {
  const metric = seen[0]?.score.metric ?? '';
  const found = estimate({ metric, of, limit: 0 }, 'lower', byCall(seen), []);
  if (!found || found.refused !== undefined) return ['too few', ''];
  return [inUnit(found.value, 'ms'), `${span(found.low, found.high, 'ms')} ms`];
}

function curves(kinds: readonly (readonly [string, readonly Seen[]])[], later: number, draw: Draw): Html {
  const { Plot } = draw;
  const steps = kinds.flatMap(([name, seen]) =>
    [{ at: 0, survival: 1 }, ...kaplanMeier(seen.map(({ score }) => score)).steps].map(({ at, survival }) => ({
      name,
      at,
      share: 1 - survival,
    })),
  );
  const n = kinds[0]?.[1].length ?? 0;
  return draw(
    {
      asks: 'Does the first sound say anything?',
      says: `Share of ${several(n, 'reply', 'replies')} whose first sound (solid) and whose first word that is no filler (dashed) came within so many ms. In ${later} of them the substance came later than the sound.`,
    },
    {
      height: 320,
      x: { label: 'ms after her last audible sound', grid: true },
      y: { label: '% heard so far', percent: true, domain: [0, 100], grid: true },
      marks: kinds.map(([name], i) =>
        Plot.line(
          steps.filter((step) => step.name === name),
          {
            x: 'at',
            y: 'share',
            curve: 'step-after',
            stroke: i === 0 ? 'var(--agent)' : 'var(--caller)',
            strokeWidth: 2.5,
            ...(i === 0 ? {} : { strokeDasharray: '6 4' }),
            title: () => name,
          },
        ),
      ),
    },
  );
}
