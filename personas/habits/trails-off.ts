import { hesitation, pickSome, setting } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';
import type { Piece, PlannedLine } from '../../harness/model/plan.ts';
import { wordsOf } from '../../harness/model/script.ts';

/** Words that nobody ends on: what they lead to is still to come. */
const LEADS_ON = new Set(['at', 'on', 'for', 'around', 'my', 'a', 'to', 'the']);

/** Where in a line's words something unfinished ends: inside a full name, or after the last word that leads on. */
function breakOf({ facts }: PlannedLine, words: readonly string[]): number | undefined {
  const name = facts['name']?.split(' ')[0];
  const first = name === undefined ? -1 : words.indexOf(name);
  if (first >= 0 && first < words.length - 1) return first + 1;
  const leading = words.findLastIndex((word, at) => LEADS_ON.has(word) && at < words.length - 1);
  return leading < 0 ? undefined : leading + 1;
}

function trailing(line: PlannedLine, pause: () => Piece): PlannedLine {
  const words = wordsOf(line.pieces).split(' ');
  const at = breakOf(line, words);
  if (at === undefined) return line;
  const pieces = [{ say: words.slice(0, at).join(' ') }, pause(), { say: words.slice(at).join(' ') }];
  return { ...line, pieces };
}

/** Telling lines that can be broken, and in which nobody has paused yet. */
const breakable = (line: PlannedLine): boolean =>
  line.onAgenda &&
  line.facts['phone'] === undefined &&
  line.pieces.every((piece) => 'say' in piece) &&
  breakOf(line, wordsOf(line.pieces).split(' ')) !== undefined;

/** Settings: `lines` how many (2), `shortest` (300) and `longest` (1000) pause, ms. */
const trailsOff: Habit = {
  summary: 'stops after "at" or "on", and between her first and her last name',
  bounds: [{ metric: 'cut_in', class: 'pause', of: 'rate', limit: 0.34 }],
  apply(draft, settings, dice) {
    const pause = (): Piece =>
      hesitation(dice.between(setting(settings, 'shortest', 300), setting(settings, 'longest', 1000)));
    const chosen = new Set(
      pickSome(draft.lines.filter(breakable), setting(settings, 'lines', 2), dice).map(({ id }) => id),
    );
    return { ...draft, lines: draft.lines.map((line) => (chosen.has(line.id) ? trailing(line, pause) : line)) };
  },
};

export default trailsOff;
