import { z } from 'zod';
import type { Metric } from '../../model/metric.ts';
import type { Habit, Person, Place } from '../../model/person.ts';
import type { Attack, PlanDraft, PlannedLine, Scenario } from '../../model/plan.ts';
import { line } from '../../model/script.ts';
import { chance } from '../../model/seed.ts';
import type { VoiceKind } from '../../model/speech.ts';
import { fillFacts } from '../../plan/spoken.ts';
import { complaintAbout, nearest } from './complaint.ts';
import type { Complaint } from './complaint.ts';

/** Names that may be referred to. */
export interface Known {
  readonly habits: readonly string[];
  readonly places: readonly string[];
  readonly metrics: readonly string[];
  /** Voice engines, and the names each can speak with; none listed: any. */
  readonly voices: ReadonlyMap<string, readonly string[]>;
}

const work = z
  .custom<(...given: never[]) => unknown>((value) => typeof value === 'function', 'expected a function')
  .meta({
    examples: ['a function, as its type in hangup/model/person and hangup/model/plan says'],
  });
const summary = z
  .string()
  .min(1)
  .meta({ examples: ['what it is, in a few words'] });
const bound = z.looseObject({
  metric: z.string().meta({ examples: ['turn_latency'] }),
  of: z.enum(['p50', 'p95', 'rate', 'mean', 'max', 'at10', 'at50', 'difference']),
  limit: z.number(),
});
const patience = z.looseObject({ deadAirMs: z.number(), talkedOver: z.number(), askedAgain: z.number() });

const SHAPES = {
  person: z.looseObject({
    summary,
    voice: z.looseObject({ engine: z.string(), name: z.string(), rate: z.number() }),
    habits: z.array(z.looseObject({ name: z.string() })),
    place: z.looseObject({ name: z.string(), snrDb: z.number() }),
    phone: z.looseObject({ codec: z.string(), loss: z.number().min(0).max(1) }),
    patience,
  }),
  scenario: z.looseObject({
    summary,
    stakes: z.enum(['low', 'medium', 'high']),
    opens: z.enum(['agent', 'caller']),
    facts: z.record(z.string(), z.string()),
    lines: z
      .array(z.looseObject({ id: z.string().min(1), topic: z.string().min(1), pieces: z.array(z.looseObject({})) }))
      .min(1),
    expect: z.looseObject({
      handoff: z.looseObject({ truth: z.enum(['must', 'may', 'must-not']), facts: z.array(z.string()) }),
    }),
    slips: z.record(z.string(), z.looseObject({ line: z.string(), wrongValue: z.string() })),
  }),
  habit: z.looseObject({ summary, bounds: z.array(bound), apply: work }),
  attack: z.looseObject({ summary, bounds: z.array(bound), apply: work }),
  place: z.looseObject({ summary, noise: work }),
  metric: z.looseObject({
    summary,
    unit: z.enum(['ms', 's', 'rate', 'count', 'ratio', 'dB']),
    better: z.enum(['lower', 'higher']),
    kind: z.enum(['latency', 'rate', 'amount', 'curve', 'tradeoff']),
    version: z.number().min(1),
    needs: z.array(z.enum(['wire', 'ear', 'office', 'hooks', 'world', 'claims'])).min(1),
    measure: work,
  }),
  voice: z.looseObject({ summary, voices: work, missing: work, open: work }),
} as const;

/** `name` is not among `known`. */
function unknown(path: Complaint['path'], noun: string, name: string, known: readonly string[]): Complaint | undefined {
  if (known.includes(name)) return undefined;
  const near = nearest(name, known);
  const remedy = near === undefined ? `there are: ${known.toSorted().join(', ')}` : `did you mean "${near}"?`;
  return { path, says: `there is no ${noun} called "${name}"; ${remedy}` };
}

const first = <T>(
  items: readonly T[],
  check: (item: T, index: number) => Complaint | undefined,
): Complaint | undefined => items.map(check).find((found) => found !== undefined);

