import type { Piece, PlanDraft, PlannedLine, PlannedStimulus } from './plan.ts';
import type { Chance } from './seed.ts';
import { UsageError } from './errors.ts';

/** Topics whose replies are short or final: nothing is done to the agent there. */
const CLOSING = new Set(['anything-else', 'goodbye']);

/**
 * Agenda lines whose replies no stimulus uses yet; `''` is the greeting.
 * Where the caller is to be handed over only the greeting and the first reply count: nobody knows what comes after.
 */
export function freeReplies(draft: PlanDraft): readonly string[] {
  const used = new Set(draft.stimuli.map((stimulus) => stimulus.trigger.line));
  const agenda = draft.lines.filter((line) => line.onAgenda && !CLOSING.has(line.topic));
  const spoken = agenda.some((line) => line.topic === 'handoff-consent') ? agenda.slice(0, 1) : agenda;
  return ['', ...spoken.map((line) => line.id)].filter((id) => !used.has(id));
}

/**
 * Of the free replies those that any front desk makes at length: the greeting, what it says to a question (a line that
 * tells nothing), and the read-back, after the last thing she tells. A short reply is over before anything can be seen in it.
 */
export function longReplies(draft: PlanDraft): readonly string[] {
  const lastTold = draft.lines.findLast((line) => line.onAgenda && tells(line))?.id;
  const long = new Set(draft.lines.filter((line) => !tells(line) || line.id === lastTold).map(({ id }) => id));
  return freeReplies(draft).filter((id) => id === '' || long.has(id));
}

const tells = ({ facts }: PlannedLine): boolean => Object.keys(facts).length > 0;

/** `count` different ones of `items`, or all of them, in their own order. */
export function pickSome<T>(items: readonly T[], count: number, dice: Chance): readonly T[] {
  const left = items.map((_, index) => index);
  const chosen = new Set<number>();
  while (chosen.size < count && left.length > 0) {
    chosen.add(left.splice(Math.floor(dice.next() * left.length), 1)[0] ?? 0);
  }
  return items.filter((_, index) => chosen.has(index));
}

/** The draft with line `id` changed. */
export function rewriteLine(draft: PlanDraft, id: string, change: (line: PlannedLine) => PlannedLine): PlanDraft {
  return { ...draft, lines: draft.lines.map((line) => (line.id === id ? change(line) : line)) };
}

/** The draft with more done to the agent. */
export function addStimuli(draft: PlanDraft, stimuli: readonly PlannedStimulus[]): PlanDraft {
  return { ...draft, stimuli: [...draft.stimuli, ...stimuli] };
}

/** A habit's own settings, as its person has them. */
export type Settings = Readonly<Record<string, number | string>>;

/** A habit's number `name`, or `fallback` when the persona does not set it. Throws UsageError for anything else. */
export function setting(settings: Settings, name: string, fallback: number): number {
  const value = settings[name] ?? fallback;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new UsageError(`a habit's setting "${name}" is ${JSON.stringify(value)}; it must be a number`);
}

/** The replies a habit's setting `into` leaves it: `long` ones, or `any` (default). */
export const repliesFor = (draft: PlanDraft, { into = 'any' }: Settings): readonly string[] => {
  if (into === 'any') return freeReplies(draft);
  if (into === 'long') return longReplies(draft);
  throw new UsageError(`a habit's setting "into" is ${JSON.stringify(into)}; it is one of any, long`);
};

/** Between which offsets into a reply, ms, a habit acts: its settings `from` and `to`, or as `usual`. */
export const offsetsFor = (settings: Settings, [from, to]: readonly [number, number]): readonly [number, number] => [
  setting(settings, 'from', from),
  setting(settings, 'to', to),
];

/** Milliseconds to a tenth: plans stay readable and keep off the packet grid. */
export const tenths = (duration: number): number => Math.round(duration * 10) / 10;

/** Milliseconds of silence of her own. */
export const hesitation = (pauseMs: number): Piece => ({ pauseMs: tenths(pauseMs), why: 'hesitation' });
