import type { CallView } from '../model/metric.ts';
import type { Codec, Transport } from '../model/line.ts';
import type { Person } from '../model/person.ts';
import type { Plan, PlannedStimulus, Scenario } from '../model/plan.ts';
import { line } from '../model/script.ts';
import type { Clock } from '../model/time.ts';
import { makePlan } from '../plan/plan.ts';
import { YIELDS_WITHIN, yieldedWithin } from '../../metrics/turns/yielding.ts';
import { placeOne } from './run.ts';
import type { Workshop } from './run.ts';

/** What one plain call shows of an agent. Times in ms. */
export interface FirstCall {
  readonly codec: Codec;
  /** From the INVITE to its 200. */
  readonly answerMs: number;
  /** From the 200 to the agent's first sound; undefined: it never made one. */
  readonly firstSoundMs: number | undefined;
  readonly speaksFirst: 'agent' | 'caller' | 'nobody';
  /** From the end of our hello to the reply; undefined: there was none. */
  readonly replyMs: number | undefined;
  /** Our own voice came back so much softer, so much later. */
  readonly echo: { readonly lossDb: number; readonly delayMs: number } | undefined;
  /** What it did when we spoke while it spoke; undefined: it never spoke long enough to try. */
  readonly spokenOver: { readonly did: 'stopped' | 'kept-talking'; readonly afterMs: number } | undefined;
  readonly ended: string;
}

/** Nobody took the call, and why. */
export interface NoCall {
  readonly refused: string;
}

const CALLER: Person = {
  summary: 'says hello, waits, asks for more, and speaks once while the agent does',
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  habits: [],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 10_000, talkedOver: 20, askedAgain: 4 },
};

const REASON: Scenario = {
  summary: 'wants to know who answers',
  stakes: 'low',
  opens: 'agent',
  facts: {},
  lines: [
    line({ topic: 'opening', say: 'hello', again: ['hello, is anybody there'] }),
    line({ topic: 'more', say: 'could you tell me a little more about that, please' }),
    line({ topic: 'goodbye', say: 'thank you, goodbye' }),
  ],
  expect: { handoff: { truth: 'may', facts: [] } },
  slips: {},
};

const OVER: PlannedStimulus = {
  id: 'over',
  kind: 'interruption',
  trigger: { line: 'opening', utterance: 1, offsetMs: 900 },
  sham: false,
  pieces: [{ say: 'sorry, one question' }],
  manner: {},
  facts: {},
  takesFloor: true,
};

/** No first call takes longer, ms. */
const LONGEST_MS = 60_000;

/** The one call of `hangup init`: a plain caller who listens, says hello and waits. */
export function firstPlan(): Plan {
  const plan = makePlan({
    persona: 'init',
    person: CALLER,
    scenario: 'first-call',
    facts: REASON,
    habits: new Map(),
    mind: 'script',
    seed: 1,
    trial: 0,
  });
  return { ...plan, stimuli: [OVER], maxMs: LONGEST_MS };
}

/** Places the first call and says what answered. Keeps nothing. */
export async function firstCall(plan: Plan, workshop: Workshop, signal: AbortSignal): Promise<FirstCall | NoCall> {
  const dialled: { codec?: Codec; answerMs?: number } = {};
  const timed = async (...asked: Parameters<Workshop['stage']['enter']>) => {
    const world = await workshop.stage.enter(...asked);
    return { ...world, transport: timing(world.transport, world.clock, dialled) };
  };
  const { view } = await placeOne(plan, signal, { ...workshop, stage: { ...workshop.stage, enter: timed } });
  const ended = view.events.find((event) => event.kind === 'ended')?.ending;
  const { codec, answerMs } = dialled;
  if (codec === undefined || answerMs === undefined) return { refused: ended?.detail ?? 'the call was broken off' };
  return { codec, answerMs, ...seenIn(view), ended: ended ? `${ended.by}: ${ended.detail}` : 'broken off' };
}

/** The transport, with how long it took to be answered, and by which codec. */
function timing(transport: Transport, clock: Clock, seen: { codec?: Codec; answerMs?: number }): Transport {
  return {
    name: transport.name,
    time: transport.time,
    listen: (...asked) => transport.listen(...asked),
    close: () => transport.close(),
    dial: async (target, ctx) => {
      const from = clock.now();
      const line = await transport.dial(target, ctx);
      seen.answerMs = Math.round(clock.now() - from);
      seen.codec = line.format.codec;
      return line;
    },
  };
}

function seenIn(view: CallView): Omit<FirstCall, 'codec' | 'answerMs' | 'ended'> {
  const answered = view.events.find(({ kind }) => kind === 'answered')?.at ?? 0;
  const hello = view.events.find((event) => event.kind === 'said');
  const [first] = view.utterances;
  const turn = view.turns.find(({ topic }) => topic === 'opening');
  const over = view.reactions.find(({ into }) => into !== undefined);
  const { echo } = view.activity;
  return {
    firstSoundMs: first && Math.round(first.onset - answered),
    speaksFirst: first === undefined ? 'nobody' : hello && hello.onset < first.onset ? 'caller' : 'agent',
    replyMs: turn?.reply && Math.round(turn.reply.onset - turn.callerEnd),
    echo: echo && { lossDb: Math.round(echo.lossDb * 10) / 10, delayMs: Math.round(echo.delayMs) },
    spokenOver: over && {
      did: yieldedWithin(over, view.over, YIELDS_WITHIN) ? 'stopped' : 'kept-talking',
      afterMs: Math.round((over.stop ?? view.over) - over.event.onset),
    },
  };
}

/** What answered, a line each. */
export function describeCall(found: FirstCall): readonly string[] {
  const { spokenOver, echo } = found;
  const first = {
    agent: `it speaks first, ${found.firstSoundMs ?? 0} ms after the answer`,
    caller: `it waits for the caller to speak first; its first sound came ${found.firstSoundMs ?? 0} ms after the answer`,
    nobody: 'it was never heard: no sound came in the whole call',
  }[found.speaksFirst];
  return [
    `it answered after ${found.answerMs} ms, with ${found.codec}`,
    first,
    found.replyMs === undefined ? 'it did not reply to our hello' : `it replied to our hello after ${found.replyMs} ms`,
    echo ? `our own voice comes back, ${echo.lossDb} dB softer after ${echo.delayMs} ms` : 'no echo of our own voice',
    spokenOver === undefined
      ? 'whether it stops when spoken over was not seen: it never spoke for a second when we tried'
      : spokenOver.did === 'stopped'
        ? `it stopped ${spokenOver.afterMs} ms after we spoke over it`
        : `it keeps talking when spoken over: on for ${spokenOver.afterMs} ms`,
    `the call ended by ${found.ended}`,
  ];
}
