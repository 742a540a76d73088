import { chance, hashSeed } from '../model/seed.ts';
import { after, ms } from '../model/time.ts';
import type { Ms } from '../model/time.ts';
import type { FloorState, Intention, Speaking } from './floor-state.ts';
import { followsEnd, missed } from './triggers.ts';
import type { Trigger } from './triggers.ts';

/** Audio is handed to the line this long before it is to leave, ms. */
export const LEAD_MS = 30;
/** Handed over later than this before it is to leave, it would leave late, ms. */
const LAST_CALL_MS = 10;
/** How long she waits for the agent's goodbye, ms. */
export const FAREWELL_MS = 2500;
/** A goodbye that does not end is left after this much more, ms. */
const LONG_FAREWELL_MS = 5000;
/** Quiet after the agent's goodbye before she hangs up, ms. */
const LAST_WORD_MS = 400;
/** Silence in which she speaks up again, as a share of her patience, and at most. */
const NUDGE_SHARE = 0.6;
const NUDGE_MS = 5000;
/** What ends so soon after a sound of hers may have been broken off by it, and she lets it go on for so long, ms. */
const BROKE_OFF_MS = 800;
const GOES_ON_MS = 1500;
/** Speech over hers counts as being talked over after this long, and makes her stop after this long, ms. */
const OVER_MS = 500;
const YIELD_MS = 1200;
/** She does not stop for a word she has nearly finished, ms. */
const NEARLY_MS = 300;

type Step = readonly [FloorState, readonly Intention[]];

/** Silence after the agent's words before she takes her turn, ms: drawn for every turn from the plan's seed. */
export const turnGap = (state: FloorState): number =>
  chance(hashSeed(state.plan.seed, 'gap', state.turns)).between(500, 700);

/** Says which triggers have missed their last chance. */
export function exhausted(before: readonly Trigger[], now: readonly Trigger[]): readonly Intention[] {
  return now.flatMap((trigger, index) => {
    if (trigger.misses <= (before[index]?.misses ?? 0) || trigger.state !== 'done') return [];
    const { id, sham } = trigger.stimulus;
    const offset = Math.round(trigger.stimulus.trigger.offsetMs);
    const why = followsEnd(trigger)
      ? `three times somebody spoke before it was ${offset} ms after the agent's last word`
      : `three of the agent's utterances were over, or were noticed too late, ${offset} ms after their onset`;
    return [{ kind: 'not-fired', id, sham, why }];
  });
}

/** Since when neither has said anything. */
export const quietSince = (state: FloorState): Ms => ms(Math.max(state.since, state.agent.offset, state.interjected));

/** The floor is hers or nobody's: nothing sounds and she waits. */
const waitsInSilence = (state: FloorState): boolean =>
  state.phase === 'waiting' && !state.agent.sounding && state.interjecting === 0;

/** The agent fell silent at a cough or an "mm-hm" of hers: she does not know yet whether it was done. */
function brokeOff({ agent, soundedAt }: FloorState): boolean {
  return soundedAt !== undefined && agent.offset > soundedAt && agent.offset - soundedAt < BROKE_OFF_MS;
}

function turnAt(state: FloorState): Ms {
  const lets = brokeOff(state) ? GOES_ON_MS : 0;
  return ms(Math.max(after(quietSince(state), lets + turnGap(state)), state.silent?.until ?? -Infinity));
}

const nudgeAt = (state: FloorState): Ms =>
  after(quietSince(state), Math.min(NUDGE_MS, state.plan.patience.deadAirMs * NUDGE_SHARE));
const giveUpAt = (state: FloorState): Ms => after(quietSince(state), state.plan.patience.deadAirMs);
const leavesAt = (trigger: Trigger): Ms => after(trigger.fireAt, -trigger.leadMs);
const fireAt = (trigger: Trigger): Ms => after(leavesAt(trigger), -LEAD_MS);

function hangUpAt(state: FloorState): Ms {
  const leaveAt = state.leaveAt ?? state.limitAt;
  if (state.agent.sounding) return after(leaveAt, LONG_FAREWELL_MS);
  return state.replied ? after(state.agent.offset, LAST_WORD_MS) : leaveAt;
}

