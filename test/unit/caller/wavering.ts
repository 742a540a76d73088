import type { Facts, Plan } from '../../../harness/model/plan.ts';
import { makePlan } from '../../../harness/plan/plan.ts';
import { habits, people, scenarios } from '../../../harness/run/registry.ts';

const person = (await people()).get('wavering-wanda');
const why = await scenarios();
const how = await habits();

/** Wanda, who changes her mind at `where`. */
export function wavering(scenario: string, where: string, seed: number): Plan {
  const facts = why.get(scenario);
  if (!person || !facts) throw new Error(`no wavering-wanda or ${scenario}`);
  const set = { ...person, habits: [{ name: 'changes-her-mind', with: { where } }] };
  return makePlan({ persona: 'w', person: set, scenario, facts, habits: how, mind: 'listener', seed, trial: 0 });
}

/** What her lines tell in the end, said in order. */
export const ledgerOf = (plan: Plan): Facts =>
  Object.assign({}, ...plan.lines.filter(({ onAgenda }) => onAgenda).map(({ facts }) => facts)) as Facts;
