import type { Manners } from '../manners.ts';
import type { Burst, Floor, FloorEvent, FloorState, Intention, Mode } from './state.ts';

type Frame = Extract<FloorEvent, { kind: 'frame' }>;
type Step = readonly [FloorState, readonly Intention[]];

const stay = (state: FloorState): Step => [state, []];

/** A new mode with a clean slate: what was heard before does not count in it. */
const fresh = (state: FloorState, mode: Mode): FloorState => ({
  ...state,
  mode,
  burst: undefined,
  gist: 'none',
  duckedAt: undefined,
  settled: 'no',
  idleMs: 0,
});

/** The burst after `frame`, or undefined when it was too short to be one and is over. */
function grow(burst: Burst | undefined, frame: Frame, gapMs: number): Burst | undefined {
  if (frame.loud) {
    const since = burst?.since ?? ((frame.at - frame.lengthMs) as typeof frame.at);
    return { since, loudMs: (burst?.loudMs ?? 0) + frame.lengthMs, quietMs: 0 };
  }
  if (!burst) return undefined;
  const quietMs = burst.quietMs + frame.lengthMs;
  return quietMs > gapMs ? undefined : { ...burst, quietMs };
}

/** Nobody speaks, or a reply is being made: the first real sound takes the floor. */
function waitForCaller(state: FloorState, frame: Frame, manners: Manners): Step {
  const burst = grow(state.burst, frame, manners.burstGapMs);
  if (burst && burst.loudMs >= manners.onsetMs) {
    return [{ ...fresh(state, 'holding'), burst, patienceMs: manners.unclearMs }, ['hear']];
  }
  const idleMs = state.mode === 'listening' && !burst ? state.idleMs + frame.lengthMs : 0;
  if (idleMs >= manners.silenceMs) return [{ ...fresh(state, 'answering') }, ['prompt']];
  return stay({ ...state, burst, idleMs });
}

/** The caller has the floor: her silence, measured against what she has said, ends her turn. */
function letFinish(state: FloorState, frame: Frame, manners: Manners): Step {
  const burst = grow(state.burst, frame, Infinity);
  if (!burst || burst.quietMs < state.patienceMs) return stay({ ...state, burst });
  if (state.gist === 'none' && burst.loudMs < manners.trivialMs) return [fresh(state, 'listening'), ['forget']];
  return [fresh(state, 'answering'), ['answer']];
}

function watchForBargeIn(state: FloorState, frame: Frame, manners: Manners): Step {
  const burst = grow(state.burst, frame, manners.burstGapMs);
  if (!burst || burst.loudMs < manners.bargeInMs) return stay({ ...state, burst });
  const ducked: FloorState = { ...fresh(state, 'ducked'), burst, duckedAt: frame.at, patienceMs: manners.unclearMs };
  return [ducked, ['duck', 'hear']];
}

const yieldFloor = (state: FloorState): Step => [{ ...state, mode: 'yielding', duckedAt: undefined }, ['cut']];

const goOn = (state: FloorState): Step => [{ ...state, mode: 'resuming', duckedAt: undefined }, ['unduck']];

/** Ducked: is it an interruption? Length, then words, then the clock decide. */
function judge(state: FloorState, at: number, manners: Manners): Step {
  const { burst, gist } = state;
  if (!burst || state.duckedAt === undefined) return stay(state);
  if (gist === 'content' && (burst.loudMs >= manners.wordMs || state.settled === 'done')) return yieldFloor(state);
  if (gist !== 'backchannel' && burst.loudMs >= manners.interruptMs) return yieldFloor(state);
  const over = burst.quietMs >= manners.settleMs;
  // A longer sound that was not understood may be the first words of more: only the clock undoes the duck then.
  const brush = gist === 'backchannel' || (gist === 'none' && burst.loudMs < manners.briefMs);
  if (over && state.settled === 'done' && brush) return goOn(state);
  if (at - state.duckedAt >= manners.decideMs) {
    const brief = burst.loudMs < manners.interruptMs && over;
    return gist === 'backchannel' || brief ? goOn(state) : yieldFloor(state);
  }
  return stay(state);
}

function weigh(state: FloorState, frame: Frame, manners: Manners): Step {
  const next = { ...state, burst: grow(state.burst, frame, Infinity) };
  const [judged, intentions] = judge(next, frame.at, manners);
  if (judged.mode !== 'ducked' || intentions.length > 0) return [judged, intentions];
  const over = (judged.burst?.quietMs ?? 0) >= manners.settleMs;
  return over && next.settled === 'no' ? [{ ...next, settled: 'asked' }, ['settle']] : stay(next);
}

/** Went on speaking: the one who made us duck may still prove to mean it. */
function watchResumed(state: FloorState, frame: Frame, manners: Manners): Step {
  const burst = grow(state.burst, frame, manners.burstGapMs * 2);
  if (!burst) return [fresh(state, 'speaking'), ['forget']];
  const next = { ...state, burst };
  const meant = state.gist === 'content' && burst.loudMs >= manners.interruptMs;
  return meant || burst.loudMs >= manners.resumeLimitMs ? yieldFloor(next) : stay(next);
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
function onSaid(state: FloorState): Step {
  switch (state.mode) {
    case 'speaking':
      return stay({ ...state, mode: 'listening', idleMs: 0 });
    case 'ducked':
    case 'resuming':
    case 'yielding':
      return stay({ ...state, mode: 'holding', duckedAt: undefined });
    default:
      return stay(state);
  }
}

/**
 * The reference agent's turn-taking.
 * A duck comes first and is judged later, so that a real interruption is answered within a frame of hearing it
 * and a "mm-hm" costs a dip in level, not the sentence.
 */
export const takeTurns: Floor = (state, event, manners) => {
  switch (event.kind) {
    case 'frame':
      return onFrame(state, event, manners);
    case 'understood': {
      const settled = event.final ? 'done' : state.settled;
      const next = { ...state, gist: event.gist, patienceMs: event.patienceMs, settled };
      return next.mode === 'ducked' ? judge(next, event.at, manners) : stay(next);
    }
    case 'say':
      return stay({ ...fresh(state, 'speaking'), burst: state.mode === 'answering' ? state.burst : undefined });
    case 'said':
      return onSaid(state);
    case 'silent':
      return stay(state.mode === 'answering' ? fresh(state, 'listening') : state);
    case 'hand-over':
      return stay(fresh(state, 'handing-over'));
  }
};
