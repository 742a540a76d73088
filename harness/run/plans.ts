import type { Plan } from '../model/plan.ts';
import type { Suite, SuiteCall, SuiteExpect } from '../model/suite.ts';
import { makePlan, metronomePlan } from '../plan/plan.ts';
import { fromHandset, type Handsets } from './codecs.ts';
import { heldTo, requireNames } from './expectations.ts';
import type { LoadedSuite } from './suite.ts';
import { attacks, entry, habits, lines, people, scenarios } from './registry.ts';

/** What narrows or repeats a suite's calls, and what they are made with in place of the suite's. */
export interface Choice extends Handsets {
  readonly seed: number | undefined;
  readonly trials: number | undefined;
  /** Part of a plan's id. */
  readonly only: string | undefined;
}

/** Decides one call. */
export type Planner = (call: SuiteCall, seed: number, trial: number) => Plan;

/** Reads who can call, why and how. The planner is pure, and throws UsageError for a name nobody wrote. */
export async function openPlanner(beside?: string, expect: SuiteExpect = {}): Promise<Planner> {
  const [who, why, how, tries] = await Promise.all([
    people(beside),
    scenarios(beside),
    habits(beside),
    attacks(beside),
  ]);
  const held = heldTo(how, expect.habits);
  requireNames(why, expect.scenarios, 'scenario');
  return (call, seed, trial) => {
    const facts = entry(why, call.scenario, 'scenario');
    return makePlan({
      persona: call.persona,
      person: entry(who, call.persona, 'persona'),
      scenario: call.scenario,
      facts,
      habits: held,
      bounds: expect.scenarios?.[call.scenario] ?? [],
      ...(call.attack ? { attack: { name: call.attack, attack: entry(tries, call.attack, 'attack') } } : {}),
      mind: call.mind ?? facts.mind ?? 'listener',
      ...(call.desks === undefined ? {} : { desks: call.desks }),
      seed,
      trial,
    });
  };
}

/**
 * Decides every call of a suite, metronome calls spread evenly among them.
 * Pure but for reading the registries: same suite and seed, same plans.
 */
export async function plansOf({ suite, beside }: LoadedSuite, choice: Choice): Promise<readonly Plan[]> {
  const plan = await openPlanner(beside, suite.expect);
  const seed = choice.seed ?? suite.seed;
  const calls = suite.calls.flatMap((call) =>
    Array.from({ length: choice.trials ?? call.trials ?? 1 }, (_, trial) => plan(call, seed, trial)),
  );
  const usual = (await lines()).get(suite.line)?.codecs;
  const handsets: Handsets = {
    codecs: choice.codecs ?? suite.codecs ?? usual,
    srtp: choice.srtp ?? suite.srtp,
    network: choice.network ?? suite.network,
  };
  const plans = withMetronomes(calls.map(lasting(suite)), suite, seed).map((each) => fromHandset(each, handsets));
  return choice.only === undefined ? plans : plans.filter((plan) => plan.id.includes(choice.only ?? ''));
}

const lasting =
  ({ maxCallMinutes }: Suite) =>
  (plan: Plan): Plan =>
    maxCallMinutes === undefined ? plan : { ...plan, maxMs: Math.round(maxCallMinutes * 60_000) };

function withMetronomes(calls: readonly Plan[], suite: Suite, seed: number): readonly Plan[] {
  const plans = [...calls];
  for (let n = 0; n < suite.metronome; n++) {
    plans.splice(Math.round(((n + 0.5) * plans.length) / suite.metronome), 0, metronomePlan(seed, n + 1));
  }
  return plans;
}
