import type { CallView, Score } from '../../harness/model/metric.ts';
import { clockTime } from '../turns/observe.ts';
import lateness, { GAP_LIMIT, LATE_SHARE_LIMIT, longestGap } from './lateness.ts';
import snr, { SNR_LIMIT } from './snr.ts';
import stimulusTiming, { TIMING_LIMIT } from './stimulus-timing.ts';
import unfired from './unfired.ts';

/**
 * Why a call is our own fault and must not be counted for or against the agent, one plain sentence each.
 * Empty: the caller did what was planned.
 */
export const invalidBecause = (call: CallView): readonly string[] => [
  ...spoiltBecause(call),
  ...incompleteBecause(call),
];

/** What we did wrong towards the agent: whatever it did may be because of that. */
export const spoiltBecause = (call: CallView): readonly string[] => [...faults(call), ...gaps(call), ...broken(call)];

/** What we left out: the call cannot pass, but what the agent got wrong in it stays wrong. */
export const incompleteBecause = (call: CallView): readonly string[] =>
  unfired.measure(call).map(({ of, note }) => `stimulus "${of}" was never played: ${note}`);

const faults = (call: CallView): string[] =>
  call.events.flatMap((event) =>
    event.kind === 'fault' ? [`our own fault (${event.reason}): ${event.detail} at ${clockTime(event.at)}`] : [],
  );

function gaps(call: CallView): string[] {
  const gap = longestGap(call);
  return gap !== undefined && gap > GAP_LIMIT
    ? [`our own audio had a gap of ${Math.round(gap)} ms (limit ${GAP_LIMIT} ms): the machine was too busy`]
    : [];
}

function broken(call: CallView): string[] {
  const over = (scores: readonly Score[], limit: number): readonly Score[] =>
    scores.filter(({ value }) => value > limit);
  return [
    ...over(stimulusTiming.measure(call), TIMING_LIMIT).map(
      ({ of, note, at }) => `stimulus "${of}" came ${note} at ${clockTime(at)} (limit ${TIMING_LIMIT} ms)`,
    ),
    ...over(snr.measure(call), SNR_LIMIT).map(({ note }) => `the caller's noise was wrong: ${note}`),
    ...over(lateness.measure(call), LATE_SHARE_LIMIT).map(({ note }) => `our own audio left late: ${note}`),
  ];
}