/** Every instant at which something becomes due if nothing else happens before. */
function deadlines(state: FloorState): readonly Ms[] {
  const armed = state.triggers.filter((trigger) => trigger.state === 'armed').map(fireAt);
  const over = state.speaking?.overlapFrom;
  const overlap = over === undefined ? [] : [after(over, OVER_MS), after(over, YIELD_MS)];
  const leaving = state.phase === 'leaving' ? [hangUpAt(state)] : [];
  const silence = state.replied ? [turnAt(state)] : [nudgeAt(state), giveUpAt(state)];
  return [state.limitAt, ...armed, ...overlap, ...leaving, ...(waitsInSilence(state) ? silence : [])];
}

/** When to look again; undefined once she has hung up. */
export function nextWake(state: FloorState, now: Ms): Ms | undefined {
  if (state.phase === 'gone') return undefined;
  return ms(Math.min(...deadlines(state).filter((at) => at > now)));
}

/** What has become due at `now`. Pure. */
export function due(state: FloorState, now: Ms): Step {
  if (state.phase === 'gone') return [state, []];
  if (now >= state.limitAt) return giveUp(state, 'the call took longer than it may');
  const [fired, first] = fire(state, now);
  const [overheard, second] = talkedOver(fired, now);
  const [next, third] = ownMove(overheard, now);
  return [next, [...first, ...second, ...third]];
}

const giveUp = (state: FloorState, why: string): Step => [
  { ...state, phase: 'gone' },
  [{ kind: 'give-up', why }, { kind: 'hang-up' }],
];

/**
 * Plays what is due. What came due in a silence though it was meant for speech, or the other way round, while she speaks,
 * or before she knew of it has missed its utterance.
 */
function fire(state: FloorState, now: Ms): Step {
  const mayStimulate = state.phase === 'waiting' && state.interjecting === 0;
  let { interjecting, soundedAt } = state;
  const intentions: Intention[] = [];
  const triggers = state.triggers.map((trigger): Trigger => {
    if (trigger.state !== 'armed' || fireAt(trigger) > now) return trigger;
    const inPlace = state.agent.sounding !== followsEnd(trigger);
    if (!mayStimulate || !inPlace || now > after(leavesAt(trigger), -LAST_CALL_MS)) return missed(trigger);
    const { id, sham, takesFloor } = trigger.stimulus;
    intentions.push({ kind: 'stimulate', id, at: trigger.fireAt, sham });
    if (!sham) interjecting += 1;
    if (!sham && !takesFloor) soundedAt = trigger.fireAt;
    return { ...trigger, state: 'done' };
  });
  return [{ ...state, triggers, interjecting, soundedAt }, [...intentions, ...exhausted(state.triggers, triggers)]];
}

function talkedOver(state: FloorState, now: Ms): Step {
  const { speaking } = state;
  if (speaking?.overlapFrom === undefined || now < after(speaking.overlapFrom, OVER_MS)) return [state, []];
  const times = state.talkedOver + (speaking.counted ? 0 : 1);
  const next: FloorState = { ...state, talkedOver: times, speaking: { ...speaking, counted: true } };
  if (times > state.plan.patience.talkedOver) return giveUp(next, `talked over ${times} times`);
  return stops(speaking, now) ? [{ ...next, speaking: yielded(speaking) }, [{ kind: 'cut-line' }]] : [next, []];
}

const stops = (speaking: Speaking, now: Ms): boolean =>
  speaking.overlapFrom !== undefined &&
  now >= after(speaking.overlapFrom, YIELD_MS) &&
  speaking.endsAt - now > NEARLY_MS;

/** Having stopped, she does not stop again, and a goodbye that was cut off is no goodbye. */
const yielded = (speaking: Speaking): Speaking => ({
  ...speaking,
  overlapFrom: undefined,
  counted: true,
  closing: false,
});

function ownMove(state: FloorState, now: Ms): Step {
  if (state.phase === 'leaving') {
    return now >= hangUpAt(state) ? [{ ...state, phase: 'gone' }, [{ kind: 'hang-up' }]] : [state, []];
  }
  if (!waitsInSilence(state)) return [state, []];
  if (state.replied) {
    if (now < turnAt(state)) return [state, []];
    return [{ ...state, phase: 'choosing', nudged: false }, [{ kind: 'choose', why: 'turn' }]];
  }
  if (now >= giveUpAt(state)) return giveUp(state, 'silence');
  if (state.nudged || now < nudgeAt(state)) return [state, []];
  return [{ ...state, phase: 'choosing', nudged: true }, [{ kind: 'choose', why: 'nudge' }]];
}
