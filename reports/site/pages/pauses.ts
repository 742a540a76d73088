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
    const after = cuts.filter(({ score }) => score.class === 'after-value').flatMap(ofPlannedLength);
    return Promise.resolve(
      html`${insideSomething(unfinished, site, draw)} ${afterValues(after, site, draw)} ${shown(pauses(calls))}
      ${tradeoff(site, draw)} ${listed('Where did it cut in?', held.filter(isCut), site)}
      ${listed('Where did it begin to speak over her words?', cuts.filter(({ score }) => score.class === 'turn').filter(isCut), site)}`,
    );
  },
};

export default page;

const isCut = ({ score }: Seen): boolean => score.value === 1;

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
        says: `Share of pauses cut into, by their length: fitted logistic curve with its 10 % and 50 % points, black: shares with 95 % intervals, dots above and below: each of the ${several(seen.length, 'pause')}. Red dots were cut into and lead to their call.`,
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
        says: `Share of pauses after a complete value that were cut into, by their planned length; ${several(seen.length, 'pause')}. Nobody can know here that she goes on: apart from the curve above, and no failure on its own.`,
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

/** Silence after which kits take a turn for over, unless told otherwise; no better than this can an agent be that only waits. */
const THRESHOLDS: readonly Reference[] = [
  { name: 'Pipecat VAD, 200 ms', ms: 200 },
  { name: 'OpenAI server VAD, LiveKit, 500 ms', ms: 500 },
].map(({ name, ms }) => ({
  name,
  x: ms,
  y: ms,
  title: `${name} of silence by default, as documented (November 2026); not measured here`,
}));

/** Sooner answers against longer pauses: an agent that only waits for silence moves along the diagonal. */
function tradeoff({ run, runs }: SiteData, draw: Draw): Html {
  const points = runs.flatMap((one) => planePoint(one, one === run) ?? []);
  if (points.length === 0) return html``;
  const most = Math.max(1000, ...points.flatMap(({ x, y }) => [x.high, y.high])) * 1.08;
  return drawPlane(
    {
      asks: 'What does it pay for waiting?',
      says: `Median wait for a reply against the pause in which it cuts in on 10 %, with 95 % intervals; ${several(points.length, 'run')}. Dashed: where an agent would be that only waits for so much silence; above it the agent knows more than silence. Hollow: documented default settings of kits, at the best they could do, not measured here.`,
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
