import { z } from 'zod';
import type { Habit } from '../../model/person.ts';
import type { Attack, PlanDraft } from '../../model/plan.ts';
import { line } from '../../model/script.ts';
import { chance } from '../../model/seed.ts';
import { complaintAbout } from './complaint.ts';
import type { Complaint } from './complaint.ts';
import { first, summary, unknownName, work } from './contract.ts';
import type { Known } from './contract.ts';

const bound = z.looseObject({
  metric: z.string().meta({ examples: ['turn_latency'] }),
  of: z.enum(['p50', 'p95', 'rate', 'mean', 'max', 'at10', 'at50', 'difference']),
  limit: z.number(),
});

/** What rewrites a draft: a habit, an attack. */
const rewriterShape = z.looseObject({ summary, bounds: z.array(bound), apply: work });

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
  complaintAbout(rewriterShape, habit) ??
  boundsComplaint(habit, known) ??
  rewriting((draft) => habit.apply(draft, {}, chance(1)));

/** An attack's contract: as a habit's, and it makes her say something. */
export const attackComplaint = (attack: Attack, known: Known): Complaint | undefined =>
  complaintAbout(rewriterShape, attack) ??
  boundsComplaint(attack, known) ??
  rewriting((draft) => attack.apply(draft)) ??
  (attack.apply(SAMPLE).lines.length > SAMPLE.lines.length
    ? undefined
    : { path: ['apply'], says: 'it adds no line that she says; return { ...draft, lines: [attack, ...draft.lines] }' });

const boundsComplaint = ({ bounds }: Habit | Attack, known: Known): Complaint | undefined =>
  first(bounds, ({ metric }, i) => unknownName(['bounds', i, 'metric'], 'metric', metric, known.metrics));

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

/** `value` frozen all the way down. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
