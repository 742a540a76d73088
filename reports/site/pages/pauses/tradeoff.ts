import { estimate } from '../../../../metrics/gate/estimate.ts';
import { counted } from '../../../../metrics/gate/observed.ts';
import type { RunReport } from '../../../report.ts';
import { byCall, observed, real } from '../../../tables/figures.ts';
import { inUnit, several, span } from '../../../words.ts';
import { drawPlane, shortName } from '../../charts/plane.ts';
import type { PlanePoint, Reference } from '../../charts/plane.ts';
import type { SiteData } from '../../data.ts';
import type { Draw } from '../../draw.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';

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
export function tradeoff({ run, runs }: SiteData, draw: Draw): Html {
  const points = runs.flatMap((one) => pointOf(one, one === run) ?? []);
  if (points.length === 0) return html``;
  const ends = points.flatMap(({ x, y }) => [x.value, x.high, y.high]).filter(Number.isFinite);
  const most = Math.max(1000, ...ends) * 1.08;
  return drawPlane(
    {
      asks: 'What does it pay for waiting?',
      says: `Median wait for a reply against the pause in which it cuts in on 10 %, with 95 % intervals, no further than the longest pause tried; ${several(points.length, 'run')}. Dashed: where an agent is that only waits for so much silence; above it, it knows more than silence. Hollow, not measured here: what the documented default silence of a kit would give by itself (LiveKit, Pipecat, OpenAI; November 2026).`,
    },
    {
      x: { label: 'median wait for a reply, ms', domain: [0, most] },
      y: { label: 'pause tolerated, ms', domain: [0, most] },
    },
    points.map((point) => ({ ...point, x: { ...point.x, high: Math.min(point.x.high, most) } })),
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

/** Both figures as a gate would have them; of pauses nothing is claimed beyond those tried. */
function pointOf(run: RunReport, own: boolean): PlanePoint | undefined {
  const calls = counted(run.calls);
  const [replies, paused] = [real(observed(calls, 'turn_latency')), observed(calls, 'pause_tolerance')];
  const waits = estimate({ metric: 'turn_latency', of: 'p50', limit: 0 }, 'lower', byCall(replies), []);
  const tolerates = estimate({ metric: 'pause_tolerance', of: 'at10', limit: 0 }, 'higher', byCall(paused), []);
  if (!waits || !tolerates || !Number.isFinite(waits.value)) return undefined;
  const lengths = paused.map(({ score }) => score.dose ?? 0);
  const [least, longest] = [Math.min(...lengths), Math.max(...lengths)];
  const tried = (end: number): number => (end > longest ? Infinity : end < least ? -Infinity : end);
  const drawn = (end: number): number => Math.min(Math.max(end, 0), longest);
  const tolerated = tried(tolerates.value);
  const interval = span(tried(tolerates.low), tried(tolerates.high), 'ms');
  const inWords = Number.isFinite(tolerated)
    ? inUnit(tolerated, 'ms')
    : tolerated > 0
      ? `over ${inUnit(longest, 'ms')}, the longest tried`
      : `under ${inUnit(least, 'ms')}, the shortest tried`;
  return {
    run: run.manifest.id,
    name: tolerated > longest ? `${shortName(run)} (10 % not reached)` : shortName(run),
    x: { ...waits, words: `${inUnit(waits.value, 'ms')} of ${waits.n} (${span(waits.low, waits.high, 'ms')})` },
    y: {
      value: drawn(tolerates.value),
      low: drawn(tolerates.low),
      high: drawn(tolerates.high),
      words: `${inWords}, of ${tolerates.n} (${interval})`,
    },
    own,
  };
}
