import { combined, STAMP_ERROR } from '../../metrics/turns/observe.ts';
import { NEVER_STOPPED, yieldedWithin } from '../../metrics/turns/yielding.ts';
import type { Regions } from '../../metrics/activity/detect.ts';
import type { CallView, Reaction, Score, ScoredCall, Turn } from '../model/metric.ts';
import { measure } from './measure.ts';
import type { Instruments } from './measure.ts';
import { readRecording } from './recording.ts';
import { segmentId } from './recording-record.ts';
import type { HeardSegment } from './recording-caller.ts';
import type { RecordingSource } from './recording-sides.ts';
import type { RecordingDetails } from './recording-document.ts';

/** A recording, measured: plain data, so that a thread can hand it over. */
export interface ScoredRecording {
  readonly scored: ScoredCall;
  readonly details: RecordingDetails;
}

/** The bounds of her segments are not exact when they were heard, ms by id. */
type Doubts = ReadonlyMap<string, HeardSegment['u']>;

/** What happened before the first sound: a recording begins when somebody pressed a button, not with a packet. */
const PACKETS = 'leading_silence';

/** Reads, hears and measures one recording. Throws UsageError when it cannot be scored. */
export async function scoreRecording(source: RecordingSource, tools: Instruments): Promise<ScoredRecording> {
  const regions = remembering(tools.regions);
  const { truth, segments, record } = await readRecording(source, regions);
  const { view, scored } = await measure(record, { ...tools, regions });
  const sounds = segments.filter(({ kind }) => kind !== 'pause');
  const doubts: Doubts = new Map(sounds.map((segment, i) => [segmentId(segment, i), segment.u]));
  return {
    scored: {
      ...scored,
      scores: scored.scores.filter(({ metric }) => metric !== PACKETS).map((score) => widened(score, doubts)),
      notSeen: { ...scored.notSeen, [PACKETS]: ['wire'] },
    },
    details: {
      path: source.path,
      ...('callerPath' in source
        ? { callerPath: source.callerPath }
        : { caller: source.caller, callerTold: source.told }),
      truth,
      clock: 'recorder',
      turns: view.turns.map((turn) => turnDetails(turn, doubts)),
      stimuli: view.reactions.map((reaction) => stimulusDetails(reaction, view, doubts)),
    },
  };
}

/** Listens to each channel once, however often it is asked about. */
function remembering(regions: Regions): Regions {
  const known = new WeakMap<object, ReturnType<Regions>>();
  return (samples, ...rest) => {
    const found = known.get(samples) ?? regions(samples, ...rest);
    known.set(samples, found);
    return found;
  };
}

/** What a boundary of hers adds to the uncertainty: her turn's end, or her interruption's onset. */
function doubtOf(id: string, doubts: Doubts): number {
  const u = doubts.get(id);
  return u ? (id.startsWith('turn') ? u.end : u.start) : 0;
}

/** Counts have no boundary and stay as they are. */
const widened = (score: Score, doubts: Doubts): Score =>
  score.u > 0 ? { ...score, u: round(combined(score.u, doubtOf(score.of, doubts))) } : score;

function turnDetails(turn: Turn, doubts: Doubts): RecordingDetails['turns'][number] {
  const { callerEnd, reply, line, agentSpeaking, waitEnded } = turn;
  const end = { callerEndMs: round(callerEnd) };
  if (agentSpeaking) return { ...end, outcome: 'overlapped' };
  if (!reply) return { ...end, outcome: OUTCOMES[waitEnded] };
  return {
    ...end,
    agentOnsetMs: round(reply.onset),
    latencyMs: round(reply.onset - callerEnd),
    uMs: round(combined(reply.u.onset, STAMP_ERROR, doubtOf(line, doubts))),
    outcome: 'replied',
  };
}

const OUTCOMES = {
  reply: 'replied',
  caller: 'caller-went-on',
  end: 'recording-ended',
  'agent-hung-up': 'agent-hung-up',
  limit: 'no-reply',
} as const;

function stimulusDetails(reaction: Reaction, { over }: CallView, doubts: Doubts): RecordingDetails['stimuli'][number] {
  const { event, into, stop, utterance } = reaction;
  const about = { kind: event.stimulus, onsetMs: round(event.onset) };
  if (!into || stop === undefined) return { ...about, yielded: null };
  const yielded = yieldedWithin(reaction, over, NEVER_STOPPED);
  return {
    ...about,
    ...(yielded ? { stopMs: round(stop - event.onset) } : {}),
    yielded,
    uMs: round(combined((utterance ?? into).u.stop, STAMP_ERROR, doubtOf(event.id, doubts))),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100 + 0;
