import { doseAt, doseInterval } from '../../../metrics/gate/curve.ts';
import { counted } from '../../../metrics/gate/observed.ts';
import { kaplanMeier } from '../../../metrics/statistics/km.ts';
import type { RunReport } from '../../report.ts';
import { byCall, crossing, observed, real } from '../../tables/figures.ts';
import type { Seen } from '../../tables/figures.ts';
import { pauses, plannedOf } from '../../tables/pauses.ts';
import { inUnit, several } from '../../words.ts';
import { drawDose } from '../charts/dose.ts';
import { drawPlane, shortName } from '../charts/plane.ts';
import type { PlanePoint, Reference, Spread } from '../charts/plane.ts';
import type { SiteData } from '../data.ts';
import type { Draw } from '../draw.ts';
import { listed } from '../heard.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { shown } from '../read-model.ts';

/** The share of pauses cut into at which a pause counts as no longer tolerated. */
const TOLERATED = 0.1;
const LIMITS = [300, 500, 700, 850, 1000, 1500, 2000, 3000, Infinity];

const page: SitePage = {
  title: 'Pauses',
  asks: 'Does it wait while she thinks?',
  order: 4,
  render: async (site, draw) => {
    const calls = counted(site.run.calls);
    const unfinished = observed(calls, 'pause_tolerance');
    const cuts = observed(calls, 'cut_in');
    const held = cuts.filter(({ score }) => score.class !== 'turn');
    if (held.length === 0) return Promise.resolve(undefined);
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

/** What waiting for a kit's documented default silence would give, and no better; sources read in November 2026. */
const THRESHOLDS: readonly Reference[] = [
  { name: 'Pipecat VAD, 200 ms', ms: 200, from: 'VAD stop, Pipecat acead05' },
  {
    name: 'LiveKit, OpenAI server VAD, 500 ms',
    ms: 500,
    from: 'least endpointing delay, LiveKit da6af86; silence_duration_ms, OpenAI',
  },
].map(({ name, ms, from }) => ({
  name,
  x: ms,
  y: ms,
  title: `${name} of silence by default (${from}); not measured here`,
}));

/** Sooner answers against longer pauses: an agent that only waits for silence moves along the diagonal. */
function tradeoff({ run, runs }: SiteData, draw: Draw): Html {
  const points = runs.flatMap((one) => planePoint(one, one === run) ?? []);
  if (points.length === 0) return html``;
  const most = Math.max(1000, ...points.flatMap(({ x, y }) => [x.high, y.high])) * 1.08;
  return drawPlane(
    {
      asks: 'What does it pay for waiting?',
      says: `Median wait for a reply against the pause in which it cuts in on 10 %, with 95 % intervals, no further than the longest pause tried; ${several(points.length, 'run')}. Dashed: where an agent is that only waits for so much silence; above it, it knows more than silence. Hollow, not measured here: what the documented default silence of a kit would give by itself (LiveKit, Pipecat, OpenAI; November 2026).`,
    },
    {
      x: { label: 'median wait for a reply, ms', domain: [0, most] },
      y: { label: 'pause tolerated, ms', domain: [0, most] },
    },
    points,
    THRESHOLDS,
    draw,
    (Plot) => [
      Plot.line(
        [0, most].map((at) => ({ at })),
        { x: 'at', y: 'at', stroke: 'currentColor', strokeDasharray: '5 4', strokeOpacity: 0.6 },
      ),
    ],
  );
}

function planePoint(run: RunReport, own: boolean): PlanePoint | undefined {
  const calls = counted(run.calls);
  const replies = kaplanMeier(real(observed(calls, 'turn_latency')).map(({ score }) => score));
  const [latency, paused] = [replies.quantile(0.5), observed(calls, 'pause_tolerance')];
  const tolerated = doseAt(
    paused.map(({ score }) => score),
    TOLERATED,
  );
  if (latency === undefined || tolerated === undefined) return undefined;
  const longest = Math.max(...paused.map(({ score }) => score.dose ?? 0));
  const within = (value: number, end: number): number =>
    Number.isFinite(value) ? Math.min(Math.max(value, 0), end) : value < 0 ? 0 : end;
  const interval = doseInterval(byCall(paused), TOLERATED);
  const { low, high } = replies.interval(0.5);
  const y: Spread = {
    value: within(tolerated, longest),
    low: within(interval.low, longest),
    high: within(interval.high, longest),
  };
  const more = tolerated > longest ? ' or more, the longest tried' : '';
  const name = shortName(run);
  return {
    name: more === '' ? name : `${name} (never seen to cut in)`,
    x: { value: latency, low, high: Number.isFinite(high) ? high : latency },
    y,
    own,
    title: `${run.manifest.id}: answers after ${Math.round(latency)} ms, tolerates ${inUnit(y.value, 'ms')}${more}`,
  };
}
