import type { Ms } from '../../harness/model/time.ts';
import type { Manners } from '../manners.ts';
import { fromHer, goingOn, grow, isFar, isLaugh, isSpeech } from './burst.ts';
import type { Frame } from './burst.ts';
import type { Burst, Floor, FloorEvent, FloorState, Intention, Mode } from './state.ts';

type Step = readonly [FloorState, readonly Intention[]];

const stay = (state: FloorState): Step => [state, []];

/** A new mode with a clean slate: what was heard before does not count in it. */
const fresh = (state: FloorState, mode: Mode): FloorState => ({
  ...state,
  mode,
  burst: undefined,
  gist: 'none',
  duckedAt: undefined,
  settled: false,
  claimed: false,
  idleMs: 0,
});

/** Nobody speaks, or a reply is being made: the first real sound takes the floor. */
function waitForCaller(state: FloorState, frame: Frame, manners: Manners): Step {
  const burst = grow(state.burst, frame, manners, manners.burstGapMs);
  if (burst && burst.loudMs >= manners.onsetMs) {
    return [{ ...fresh(state, 'holding'), burst, patienceMs: manners.unclearMs }, ['hear']];
  }
  const idleMs = state.mode === 'listening' && !burst ? state.idleMs + frame.lengthMs : 0;
  if (idleMs >= manners.silenceMs) return [{ ...fresh(state, 'answering') }, ['prompt']];
  return stay({ ...state, burst, idleMs });
}

/** A moment's sound without a word in it, "just a ...", is how turns begin, not how they end. */
const scarcelyBegun = ({ gist, claimed }: FloorState, { loudMs }: Burst, manners: Manners): boolean =>
  gist === 'none' && !claimed && loudMs >= manners.trivialMs && loudMs < manners.begunMs;

/** The caller has the floor: her silence, measured against what she has said, ends her turn. */
function letFinish(state: FloorState, frame: Frame, manners: Manners): Step {
  const burst = grow(state.burst, frame, manners);
  if (!burst) return stay({ ...state, burst });
  const speech = isSpeech(burst, manners);
  const begun = scarcelyBegun(state, burst, manners) ? manners.unfinishedMs : 0;
  // Words found in what is no speech promise nothing: not that more is to come either.
  const patienceMs = speech ? Math.max(begun, state.patienceMs) : Math.min(state.patienceMs, manners.unheardMs);
  if (burst.quietMs < patienceMs) return stay({ ...state, burst });
  const trivial = speech ? state.gist === 'none' && burst.loudMs < manners.trivialMs : burst.loudMs < manners.noiseMs;
  if (trivial && !state.claimed) return [fresh(state, 'listening'), ['forget']];
  return [fresh(state, 'answering'), speech ? ['answer'] : ['doubt', 'answer']];
}

/** What is speech beyond doubt counts twice: a soft "what" is not heard before its vowel. */
function makesHush(burst: Burst, at: number, { waryUntil }: FloorState, manners: Manners): boolean {
  const counts = at < (waryUntil ?? -Infinity) ? burst.nearMs : burst.loudMs + burst.clearMs;
  return counts >= manners.bargeInMs;
}

/** Somebody across the room who talks on is let pass for as long as that lasts. */
const waryStill = ({ waryUntil }: FloorState, at: number, manners: Manners): Ms | undefined =>
  waryUntil !== undefined && at < waryUntil ? ((at + manners.waryMs) as Ms) : waryUntil;

function watchForBargeIn(state: FloorState, frame: Frame, manners: Manners): Step {
  const burst = grow(state.burst, frame, manners, manners.burstGapMs);
  if (!burst) return stay({ ...state, burst });
  if (!makesHush(burst, frame.at, state, manners))
    return stay({ ...state, burst, waryUntil: waryStill(state, frame.at, manners) });
  const ducked: FloorState = { ...fresh(state, 'ducked'), burst, duckedAt: frame.at, patienceMs: manners.unclearMs };
  return [ducked, ['duck', 'overhear']];
}

/** Hers: what was overheard becomes the beginning of her turn. */
const yieldFloor = (state: FloorState, manners: Manners): Step => [
  { ...fresh(state, 'yielding'), burst: state.burst, patienceMs: manners.unclearMs, claimed: true },
  ['cut', 'hear'],
];

/** Goes on. What has ended is forgotten; one who is still sounding is watched. */
function goOn(state: FloorState, burst: Burst, at: number, manners: Manners): Step {
  const waryUntil = isFar(burst, manners) ? ((at + manners.waryMs) as Ms) : state.waryUntil;
  return burst.quietMs >= manners.endedMs
    ? [{ ...fresh(state, 'speaking'), waryUntil }, ['unduck', 'forget']]
    : [{ ...state, mode: 'resuming', duckedAt: undefined, waryUntil }, ['unduck']];
}

