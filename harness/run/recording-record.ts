import { PHONE_RATE } from '../model/audio.ts';
import type { ScoredCall } from '../model/metric.ts';
import type { Plan } from '../model/plan.ts';
import type { CallEvent, CallRecord, Tracks } from '../model/record.ts';
import { ms } from '../model/time.ts';
import type { Ms } from '../model/time.ts';
import type { Segment } from './truth.ts';

/** A recording as a call's record: what the caller did are its segments, and it is over at `over`. */
export function recordOf(id: string, tracks: Tracks, segments: readonly Segment[], over: Ms): CallRecord {
  const ended: CallEvent = {
    source: 'wire',
    kind: 'ended',
    at: over,
    ending: { by: 'us', reason: 'hung-up', at: over, detail: 'the recording ends' },
  };
  const pauses = segments.filter(({ kind }) => kind === 'pause');
  const sounds = segments.filter(({ kind }) => kind !== 'pause');
  return {
    schema: 'hangup.call/1',
    head: {
      id,
      plan: id,
      line: 'recording',
      timing: 'approximate',
      time: 'real',
      target: 'recorded',
      evidence: ['wire'],
    },
    plan: planOf(id, over),
    events: [...sounds.map((segment, index) => eventOf(segment, segmentId(segment, index), pauses)), ended],
    tracks,
    desk: undefined,
  };
}

/** What the scores of a segment's observations are `of`; `index` counts the segments that sound. */
export const segmentId = ({ kind }: Segment, index: number): string => `${kind}-${index + 1}`;

function eventOf({ kind, startMs, endMs }: Segment, id: string, pauses: readonly Segment[]): CallEvent {
  const onset = ms(startMs);
  const end = ms(endMs);
  const common = { source: 'caller', at: onset, onset, end, text: '', facts: {} } as const;
  if (kind === 'turn' || kind === 'pause') {
    const own = pauses.filter((pause) => pause.startMs >= onset && pause.endMs <= end);
    return {
      ...common,
      kind: 'said',
      line: id,
      topic: '',
      way: 0,
      mumbled: false,
      pauses: own.map((pause) => ({ from: ms(pause.startMs), to: ms(pause.endMs) })),
      cut: false,
      desk: false,
    };
  }
  return {
    ...common,
    kind: 'stimulus',
    id,
    stimulus: kind,
    sham: false,
    takesFloor: kind === 'interruption',
    intended: onset,
    // Nobody says which word made her meaning clear.
    intent: end,
  };
}

/** What little is known of a recording's call. */
function planOf(id: string, maxMs: number): Plan {
  return {
    schema: 'hangup.plan/1',
    id,
    seed: 0,
    persona: 'recorded',
    scenario: 'recorded',
    stakes: 'low',
    opens: 'agent',
    mind: 'script',
    voice: { engine: 'recorded', name: id, rate: 1 },
    // Nobody planned a noise: this high, none is held against the recording.
    place: { name: 'recorded', snrDb: 99 },
    phone: { codec: 'PCMU', loss: 0 },
    patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
    lines: [],
    stimuli: [],
    expect: { handoff: { truth: 'may', facts: [] } },
    bounds: [],
    desks: 'answer',
    maxMs,
  };
}

/** A recording that could not be scored, in a result among others: invalid, with why. */
export function unreadable(reason: string): ScoredCall {
  const none = new Int16Array(0);
  const tracks = { rate: PHONE_RATE, caller: none, callerOrigin: ms(0), agent: none, maps: [], lost: [] };
  const { head, plan } = recordOf('unreadable', tracks, [], ms(0));
  return { head, plan, outcome: 'invalid', reasons: [reason], scores: [], notSeen: {} };
}
