import type { Facts, Plan, PlannedLine, PlannedStimulus } from '../model/plan.ts';

/** The last thing she said. */
export interface LastSaid {
  readonly line: string;
  readonly way: number;
  readonly mumbled: boolean;
  readonly cut: boolean;
}

/** What she has said so far. */
export interface Agenda {
  /** How often each line was said, or said early by a stimulus. */
  readonly said: Readonly<Record<string, number>>;
  readonly last: LastSaid | undefined;
}

/** A line and the way of saying it; way 0 is the first. */
export interface Saying {
  readonly line: PlannedLine;
  readonly way: number;
}

/** Before she has said anything. */
export const emptyAgenda: Agenda = { said: {}, last: undefined };

/** How a way of saying a line sounds. */
export const mannerOf = ({ line, way }: Saying): PlannedLine['manner'] =>
  way === 0 ? line.manner : (line.again[way - 1]?.manner ?? line.manner);

/** Once she has said it, or was cut off in it. */
export function afterLine(agenda: Agenda, saying: Saying, cut: boolean): Agenda {
  const { id } = saying.line;
  return {
    said: { ...agenda.said, [id]: (agenda.said[id] ?? 0) + 1 },
    last: { line: id, way: saying.way, mumbled: mannerOf(saying).mumbled === true, cut },
  };
}

/** Once a stimulus was played: the line it says early counts as said. */
export function afterStimulus(agenda: Agenda, stimulus: PlannedStimulus): Agenda {
  const early = stimulus.instead;
  if (early === undefined || stimulus.sham) return agenda;
  return {
    said: { ...agenda.said, [early]: (agenda.said[early] ?? 0) + 1 },
    last: { line: early, way: 0, mumbled: false, cut: false },
  };
}

/** The line in its next way of saying it; the last way is kept when there is no other. */
export function nextWay(agenda: Agenda, line: PlannedLine): Saying {
  return { line, way: Math.min(agenda.said[line.id] ?? 0, line.again.length) };
}

/** The next line of the script that was not said yet. */
export function nextOnAgenda(plan: Plan, agenda: Agenda): Saying | undefined {
  const line = plan.lines.find((candidate) => candidate.onAgenda && agenda.said[candidate.id] === undefined);
  return line && { line, way: 0 };
}

/** What she said last, in its next way. */
export function lastAgain(plan: Plan, agenda: Agenda): Saying | undefined {
  const line = plan.lines.find((candidate) => candidate.id === agenda.last?.line);
  return line && nextWay(agenda, line);
}

/** A line that answers one of `topics`: one not said yet, then one on the agenda, then any. */
export function answerTo(plan: Plan, agenda: Agenda, topics: readonly string[]): Saying | undefined {
  const fitting = topics.flatMap((topic) => plan.lines.filter((line) => line.topic === topic));
  const fresh = fitting.filter((line) => agenda.said[line.id] === undefined);
  const line = fresh.find((candidate) => candidate.onAgenda) ?? fresh[0] ?? fitting[0];
  return line && nextWay(agenda, line);
}

/** Whether she hangs up once it is said. */
export const isClosing = ({ line }: Saying): boolean => line.topic === 'goodbye';

/** Topic of a line in which she changes her mind although all is settled: nothing to hold against the agent before. */
export const SECOND_THOUGHTS = 'second-thoughts';

/**
 * What she wants as things stand: later lines and corrections replace earlier ones, and second thoughts count from when
 * she has had them.
 */
export function wanted(plan: Plan, agenda: Agenda): Facts {
  const stimuli = plan.stimuli.filter(({ sham }) => !sham);
  const over = (id: string): readonly Facts[] => stimuli.filter((s) => s.trigger.line === id).map((s) => s.facts);
  const standing = plan.lines.filter(
    ({ id, topic, onAgenda }) => onAgenda && (topic !== SECOND_THOUGHTS || agenda.said[id] !== undefined),
  );
  const told = standing.flatMap(({ id, facts }) => [facts, ...over(id)]);
  return Object.assign({}, ...over(''), ...told) as Facts;
}

/** Whether the line before `line` in the plan was said: what follows on it is due. */
export function isDue(plan: Plan, agenda: Agenda, line: PlannedLine): boolean {
  const before = plan.lines[plan.lines.indexOf(line) - 1];
  return before !== undefined && agenda.said[before.id] !== undefined;
}
