import { hesitation, setting } from '../../harness/model/draft.ts';
import type { Habit } from '../../harness/model/person.ts';
import type { Piece, PlannedLine } from '../../harness/model/plan.ts';

const DIGIT = /^(oh|zero|one|two|three|four|five|six|seven|eight|nine),?$/;

/** Where in a seven-digit number she has to think. */
const BREAKS = [3, 5];

const withoutComma = (word: string): string => word.replace(/,$/, '');

/** Words with a pause after the third and the fifth digit of a number read out digit by digit. */
function brokenNumber(words: string, pause: () => Piece): readonly Piece[] {
  const pieces: Piece[] = [];
  let run: string[] = [];
  let digits = 0;
  for (const word of words.split(' ')) {
    const isDigit = DIGIT.test(word);
    digits = isDigit ? digits + 1 : 0;
    run.push(isDigit ? withoutComma(word) : word);
    if (!isDigit || !BREAKS.includes(digits)) continue;
    pieces.push({ say: run.join(' ') }, pause());
    run = [];
  }
  return run.length > 0 ? [...pieces, { say: run.join(' ') }] : pieces;
}

function hesitated(line: PlannedLine, pause: () => Piece): PlannedLine {
  if (line.facts['phone'] !== undefined) {
    const pieces = line.pieces.flatMap((piece) => ('say' in piece ? brokenNumber(piece.say, pause) : [piece]));
    return { ...line, pieces };
  }
  return { ...line, pieces: [{ say: 'um' }, pause(), ...line.pieces] };
}

/** Settings: `shortest` (600) and `longest` (1100) pause, ms; `ums` how many lines begin with "um" (1). */
const hesitates: Habit = {
  summary: 'stops to think in the middle of a number, and after "um"',
  bounds: [{ metric: 'cut_in', of: 'rate', limit: 0.34 }],
  apply(draft, settings, dice) {
    const pause = (): Piece =>
      hesitation(dice.between(setting(settings, 'shortest', 600), setting(settings, 'longest', 1100)));
    const agenda = draft.lines.filter((line) => line.onAgenda);
    const umming = agenda
      .filter((line) => line.topic !== 'opening' && Object.keys(line.facts).length > 0 && !line.facts['phone'])
      .slice(0, setting(settings, 'ums', 1));
    const chosen = new Set([...umming, ...agenda.filter((line) => line.facts['phone'])].map((line) => line.id));
    return { ...draft, lines: draft.lines.map((line) => (chosen.has(line.id) ? hesitated(line, pause) : line)) };
  },
};

export default hesitates;
