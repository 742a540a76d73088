import { afterLine, emptyAgenda } from '../../../harness/caller/agenda.ts';
import type { Agenda } from '../../../harness/caller/agenda.ts';
import { listenerChoice } from '../../../harness/caller/minds/listener.ts';
import { readAgent } from '../../../harness/caller/questions.ts';
import type { Plan } from '../../../harness/model/plan.ts';
import { wordsOf } from '../../../harness/model/script.ts';
import { Talk } from '../agent/talk.ts';

const MOST_TURNS = 25;

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z' ]/g, '');

/** A whole call in text between a listening caller and the agent's brain; `misheard` is what becomes of her words on their way. */
export function textCall(
  plan: Plan,
  misheard: (words: string, time: number) => string = (words) => words,
): Talk & { lines: string[] } {
  const talk = Object.assign(new Talk(), { lines: [] as string[] });
  const times = new Map<string, number>();
  let agenda: Agenda = emptyAgenda;
  for (let turn = 0; turn < MOST_TURNS && !talk.hungUp && talk.handOvers.length === 0; turn++) {
    const heard = plain(talk.said.at(-1) ?? '');
    const choice = listenerChoice(plan, { agenda, why: 'turn', desk: undefined }, readAgent(heard));
    if (choice.kind !== 'say') break;
    const { line, way } = choice.saying;
    const pieces = way === 0 ? line.pieces : (line.again[way - 1]?.pieces ?? line.pieces);
    talk.lines.push(line.id);
    agenda = afterLine(agenda, choice.saying, false);
    const slot = line.facts['name'] !== undefined ? 'name' : line.facts['phone'] !== undefined ? 'phone' : line.id;
    times.set(slot, (times.get(slot) ?? 0) + 1);
    talk.hear(misheard(plain(wordsOf(pieces)), times.get(slot) ?? 1));
  }
  return talk;
}
