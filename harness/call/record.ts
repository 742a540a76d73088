import type { Leg, MediaMap, SentPacket } from '../model/line.ts';
import type { CallEvent, Tracks } from '../model/record.ts';
import { after, ms, msToSamples, samplesToMs } from '../model/time.ts';
import type { Ms } from '../model/time.ts';

/** A packet later than this marks the call degraded (design: lateness). */
const LATE_MS = 5;

/**
 * A leg's two sides on the call's timeline.
 * The right channel is padded at its front so that both channels begin at call time 0; it is never resampled.
 */
export function tracksOf(leg: Leg, zero: Ms): Tracks {
  const rate = leg.format.rate;
  const first = leg.maps[0];
  const pad = first ? Math.max(0, msToSamples(first.originMs - zero, rate)) : 0;
  const agent = new Int16Array(pad + leg.receivedAudio.length);
  agent.set(leg.receivedAudio, pad);
  return {
    rate,
    caller: leg.sentAudio,
    callerOrigin: leg.sent[0] ? after(leg.sent[0].dueAt, -zero) : ms(0),
    agent,
    maps: leg.maps.map((map) => shifted(map, pad, zero)),
    lost: leg.lost.map(({ from, to }) => ({ from: from + pad, to: to + pad })),
    ...(leg.late ? { late: leg.late.map((gap) => ({ ...gap, from: gap.from + pad, to: gap.to + pad })) } : {}),
  };
}

function shifted(map: MediaMap, pad: number, zero: Ms): MediaMap {
  return { ...map, from: map.from + pad, to: map.to + pad, originMs: after(map.originMs, -zero) };
}

/** How evenly our own packets left, from their send stamps. */
export function pacingOf(sent: readonly SentPacket[], zero: Ms): CallEvent {
  let maxLateMs = 0;
  let maxGapMs = 0;
  const lateAt: Ms[] = [];
  sent.forEach((packet, index) => {
    const late = packet.at - packet.dueAt;
    maxLateMs = Math.max(maxLateMs, late);
    if (late > LATE_MS) lateAt.push(after(packet.at, -zero));
    const before = sent[index - 1];
    if (before) maxGapMs = Math.max(maxGapMs, packet.at - before.at);
  });
  const last = sent.at(-1);
  return {
    source: 'wire',
    kind: 'pacing',
    at: last ? after(last.at, -zero) : ms(0),
    packets: sent.length,
    late: lateAt.length,
    maxLateMs,
    maxGapMs,
    lateAt,
  };
}

/** Every instant of an event moved so that the call's time 0 is `zero`. Durations stay as they are. */
export function rebased(event: CallEvent, zero: Ms): CallEvent {
  const back = (at: Ms): Ms => after(at, -zero);
  const moved = { ...event, at: back(event.at) };
  switch (moved.kind) {
    case 'said':
      return {
        ...moved,
        onset: back(moved.onset),
        end: back(moved.end),
        pauses: moved.pauses.map(({ from, to, ...kind }) => ({ from: back(from), to: back(to), ...kind })),
      };
    case 'stimulus':
      return {
        ...moved,
        intended: back(moved.intended),
        onset: back(moved.onset),
        intent: back(moved.intent),
        end: back(moved.end),
      };
    case 'ended':
      return { ...moved, ending: { ...moved.ending, at: back(moved.ending.at) } };
    default:
      return moved;
  }
}

/** Length of the longer side, ms. */
export const lengthOf = (tracks: Tracks): Ms =>
  samplesToMs(Math.max(tracks.caller.length, tracks.agent.length), tracks.rate);
