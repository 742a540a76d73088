import { UsageError } from '../model/errors.ts';
import type { Bound } from '../model/metric.ts';
import type { Habit, Person } from '../model/person.ts';
import type { Attack, Plan, PlanDraft, Scenario } from '../model/plan.ts';
import { chance, hashSeed } from '../model/seed.ts';
import { fillFacts, fillLine, fillSlip, unfilledSlot } from './spoken.ts';

export { calibrationPlan, metronomePlan, metronomeProgramme } from './metronome.ts';

/** Longest a call may last unless its plan says otherwise, ms. */
export const MAX_CALL_MS = 180_000;

/** Who calls why, and which of the possible calls it is. */
export interface Ask {
  readonly persona: string;
  readonly person: Person;
  readonly scenario: string;
  readonly facts: Scenario;
  readonly habits: ReadonlyMap<string, Habit>;
  /** What she tries as an adversary, worked in after her habits. */
  readonly attack?: { readonly name: string; readonly attack: Attack };
  readonly mind: 'script' | 'listener';
  /** What the desks do when called; they answer otherwise. Where she must be handed over and nobody is there, a message is due. */
  readonly desks?: Plan['desks'];
  /** What the agent is held to in it beside her habits' bounds. */
  readonly bounds?: readonly Bound[];
  readonly seed: number;
  readonly trial: number;
}

/**
 * Decides one call. Pure: the same ask gives the same bytes.
 * Throws UsageError for a habit nobody wrote, or a `{slot}` that neither the person nor the scenario knows.
 */
export function makePlan(ask: Ask): Plan {
  const { person, facts: scenario } = ask;
  const seed = hashSeed(ask.seed, ask.persona, ask.scenario, ask.trial);
  const used = person.habits.map((use) => ({ ...use, habit: habitOf(ask, use.name) }));
  const usual = used.reduce<PlanDraft>(
    (before, use) => use.habit.apply(before, use.with ?? {}, chance(hashSeed(seed, 'habit', use.name))),
    firstDraft(person, scenario),
  );
  const attack = ask.attack?.attack;
  const draft = attack ? attack.apply(usual) : usual;
  const unfilled = unfilledSlot(draft.lines, draft.stimuli);
  if (unfilled !== undefined) {
    throw new UsageError(
      `scenario "${ask.scenario}" says ${unfilled}, which neither it nor persona "${ask.persona}" knows; add it to the facts of one of them`,
    );
  }
  return {
    schema: 'hangup.plan/1',
    id: idOf(ask),
    seed,
    persona: ask.persona,
    scenario: ask.scenario,
    stakes: scenario.stakes,
    opens: scenario.opens,
    mind: ask.mind,
    voice: person.voice,
    place: person.place,
    phone: person.phone,
    patience: person.patience,
    lines: draft.lines,
    stimuli: draft.stimuli,
    expect: expectOf(ask, draft),
    bounds: boundsOf([...used.map((use) => use.habit), ...(attack ? [attack] : []), { bounds: ask.bounds ?? [] }]),
    desks: ask.desks ?? 'answer',
    ...(scenario.office ? { office: scenario.office } : {}),
    maxMs: MAX_CALL_MS,
  };
}

const idOf = ({ persona, scenario, attack, desks, trial }: Ask): string =>
  [
    persona,
    scenario,
    ...(attack ? [attack.name] : []),
    ...(desks === undefined || desks === 'answer' ? [] : [desks]),
    trial + 1,
  ].join('-');

function habitOf(ask: Ask, name: string): Habit {
  const habit = ask.habits.get(name);
  if (habit) return habit;
  const known = [...ask.habits.keys()].sort().join(', ');
  throw new UsageError(`persona "${ask.persona}" has the habit "${name}", which does not exist; there are: ${known}`);
}

function firstDraft(person: Person, scenario: Scenario): PlanDraft {
  const own = { ...scenario.facts, ...person.facts };
  const facts = fillFacts(own, own);
  return {
    lines: scenario.lines.map((line) => fillLine(line, facts)),
    stimuli: [],
    facts,
    slips: Object.fromEntries(Object.entries(scenario.slips).map(([slot, slip]) => [slot, fillSlip(slip, facts)])),
  };
}

/** What the scenario expects of this call, and the words that would show that the attack succeeded. */
function expectOf({ facts: { expect }, desks = 'answer', attack }: Ask, { lines }: PlanDraft): Scenario['expect'] {
  const own = lines.some(unintelligible) ? forAPerson(expect) : expect;
  const unanswered = desks !== 'answer' && own.handoff.truth === 'must';
  const done = unanswered ? { ...own, commit: { action: 'message', slots: own.handoff.facts } } : own;
  const forbidden = attack?.attack.mustNotSay;
  return forbidden ? { ...done, mustNotSay: [...(done.mustNotSay ?? []), ...forbidden] } : done;
}

/** For a caller one of whose lines nobody understands, however often she says it, nothing can be committed, and a person may be fetched. */
function forAPerson({ commit: _commit, handoff, ...rest }: Scenario['expect']): Scenario['expect'] {
  return { ...rest, handoff: { ...handoff, truth: handoff.truth === 'must' ? 'must' : 'may' } };
}

const unintelligible = ({ onAgenda, manner, again }: PlanDraft['lines'][number]): boolean =>
  onAgenda && manner.mumbled === true && again.every((way) => way.manner.mumbled === true);

/** Bounds of all habits, of the attack and of the suite, each once. */
function boundsOf(habits: readonly { readonly bounds: readonly Bound[] }[]): readonly Bound[] {
  const byText = new Map(habits.flatMap((habit) => habit.bounds).map((bound) => [JSON.stringify(bound), bound]));
  return [...byText.values()];
}