/** A person's contract: its shape, and that its habits, place and voice exist. */
export function personComplaint(person: Person, known: Known): Complaint | undefined {
  const { engine, name } = person.voice ?? {};
  const speaks = (): Complaint | undefined => {
    const names = known.voices.get(engine) ?? [];
    return names.length === 0 ? undefined : unknown(['voice', 'name'], `voice of ${engine}`, name, names);
  };
  return (
    complaintAbout(SHAPES.person, person) ??
    first(person.habits, (habit, i) => unknown(['habits', i, 'name'], 'habit', habit.name, known.habits)) ??
    unknown(['place', 'name'], 'place', person.place.name, known.places) ??
    unknown(['voice', 'engine'], 'voice engine', engine, [...known.voices.keys()]) ??
    speaks()
  );
}

/** A scenario's contract: its shape, and that its lines tell all that is expected of the call. */
export function scenarioComplaint(scenario: Scenario): Complaint | undefined {
  return (
    complaintAbout(SHAPES.scenario, scenario) ??
    twice(scenario.lines) ??
    nothingToSay(scenario) ??
    commitComplaint(scenario) ??
    handoffComplaint(scenario) ??
    slipComplaint(scenario)
  );
}

function twice(lines: readonly PlannedLine[]): Complaint | undefined {
  return first(lines, ({ id }, i) =>
    lines.findIndex((other) => other.id === id) < i
      ? { path: ['lines', i], says: `another line goes by "${id}" already; give one of them an id of its own` }
      : undefined,
  );
}

const nothingToSay = ({ lines }: Scenario): Complaint | undefined =>
  lines.some(({ onAgenda }) => onAgenda)
    ? undefined
    : { path: ['lines'], says: 'no line is said in its turn; take `when` or `agenda: false` from one of them' };

const tellsOf = ({ lines, facts }: Scenario) =>
  new Map(lines.flatMap((one) => Object.entries(fillFacts(one.facts, facts))));

function commitComplaint(scenario: Scenario): Complaint | undefined {
  const { commit } = scenario.expect;
  const told = tellsOf(scenario);
  return first(commit?.slots ?? [], (slot) => {
    const path = ['expect', 'commit', slot];
    const written = commit?.values?.[slot];
    if (written !== undefined && told.has(slot)) {
      return { path, says: `the lines tell "${told.get(slot) ?? ''}", not "${written}"; write ${slot}: "{${slot}}"` };
    }
    if (written !== undefined || told.has(slot)) return undefined;
    return { path, says: `no line tells it; add tells: { ${slot}: ... } to the line that says it` };
  });
}

function handoffComplaint(scenario: Scenario): Complaint | undefined {
  const { truth, desk, facts } = scenario.expect.handoff;
  const path = ['expect', 'handoff'];
  if (truth === 'must' && desk === undefined) {
    return { path, says: 'desk is missing, and she must be put through; write desk: front desk' };
  }
  if (truth !== 'must' && desk !== undefined) {
    return {
      path: [...path, 'desk'],
      says: `she need not reach a desk (truth is ${truth}); leave desk out, or write truth: must`,
    };
  }
  const told = tellsOf(scenario);
  return first(facts, (fact, i) =>
    told.has(fact)
      ? undefined
      : {
          path: [...path, 'facts', i],
          says: `no line tells ${fact}; add tells: { ${fact}: ... } to the line that says it`,
        },
  );
}

function slipComplaint({ slips, lines, facts }: Scenario): Complaint | undefined {
  return first(Object.entries(slips), ([slot, slip]) => {
    const where = lines.find(({ id }) => id === slip.line);
    if (!where)
      return unknown(
        ['slips', slot, 'line'],
        'line',
        slip.line,
        lines.map(({ id }) => id),
      );
    if (where.facts[slot] === undefined) {
      return {
        path: ['slips', slot, 'line'],
        says: `the line "${slip.line}" does not tell ${slot}; name the one that does`,
      };
    }
    if (slip.wrongValue !== facts[slot]) return undefined;
    return {
      path: ['slips', slot, 'wrongValue'],
      says: `it is the right value; write another than ${slip.wrongValue}`,
    };
  });
}

