import type { Plan } from '../../model/plan.ts';
import { answerTo, lastAgain, nextOnAgenda } from '../agenda.ts';
import type { Saying } from '../agenda.ts';
import type { Choice, Mind, Moment } from '../mind.ts';

const say = (saying: Saying | undefined, again: boolean): Choice =>
  saying ? { kind: 'say', saying, again } : { kind: 'leave' };

/** What she says to a desk: the answer to its question; goodbye when it has all it wants. */
export function deskChoice(plan: Plan, { agenda, desk }: Moment): Choice {
  if (desk?.question) return say(answerTo(plan, agenda, [`desk:${desk.question.fact}`, desk.question.fact]), false);
  if (!desk?.satisfied) return { kind: 'wait' };
  return agenda.said['goodbye'] === undefined ? say(answerTo(plan, agenda, ['goodbye']), false) : { kind: 'leave' };
}

/** The next line in order. What was cut off or mumbled is said again, since nobody can have understood it. Pure. */
export function scriptChoice(plan: Plan, moment: Moment): Choice {
  if (moment.desk) return deskChoice(plan, moment);
  const { agenda } = moment;
  if (agenda.last && (moment.why === 'nudge' || agenda.last.cut || agenda.last.mumbled)) {
    return say(lastAgain(plan, agenda), true);
  }
  return say(nextOnAgenda(plan, agenda), false);
}

/** A mind that follows the agenda: needs no ear and works with any agent. */
export function scriptMind(plan: Plan): Mind {
  return {
    listen: () => undefined,
    forget: () => undefined,
    think: (moment) => Promise.resolve({ choice: scriptChoice(plan, moment), heard: undefined }),
  };
}
