import { readdirSync, readFileSync } from 'node:fs';
import type { Activity, Sounding } from '../../harness/model/activity.ts';
import type { CallView } from '../../harness/model/metric.ts';
import type { Plan } from '../../harness/model/plan.ts';
import type { CallEvent, CallRecord, Evidence } from '../../harness/model/record.ts';
import { ms } from '../../harness/model/time.ts';
import { viewCall } from '../../metrics/turns/view.ts';

/** A call written down by hand: who sounded when, what happened, and what must come out. */
export interface Golden {
  readonly about: string;
  readonly evidence?: readonly Evidence[];
  /** What differs from a plain plan. */
  readonly plan?: Partial<Plan>;
  /** Soundings: onset, stop, and what differs from a clean one. */
  readonly agent: readonly (Partial<Sounding> & Pick<Sounding, 'onset' | 'stop'>)[];
  readonly desk?: Golden['agent'];
  readonly activity?: Partial<Activity>;
  /** The agent's words as an ear heard them: text, from, to. */
  readonly words?: readonly (readonly [string, number, number])[];
  /** When the agent's first packet came. */
  readonly mediaFrom?: number;
  /** What differs from an event without anything special about it. */
  readonly events: readonly Partial<CallEvent>[];
  readonly expect: {
    readonly outcome: string;
    readonly reasons?: readonly string[];
    /** By metric: `of [class] = value`, with `+` after a censored value. */
    readonly scores: Readonly<Record<string, readonly string[]>>;
  };
}

const PLAN: Plan = {
  schema: 'hangup.plan/1',
  id: 'golden',
  seed: 1,
  persona: 'golden',
  scenario: 'golden',
  stakes: 'low',
  opens: 'agent',
  mind: 'listener',
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 6000, talkedOver: 2, askedAgain: 2 },
  lines: [],
  stimuli: [],
  expect: { handoff: { truth: 'may', facts: [] } },
  bounds: [],
  desks: 'answer',
  maxMs: 180_000,
};

const FOLDER = new URL('./calls/', import.meta.url);

/** Every golden call, by file name. */
export const goldens = (): ReadonlyMap<string, Golden> =>
  new Map(
    readdirSync(FOLDER)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Golden]),
  );

/** The golden call as measures see it. */
export const viewOf = (golden: Golden): CallView => viewCall(recordOf(golden), activityOf(golden));

function recordOf(golden: Golden): CallRecord {
  const nothing = new Int16Array(0);
  const zero = 0 as CallRecord['tracks']['callerOrigin'];
  return {
    schema: 'hangup.call/1',
    head: {
      id: 'golden',
      plan: 'golden',
      line: 'loopback',
      timing: 'exact',
      time: 'virtual',
      target: 'loopback:agent',
      evidence: golden.evidence ?? ['wire', 'office'],
    },
    plan: { ...PLAN, ...golden.plan },
    events: golden.events.map(eventOf),
    tracks: { rate: 8000, caller: nothing, callerOrigin: zero, agent: nothing, maps: mapsOf(golden), lost: [] },
    desk: undefined,
  };
}

const mapsOf = ({ mediaFrom }: Golden): CallRecord['tracks']['maps'] =>
  mediaFrom === undefined ? [] : [{ ssrc: 1, from: 0, to: 8000, originMs: ms(mediaFrom), msPerSample: 0.125 }];

function activityOf(golden: Golden): Activity {
  return {
    schema: 'hangup.activity/1',
    detector: 'by hand',
    agent: golden.agent.map(soundingOf),
    desk: (golden.desk ?? []).map(soundingOf),
    floorDb: -65,
    callerDb: undefined,
    callerFloorDb: undefined,
    ...(golden.words
      ? { words: golden.words.map(([text, from, to]) => ({ text, from: ms(from), to: ms(to), u: 20 })) }
      : {}),
    ...golden.activity,
  };
}

const soundingOf = (sounding: Golden['agent'][number]): Sounding => ({
  end: sounding.stop,
  u: { onset: 2, stop: 2, end: 2 },
  levelDb: -26,
  ducks: [],
  ...sounding,
});

/** Fills in what a hand-made event leaves out. */
function eventOf(event: Partial<CallEvent>): CallEvent {
  switch (event.kind) {
    case 'said':
      return {
        source: 'caller',
        at: event.onset,
        text: '',
        topic: event.line,
        way: 0,
        mumbled: false,
        pauses: [],
        facts: {},
        cut: false,
        desk: false,
        ...event,
      } as CallEvent;
    case 'stimulus':
      return {
        source: 'caller',
        at: event.onset,
        text: '',
        sham: false,
        takesFloor: event.stimulus === 'interruption' || event.stimulus === 'correction',
        intended: event.onset,
        intent: event.onset,
        facts: {},
        ...event,
      } as CallEvent;
    default:
      return event as CallEvent;
  }
}
