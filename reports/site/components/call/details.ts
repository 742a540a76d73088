import type { HeldWord } from '../../believed.ts';
import type { CallFile } from '../../calls.ts';
import { button, clock, element, grid } from '../dom.ts';
import { drawLadder, rungsOf } from './ladder.ts';
import type { Player } from './player.ts';

const hearFrom = (player: Player, at: number): HTMLElement => button(clock(at), () => player.hear(at));

/** Everything that was measured, each with its uncertainty and where to hear it. */
export function scoresOf({ scores, notSeen }: CallFile, player: Player): HTMLElement {
  const rows = scores
    .toSorted((a, b) => a.at - b.at)
    .map(({ metric, value, censored, u, at, of, note, class: kind }) => [
      hearFrom(player, at),
      metric.replaceAll('_', ' '),
      `${censored ? 'more than ' : ''}${Number(value.toFixed(2))}${u > 0 ? ` (within ${Number(u.toFixed(1))})` : ''}`,
      [kind, of].filter((text) => text !== '').join(', '),
      note,
    ]);
  const unseen = Object.entries(notSeen).map(([name, needs]) => `${name.replaceAll('_', ' ')} (needs ${needs})`);
  return folded(
    'What was measured',
    grid(['hear', 'what', 'value', 'of', ''], rows),
    ...(unseen.length > 0 ? [element('p', 'about', `Not seen: ${unseen.join('; ')}.`)] : []),
  );
}

/** What was said beside what the agent believes, in order; what one side has and the other has not is marked. */
export function believed({ believed: rows, events }: CallFile, player: Player): HTMLElement {
  const claims = events.some(({ kind }) => kind === 'claim');
  const cells = rows.map(({ at, who, said, taken, note }) => [
    hearFrom(player, at),
    who === 'caller' ? 'she' : 'the agent',
    said ? wordsOf(said) : 'no ear listened',
    taken ? wordsOf(taken) : '',
    note,
  ]);
  return folded(
    'What was said, and what the agent believes',
    grid(['hear', 'who', 'what was said', 'what the agent believes', ''], cells),
    element(
      'p',
      'about',
      claims
        ? 'Marked: words that the other side has not. An ear with a grammar leaves out what it need not know, and that is marked, too.'
        : 'This agent says nothing of itself: what it believes is not known.',
    ),
  );
}

function wordsOf(words: readonly HeldWord[]): HTMLElement {
  const parts = words.flatMap(({ text, differs }) => [differs ? element('mark', '', text) : text, ' ']);
  return element('span', '', ...parts);
}

/** Who did what to whom, on the wire and at the office, as a ladder. */
export function signalling(call: CallFile, player: Player): HTMLElement {
  const pacing = call.events.find((event) => event.kind === 'pacing');
  const paced =
    pacing?.kind === 'pacing'
      ? ` We sent ${pacing.packets} packets, ${pacing.late} of them more than 5 ms late, the worst ${pacing.maxLateMs.toFixed(1)} ms.`
      : '';
  return folded(
    `On the ${call.call.line} line and at the office`,
    drawLadder(rungsOf(call.events), player),
    element(
      'p',
      'about',
      `What the record keeps of the signalling: provisional answers and the single messages of a transfer are not in it.${paced}`,
    ),
  );
}

/** The plan the caller followed. */
export const planOf = ({ plan }: CallFile): HTMLElement =>
  folded('The plan she followed', element('pre', '', JSON.stringify(plan, undefined, 2)));

function folded(title: string, ...inside: readonly HTMLElement[]): HTMLElement {
  const box = element('details', '', element('summary', '', title), ...inside);
  box.open = title.startsWith('What was');
  return box;
}