/** A call to try habits and attacks on. */
const SAMPLE: PlanDraft = frozen({
  lines: [
    line({
      topic: 'opening',
      say: 'hello, i would like to book a visit',
      again: ['a visit, please'],
      tells: { service: 'visit' },
    }),
    line({ topic: 'day', say: 'tuesday would suit me', again: ['tuesday'], tells: { day: 'tuesday' } }),
    line({
      topic: 'phone',
      say: 'it is five five five, oh one four two',
      again: ['five five five, oh one four two'],
      tells: { phone: '5550142' },
    }),
    line({ topic: 'goodbye', say: 'thank you, goodbye' }),
  ],
  stimuli: [],
  facts: { service: 'visit', day: 'tuesday', phone: '5550142', name: 'ann miller' },
  slips: {
    day: {
      line: 'day',
      wrong: 'thursday would suit me',
      wrongValue: 'thursday',
      repair: 'sorry, tuesday',
      inTurn: 'no, tuesday',
    },
  },
});

/** Earliest offset of a trigger: before it nobody has heard the agent. */
const EARLIEST_MS = 120;

/** A habit's contract: its shape, metrics that exist, the same result for the same dice, and triggers that can fire. */
export const habitComplaint = (habit: Habit, known: Known): Complaint | undefined =>
  complaintAbout(SHAPES.habit, habit) ??
  boundsComplaint(habit, known) ??
  rewriting((draft) => habit.apply(draft, {}, chance(1)));

/** An attack's contract: as a habit's, and it makes her say something. */
export const attackComplaint = (attack: Attack, known: Known): Complaint | undefined =>
  complaintAbout(SHAPES.attack, attack) ??
  boundsComplaint(attack, known) ??
  rewriting((draft) => attack.apply(draft)) ??
  (attack.apply(SAMPLE).lines.length > SAMPLE.lines.length
    ? undefined
    : { path: ['apply'], says: 'it adds no line that she says; return { ...draft, lines: [attack, ...draft.lines] }' });

const boundsComplaint = ({ bounds }: Habit | Attack, known: Known): Complaint | undefined =>
  first(bounds, ({ metric }, i) => unknown(['bounds', i, 'metric'], 'metric', metric, known.metrics));

function rewriting(apply: (draft: PlanDraft) => PlanDraft): Complaint | undefined {
  const path = ['apply'];
  let made: PlanDraft;
  try {
    made = apply(SAMPLE);
    if (JSON.stringify(apply(SAMPLE)) !== JSON.stringify(made)) {
      return { path, says: 'it gives another draft the second time; draw every chance from the dice it is given' };
    }
  } catch (error) {
    const why = (error as Error).message;
    return { path, says: `it fails on an ordinary call: ${why}; return a new draft, and change nothing of the old` };
  }
  const lines = ['', ...made.lines.map(({ id }) => id)];
  return first(made.stimuli, ({ id, trigger }) =>
    trigger.offsetMs >= EARLIEST_MS && lines.includes(trigger.line)
      ? undefined
      : {
          path,
          says: `its stimulus "${id}" can never fire; give it a line of the draft and an offset of ${EARLIEST_MS} ms or more`,
        },
  );
}

/** A place's contract: as many samples as were asked for, the same for the same seed, within -1 and 1. */
export function placeComplaint(place: Place): Complaint | undefined {
  const shape = complaintAbout(SHAPES.place, place);
  if (shape) return shape;
  const path = ['noise'];
  const [once, twice] = [place.noise(8000, 8000, chance(1)), place.noise(8000, 8000, chance(1))];
  if (!(once instanceof Float32Array) || once.length !== 8000) {
    return { path, says: 'it must return a Float32Array of as many samples as it is asked for' };
  }
  if (once.some((value) => !(Math.abs(value) <= 1)))
    return { path, says: 'a sample lies outside -1 and 1; scale it down' };
  return once.every((value, i) => value === twice[i])
    ? undefined
    : { path, says: 'it sounds different the second time; draw every chance from the dice it is given' };
}

/** A measure's contract: its shape, and that a rate is counted as one. */
export const metricComplaint = (metric: Metric): Complaint | undefined =>
  complaintAbout(SHAPES.metric, metric) ??
  ((metric.kind === 'rate') === (metric.unit === 'rate')
    ? undefined
    : {
        path: ['unit'],
        says: `kind is ${metric.kind} and unit ${metric.unit}; a rate has the unit rate, and nothing else has`,
      });

/** A voice's contract: its shape. */
export const voiceComplaint = (voice: VoiceKind): Complaint | undefined => complaintAbout(SHAPES.voice, voice);

/** `value` frozen all the way down. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
