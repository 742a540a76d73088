import type { Plan } from '../../model/plan.ts';
import type { Ear } from '../../model/speech.ts';
import type { Clock } from '../../model/time.ts';
import { answerTo, isDue, lastAgain, nextOnAgenda, nextWay, SECOND_THOUGHTS, wanted } from '../agenda.ts';
import type { Agenda, Saying } from '../agenda.ts';
import { payAttention } from '../attention.ts';
import type { Choice, Mind, Moment, Thought } from '../mind.ts';
import { isKnownName } from '../names.ts';
import { listenerGrammar, readAgent, timeInWords } from '../questions.ts';
import type { AgentAsked } from '../questions.ts';
import { deskChoice, scriptChoice } from './script.ts';

export { listenerGrammar } from '../questions.ts';

/** Topics of lines that answer; lines about anything else are what she called for and says unasked. */
const ANSWERS = new Set([
  'service',
  'day',
  'time',
  'when',
  'name',
  'phone',
  'birthdate',
  'confirm',
  'message',
  'handoff-consent',
  'anything-else',
  'goodbye',
]);

/** A correction is no request of its own: it comes once she has said what is to be corrected. */
const NO_REQUEST = new Set([...ANSWERS, 'repair']);

/** Topics that leave no room for a correction she owes. */
const UNANSWERED = new Set(['again', 'wrong', 'wait']);

/** A line that says several things answers each of them. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  day: ['day', 'when'],
  time: ['time', 'when'],
  more: ['anything-else'],
};

const say = (saying: Saying | undefined, again: boolean): Choice | undefined =>
  saying && { kind: 'say', saying, again };

/** The next thing she wants to bring up herself. */
function ownRequest(plan: Plan, agenda: Agenda): Saying | undefined {
  const line = plan.lines.find(
    (candidate) =>
      candidate.onAgenda &&
      agenda.said[candidate.id] === undefined &&
      !NO_REQUEST.has(candidate.topic) &&
      (candidate.topic !== SECOND_THOUGHTS || isDue(plan, agenda, candidate)),
  );
  return line && { line, way: 0 };
}

/** A correction she has yet to make. */
function repair(plan: Plan, agenda: Agenda): Saying | undefined {
  const line = plan.lines.find((candidate) => candidate.topic === 'repair' && agenda.said[candidate.id] === undefined);
  return line && isDue(plan, agenda, line) ? { line, way: 0 } : undefined;
}

/** What was read back of a slot holds no such value: nothing heard is nothing wrong. */
const lacks = (heard: readonly string[], value: string | undefined): boolean =>
  value !== undefined && heard.length > 0 && !heard.includes(value);

/** The slot that was read back with a value she does not want; a name her ear does not know is not checked. */
function misread(plan: Plan, agenda: Agenda, asked: AgentAsked): string | undefined {
  const { day, time, name, phone } = wanted(plan, agenda);
  const wrong = {
    day: lacks(asked.days, day),
    time: lacks(asked.times, time && timeInWords(time)),
    name: name !== undefined && isKnownName(name) && lacks(asked.names, name),
    phone: phone !== undefined && asked.phones.length > 0 && !asked.phones.some((heard) => heard.endsWith(phone)),
  };
  return Object.entries(wrong).find(([, isWrong]) => isWrong)?.[0];
}

function repeated(plan: Plan, agenda: Agenda): Choice | undefined {
  return say(lastAgain(plan, agenda) ?? nextOnAgenda(plan, agenda), agenda.last !== undefined);
}

function answerChoice(plan: Plan, agenda: Agenda, topics: readonly string[]): Choice | undefined {
  const answer = answerTo(plan, agenda, topics);
  return say(answer, answer !== undefined && agenda.said[answer.line.id] !== undefined);
}

/** Says the value of `slot` that she wants as things stand. */
function fix(plan: Plan, agenda: Agenda, slot: string): Choice | undefined {
  const value = wanted(plan, agenda)[slot];
  const line = plan.lines.find(({ topic, facts }) => topic === `fix:${slot}` && facts[slot] === value);
  return line && say(nextWay(agenda, line), agenda.said[line.id] !== undefined);
}

/** What she says to what she understood; undefined when she has nothing to say to that. */
function reaction(plan: Plan, agenda: Agenda, asked: AgentAsked): Choice | undefined {
  const { topic } = asked;
  switch (topic) {
    case '':
      return undefined;
    case 'wait':
      return { kind: 'wait' };
    case 'again':
    case 'wrong':
      return repeated(plan, agenda);
    case 'opening':
    case 'more':
      return say(ownRequest(plan, agenda), false) ?? answerChoice(plan, agenda, ALSO[topic] ?? [topic]);
    case 'confirm': {
      const wrong = misread(plan, agenda, asked);
      return (wrong === undefined ? undefined : fix(plan, agenda, wrong)) ?? answerChoice(plan, agenda, [topic]);
    }
    default:
      return answerChoice(plan, agenda, ALSO[topic] ?? [topic]);
  }
}

/**
 * Answers what the agent asked: a correction she owes first, then the answer to the last question, then the script.
 * Says yes to a read-back only when it holds the values she wants. Pure.
 */
export function listenerChoice(plan: Plan, moment: Moment, asked: AgentAsked): Choice {
  const { agenda } = moment;
  if (moment.desk) return deskChoice(plan, moment);
  if (moment.why === 'nudge' || agenda.last?.cut === true) return repeated(plan, agenda) ?? { kind: 'leave' };
  const owed = UNANSWERED.has(asked.topic) ? undefined : repair(plan, agenda);
  return say(owed, false) ?? reaction(plan, agenda, asked) ?? scriptChoice(plan, moment);
}

/** A mind that listens: `ear` must have prepared `listenerGrammar`. */
export function listenerMind(plan: Plan, ear: Ear, clock: Clock): Mind {
  const attention = payAttention(ear, listenerGrammar.name, clock);
  return {
    listen: (samples) => attention.listen(samples),
    forget: () => attention.forget(),
    async think(moment): Promise<Thought> {
      if (moment.desk) return { choice: deskChoice(plan, moment), heard: undefined };
      const text = await attention.words();
      const asked = readAgent(text);
      const heard = text === '' ? undefined : { text, topic: asked.topic };
      return { choice: listenerChoice(plan, moment, asked), heard };
    },
  };
}
