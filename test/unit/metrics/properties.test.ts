import { expect, test } from 'vitest';
import type { Score } from '../../../harness/model/metric.ts';
import type { CallEvent, CallRecord } from '../../../harness/model/record.ts';
import { ms } from '../../../harness/model/time.ts';
import { detectActivity } from '../../../metrics/activity/detect.ts';
import { scoreCall } from '../../../metrics/score.ts';
import { viewCall } from '../../../metrics/turns/view.ts';
import { goldens, viewOf, type Golden } from '../../golden/golden.ts';
import { measures } from '../../golden/measures.ts';
import { noise, tracksOf, voiced } from './signals.ts';

const metrics = await measures();

/** Members that are instants of the call. */
const INSTANTS = new Set([
  'at',
  'onset',
  'stop',
  'end',
  'fell',
  'from',
  'to',
  'intended',
  'intent',
  'mediaFrom',
  'startMs',
  'endMs',
]);

/** Everything in a stored call moved by `by` ms. Levels, lengths and the numbers of a packet stay. */
function shifted<T>(value: T, by: number, name = ''): T {
  if (typeof value === 'number') return (INSTANTS.has(name) ? value + by : value) as T;
  if (Array.isArray(value)) return value.map((one) => shifted(one, by, name)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === 'u' || key === 'plan' ? one : shifted(one, by, key)]),
  ) as T;
}

const moved = (golden: Golden, by: number): Golden => ({
  ...shifted(golden, by),
  expect: golden.expect,
  ...(golden.words ? { words: golden.words.map(([text, from, to]) => [text, from + by, to + by] as const) } : {}),
});

/** Scores without the instant they were made at; notes may name a second of the call. */
const relative = (scores: readonly Score[]): unknown[] =>
  scores.map(({ at: _at, note: _note, value, ...score }) => ({ ...score, value: Math.round(value * 10) / 10 }));

test.each([...goldens()])('moving all of %s in time moves nothing relative', (_, golden) => {
  const here = scoreCall(viewOf(golden), metrics);
  for (const by of [137.25, 3_600_000]) {
    const there = scoreCall(viewOf(moved(golden, by)), metrics);
    expect(relative(there.scores)).toEqual(relative(here.scores));
    expect(there.scores.map(({ at }, i) => Math.round(at - (here.scores[i]?.at ?? 0)))).toEqual(
      here.scores.map(() => Math.round(by)),
    );
    expect(there.outcome).toBe(here.outcome);
  }
});

/** A call of two lines and two replies in a quiet channel, with silence added before and after. */
async function heard(before: number, after: number): Promise<readonly Score[]> {
  let agent = noise(11, -65);
  for (const [from, to] of [
    [0.4, 1.6],
    [4.35, 6],
    [8.6, 9.8],
  ] as const)
    agent = voiced(agent, from, to, -26);
  const silence = (seconds: number, seed: number): Int16Array => noise(seconds, -65, seed);
  const whole = Int16Array.from([...silence(before, 7), ...agent, ...silence(after, 8)]);
  const at = (seconds: number): ReturnType<typeof ms> => ms((before + seconds) * 1000);
  const said = (line: string, onset: number, end: number): CallEvent => ({
    source: 'caller',
    kind: 'said',
    at: at(onset),
    line,
    topic: line,
    text: '',
    way: 0,
    mumbled: false,
    onset: at(onset),
    end: at(end),
    pauses: [],
    facts: {},
    cut: false,
    desk: false,
  });
  const ending = { by: 'us', reason: 'hung-up', at: at(10.5), detail: 'BYE' } as const;
  const events: CallEvent[] = [
    { source: 'wire', kind: 'answered', at: at(0) },
    said('opening', 2, 4),
    said('day', 6.5, 8),
    { source: 'wire', kind: 'ended', at: at(10.5), ending },
  ];
  const { head, plan } = viewOf(goldens().get('plain-booking')!);
  const tracks = tracksOf(whole, 0);
  const record: CallRecord = { schema: 'hangup.call/1', head, plan, events, tracks, desk: undefined };
  return scoreCall(viewCall(record, await detectActivity(tracks, undefined, events)), metrics).scores;
}

test('silence before or after a recording changes no score', async () => {
  const plain = await heard(0, 0);
  const timed = plain.filter(({ metric }) => metric === 'turn_latency').map(({ value }) => Math.round(value / 10));
  expect(timed).toEqual([35, 60]);
  for (const [before, after] of [
    [0, 5],
    [3, 0],
    [2.5, 7],
  ] as const) {
    const padded = await heard(before, after);
    const lost = new Set(['leading_silence']); // counted from the first packet: silence before it is what it measures
    const own = (scores: readonly Score[]): Score[] => scores.filter(({ metric }) => !lost.has(metric));
    expect(own(padded).map(({ metric, of }) => `${metric} ${of}`)).toEqual(
      own(plain).map(({ metric, of }) => `${metric} ${of}`),
    );
    own(padded).forEach((score, i) => {
      const tolerance = ['ms', 's'].includes(metrics.get(score.metric)?.unit ?? '') ? 2 : 0.11;
      expect(Math.abs(score.value - (own(plain)[i]?.value ?? NaN)), score.metric).toBeLessThan(tolerance);
    });
  }
});