/**
 * Ducked: is it an interruption? A kept duck is a stop already, so there is no hurry to say yes, and saying no too early
 * talks over somebody: it is decided once, when the pause can last no longer or the sound has been over for longer than a
 * comma. "Right" is attention when it has ended; when it goes on as speech, or ends and begins again, it was a first word.
 */
function judge(state: FloorState, at: number, manners: Manners): Step {
  const { burst, gist } = state;
  if (!burst || state.duckedAt === undefined) return stay(state);
  const pausedMs = at - state.duckedAt;
  const hers = fromHer(burst, gist, manners) && !isLaugh(burst, gist);
  const far = burst.nearMs === 0 && burst.loudMs >= manners.farMs;
  const due = pausedMs >= manners.decideMs || burst.quietMs >= manners.commaMs;
  if (!due && !far) return stay(state);
  const words = (gist === 'content' || gist === 'unclear') && burst.loudMs >= manners.wordMs;
  const meant = words || burst.anewMs >= manners.anewMs;
  if (hers && meant) return yieldFloor(state, manners);
  if (!hers || !stillSpeaking(burst, manners)) return goOn(state, burst, at, manners);
  return pausedMs < manners.latestMs ? stay(state) : yieldFloor(state, manners);
}

const stillSpeaking = ({ quietMs, doubtMs }: Burst, manners: Manners): boolean =>
  quietMs < manners.endedMs && doubtMs < manners.doubtMs;

function weigh(state: FloorState, frame: Frame, manners: Manners): Step {
  const burst = goingOn(grow(state.burst, frame, manners), frame);
  // She goes on: what she has said by now is not all.
  const settled = !frame.loud && state.settled;
  const next = { ...state, burst, settled };
  const [judged, intentions] = judge(next, frame.at, manners);
  if (judged.mode !== 'ducked' || intentions.length > 0) return [judged, intentions];
  const ended = (burst?.quietMs ?? 0) >= manners.tailMs;
  return ended && !settled ? [{ ...next, settled: true }, ['settle']] : stay(next);
}

/** What was overheard so far. After the sound has ended only the answer that was asked for counts: the rest is made of noise. */
function takeIn(state: FloorState, event: Extract<FloorEvent, { kind: 'understood' }>): Step {
  const { gist, patienceMs, final } = event;
  if (state.mode !== 'ducked') return stay({ ...state, gist, patienceMs });
  if (state.settled && !final) return stay(state);
  return stay({ ...state, gist });
}

/** Went on speaking: the one who made us duck may still prove to mean it. */
function watchResumed(state: FloorState, frame: Frame, manners: Manners): Step {
  const burst = grow(state.burst, frame, manners, manners.burstGapMs * 2);
  if (!burst) return [fresh(state, 'speaking'), ['forget']];
  const next = { ...state, burst };
  const { gist } = state;
  if (isLaugh(burst, gist)) return stay(next);
  // A word or two can be found in any laugh.
  const words = gist === 'content' && !burst.repeats && burst.loudMs >= manners.resumeWordsMs;
  const meant = gist === 'unclear' && burst.loudMs >= manners.resumeUnclearMs;
  const persists = words || meant || burst.loudMs >= manners.resumeLimitMs;
  return persists && fromHer(burst, gist, manners) ? yieldFloor(next, manners) : stay(next);
}

function onFrame(state: FloorState, frame: Frame, manners: Manners): Step {
  switch (state.mode) {
    case 'listening':
    case 'answering':
      return waitForCaller(state, frame, manners);
    case 'holding':
    case 'yielding':
      return letFinish(state, frame, manners);
    case 'speaking':
      return watchForBargeIn(state, frame, manners);
    case 'ducked':
      return weigh(state, frame, manners);
    case 'resuming':
      return watchResumed(state, frame, manners);
    case 'handing-over':
      return stay(state);
  }
}

/** The agent's audio has ended by itself or was taken back. */
function onSaid(state: FloorState, manners: Manners): Step {
  switch (state.mode) {
    case 'speaking':
      return stay({ ...state, mode: 'listening', idleMs: 0 });
    case 'ducked':
    case 'resuming':
      return [{ ...fresh(state, 'holding'), burst: state.burst, patienceMs: manners.unclearMs }, ['hear']];
    case 'yielding':
      return stay({ ...state, mode: 'holding' });
    default:
      return stay(state);
  }
}

/**
 * The reference agent's turn-taking.
 * It falls silent first and judges later, so that a real interruption is answered within a frame of hearing it
 * and a "mm-hm" costs a moment's pause, not the sentence.
 */
export const takeTurns: Floor = (state, event, manners) => {
  switch (event.kind) {
    case 'frame':
      return onFrame(state, event, manners);
    case 'understood':
      return takeIn(state, event);
    case 'say':
      return stay({ ...fresh(state, 'speaking'), burst: state.mode === 'answering' ? state.burst : undefined });
    case 'said':
      return onSaid(state, manners);
    case 'silent':
      return stay(state.mode === 'answering' ? fresh(state, 'listening') : state);
    case 'hand-over':
      return stay(fresh(state, 'handing-over'));
  }
};
