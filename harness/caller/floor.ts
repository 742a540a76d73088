import type { Plan } from '../model/plan.ts';
import { after, ms } from '../model/time.ts';
import type { Ms } from '../model/time.ts';
import { due, exhausted, FAREWELL_MS, LEAD_MS, nextWake, quietSince } from './floor-due.ts';
import type { FloorEvent, FloorState, Intention } from './floor-state.ts';
import { onOwnLine, onSilence, onUtterance, onWentOn, triggersOf } from './triggers.ts';
import type { Leads } from './triggers.ts';

/** Pauses shorter than this do not end an utterance, ms (as in the measures). */
const MERGE_MS = 200;
/** An utterance of which she heard at least this much after her own end counts as a reply, ms. */
const TAIL_MS = 500;

/** The floor before anybody has spoken; `at` is the answer, `leads` what her stimuli begin with. */
export function openFloor(plan: Plan, at: Ms, leads: Leads = new Map()): FloorState {
  return {
    phase: 'waiting',
    agent: { sounding: false, onset: at, offset: at, utterance: 0, total: 0 },
    since: at,
    replied: plan.opens === 'caller',
    nudged: false,
    silent: undefined,
    speaking: undefined,
    interjecting: 0,
    interjected: at,
    soundedAt: undefined,
    lastLine: '',
    triggers: triggersOf(plan, leads),
    talkedOver: 0,
    repeats: {},
    limitAt: after(at, plan.maxMs),
    leaveAt: undefined,
    turns: 0,
    plan,
  };
}

/** All turn-taking: what happened, then what is due. Pure. */
export function floor(state: FloorState, event: FloorEvent): readonly [FloorState, readonly Intention[]] {
  if (state.phase === 'gone') return [state, []];
  const [told, first] = take(state, event);
  const [next, second] = due(told, event.at);
  const wake = nextWake(next, event.at);
  const rest: readonly Intention[] = wake === undefined ? [] : [{ kind: 'wake', at: wake }];
  return [next, [...first, ...second, ...rest]];
}

type Step = readonly [FloorState, readonly Intention[]];

const only = (state: FloorState): Step => [state, []];

function take(state: FloorState, event: FloorEvent): Step {
  switch (event.kind) {
    case 'agent-started':
      return agentStarted(state, event.onset);
    case 'agent-stopped':
      return only(agentStopped(state, event.offset));
    case 'chose-line':
      return choseLine(state, event);
    case 'chose-to-wait':
      return only(state.phase === 'choosing' ? handOver(state, event.at) : state);
    case 'chose-to-leave':
      return state.phase === 'choosing' ? [{ ...state, phase: 'gone' }, [{ kind: 'hang-up' }]] : only(state);
    case 'line-over':
      return only(lineOver(state, event.at, event.end));
    case 'stimulus-over':
      return only(stimulusOver(state, event.end, event.takesFloor));
    case 'transferring':
      return [{ ...state, phase: 'held' }, state.speaking ? [{ kind: 'cut-line' }] : []];
    case 'joined':
      return only({
        ...handOver(state, event.at),
        agent: { ...state.agent, sounding: false, offset: event.at },
        triggers: [],
      });
    case 'returned':
      return only(handOver(state, event.at));
    case 'desk-spoke':
      return only(
        state.phase === 'waiting' && !state.agent.sounding
          ? { ...state, replied: state.replied || state.agent.offset > state.since }
          : state,
      );
    case 'answered':
    case 'wake':
      return only(state);
  }
}

/** The floor is the agent's from `since` on. */
function handOver(state: FloorState, since: Ms): FloorState {
  const agent = { ...state.agent, utterance: 0 };
  return { ...state, phase: 'waiting', speaking: undefined, since, replied: false, agent, turns: state.turns + 1 };
}

function agentStarted(state: FloorState, onset: Ms): Step {
  const { agent } = state;
  const speaking = state.speaking && {
    ...state.speaking,
    overlapFrom: state.speaking.overlapFrom ?? onset,
    counted: false,
  };
  if (agent.total > 0 && onset - agent.offset < MERGE_MS) {
    return only({ ...state, speaking, triggers: state.triggers.map(onWentOn), agent: { ...agent, sounding: true } });
  }
  const utterance = agent.utterance + 1;
  const total = agent.total + 1;
  const place = { lastLine: state.lastLine, sinceLine: utterance, inCall: total, onset };
  const triggers = state.triggers.map((trigger) => onUtterance(trigger, place));
  const heard = { ...state, speaking, triggers, agent: { ...agent, sounding: true, onset, utterance, total } };
  return [heard, exhausted(state.triggers, heard.triggers)];
}

function agentStopped(state: FloorState, offset: Ms): FloorState {
  const { agent, since } = state;
  const replied = state.replied || agent.onset >= since || offset - since > TAIL_MS;
  const speaking = state.speaking && { ...state.speaking, overlapFrom: undefined };
  const triggers = state.triggers.map((trigger) => onSilence(trigger, offset));
  return { ...state, replied, speaking, triggers, agent: { ...agent, sounding: false, offset } };
}

function choseLine(state: FloorState, event: Extract<FloorEvent, { kind: 'chose-line' }>): Step {
  if (state.phase !== 'choosing') return only(state);
  // The agent went on while she was thinking: she lets it, and thinks again afterwards.
  if (state.agent.sounding) return only({ ...state, phase: 'waiting', replied: false });
  const { line, closing, silence } = event;
  if (silence && state.silent?.line !== line) {
    const until = after(quietSince(state), silence.forMs);
    return only({ ...state, phase: 'waiting', replied: true, silent: { line, until } });
  }
  if (silence?.ends === 'hangs-up') return [{ ...state, phase: 'gone' }, [{ kind: 'hang-up' }]];
  const repeats = event.again ? { ...state.repeats, [line]: (state.repeats[line] ?? 0) + 1 } : state.repeats;
  if ((repeats[line] ?? 0) > state.plan.patience.askedAgain) {
    return [
      { ...state, phase: 'gone' },
      [{ kind: 'give-up', why: `asked for ${line} too often` }, { kind: 'hang-up' }],
    ];
  }
  const startAt = after(event.at, LEAD_MS);
  const order = state.plan.lines.map((planned) => planned.id);
  const triggers = state.triggers.map((trigger) => onOwnLine(trigger, order, line));
  const next: FloorState = {
    ...state,
    phase: 'speaking',
    repeats,
    triggers,
    lastLine: line,
    speaking: { line, endsAt: after(startAt, event.lengthMs), closing, overlapFrom: undefined, counted: false },
  };
  return [next, [{ kind: 'say', startAt }, ...exhausted(state.triggers, next.triggers)]];
}

function lineOver(state: FloorState, at: Ms, end: Ms): FloorState {
  if (state.phase !== 'speaking') return { ...state, speaking: undefined };
  const over = handOver(state, end);
  return state.speaking?.closing ? { ...over, phase: 'leaving', leaveAt: after(at, FAREWELL_MS) } : over;
}

function stimulusOver(state: FloorState, end: Ms, takesFloor: boolean): FloorState {
  const interjecting = Math.max(0, state.interjecting - 1);
  const answered = takesFloor && state.plan.metronome === undefined && state.phase === 'waiting';
  const interjected = state.plan.metronome === undefined ? end : state.interjected;
  if (!answered) return { ...state, interjecting, interjected };
  const talking = state.agent.sounding ? 1 : 0;
  return {
    ...state,
    interjecting,
    interjected,
    since: ms(Math.max(state.since, end)),
    replied: false,
    turns: state.turns + talking,
  };
}
