import { makePlan } from '../../../harness/plan/plan.ts';
import { people, scenarios } from '../../../harness/run/registry.ts';
import type { Plan, PlannedStimulus } from '../../../harness/model/plan.ts';

const person = (await people()).get('plain-paula');
const why = await scenarios();

/** Plain Paula with nothing but these stimuli. */
export function plainPlan(stimuli: readonly PlannedStimulus[] = [], scenario = 'book-cleaning'): Plan {
  const facts = why.get(scenario);
  if (!person || !facts) throw new Error(`no plain-paula or ${scenario}`);
  const plain = { ...person, habits: [] };
  const plan = makePlan({
    persona: 'plain',
    person: plain,
    scenario,
    facts,
    habits: new Map(),
    mind: 'listener',
    seed: 1,
    trial: 0,
  });
  return { ...plan, stimuli };
}

/** An interruption of the first utterance after `line`. */
export function stimulus(id: string, line: string, offsetMs: number): PlannedStimulus {
  return {
    id,
    kind: 'interruption',
    trigger: { line, utterance: 1, offsetMs },
    sham: false,
    pieces: [{ say: 'wait' }],
    manner: {},
    facts: {},
    takesFloor: true,
  };
}
