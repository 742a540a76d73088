import { rate } from '../../../../metrics/gate/estimate.ts';
import { counted } from '../../../../metrics/gate/observed.ts';
import type { RunReport } from '../../../report.ts';
import { byCall, observed, real } from '../../../tables/figures.ts';
import { inUnit, several, span } from '../../../words.ts';
import { drawPlane, shortName } from '../../charts/plane.ts';
import type { PlanePoint, Spread } from '../../charts/plane.ts';
import type { SiteData } from '../../data.ts';
import type { Draw } from '../../draw.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';

/** Yields to people against goes on through everything else, a point a run: either alone is had for nothing. */
export function selectivity({ run, runs }: SiteData, draw: Draw): Html {
  const points = runs.flatMap((one) => pointOf(one, one === run) ?? []);
  if (points.length === 0) return html``;
  return drawPlane(
    {
      asks: 'Can it tell a person from a noise?',
      says: `Share of interruptions it yields to within 1 s, against the share of murmurs, coughs, noises and other voices it goes on through, with 95 % intervals; ${several(points.length, 'run')}. Best: upper right. Lower right: it stops for everything. Upper left: it stops for nobody. What shams show is not taken off.`,
    },
    {
      x: { label: 'yields to people', percent: true, domain: [0, 100] },
      y: { label: 'goes on through the rest', percent: true, domain: [0, 100] },
    },
    points,
    [],
    draw,
  );
}

function pointOf(run: RunReport, own: boolean): PlanePoint | undefined {
  const calls = counted(run.calls);
  const [people, others] = [real(observed(calls, 'yield_rate')), real(observed(calls, 'false_barge_in'))];
  if (people.length === 0 || others.length === 0) return undefined;
  const stopped = rate(byCall(others));
  const through = { value: 1 - stopped.value, low: 1 - stopped.high, high: 1 - stopped.low };
  return {
    run: run.manifest.id,
    name: shortName(run),
    x: inWords(rate(byCall(people)), people.length),
    y: inWords(through, others.length),
    own,
  };
}

const inWords = ({ value, low, high }: Omit<Spread, 'words'>, n: number): Spread => ({
  value,
  low,
  high,
  words: `${inUnit(value, 'rate')} of ${n} (${span(low, high, 'rate')})`,
});
