import type { Facts, Piece, PlannedLine, PlannedStimulus, Slip } from '../model/plan.ts';

const DIGITS = ['oh', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const HOURS = ['twelve', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven'];
const MINUTES: Readonly<Record<string, string>> = { '00': '', '15': ' fifteen', '30': ' thirty', '45': ' forty five' };

/** Digits as they are read out: three, then four, with a comma where a voice takes a breath. */
export function spokenDigits(digits: string): string {
  const words = [...digits].map((digit) => DIGITS[Number(digit)] ?? digit);
  return words.length === 7 ? `${words.slice(0, 3).join(' ')}, ${words.slice(3).join(' ')}` : words.join(' ');
}

/** The form in which a canonical value is said: `15:00` is "three", `5550142` is digits, the rest as it stands. */
export function spokenValue(value: string): string {
  if (/^\d{5,}$/.test(value)) return spokenDigits(value);
  const time = /^(\d\d):(\d\d)$/.exec(value);
  if (!time) return value;
  return `${HOURS[Number(time[1]) % 12] ?? value}${MINUTES[time[2] ?? ''] ?? ''}`;
}

const fill = (text: string, facts: Facts, form: (value: string) => string): string =>
  text.replace(/\{([\w-]+)\}/g, (slot, name: string) => (facts[name] === undefined ? slot : form(facts[name])));

/** `text` with every `{slot}` replaced by the spoken form of its fact. */
export const fillWords = (text: string, facts: Facts): string => fill(text, facts, spokenValue);

/** `told` with every `{slot}` replaced by the fact's canonical value. */
export const fillFacts = (told: Facts, facts: Facts): Facts =>
  Object.fromEntries(Object.entries(told).map(([slot, value]) => [slot, fill(value, facts, (exact) => exact)]));

const fillPieces = (pieces: readonly Piece[], facts: Facts): readonly Piece[] =>
  pieces.map((piece) => ('say' in piece ? { say: fillWords(piece.say, facts) } : piece));

/** A scenario's line in this caller's own words. */
export function fillLine(line: PlannedLine, facts: Facts): PlannedLine {
  return {
    ...line,
    pieces: fillPieces(line.pieces, facts),
    facts: fillFacts(line.facts, facts),
    again: line.again.map((way) => ({ ...way, pieces: fillPieces(way.pieces, facts) })),
  };
}

/** A slip in this caller's own words. */
export function fillSlip(slip: Slip, facts: Facts): Slip {
  return {
    ...slip,
    wrong: fillWords(slip.wrong, facts),
    repair: fillWords(slip.repair, facts),
    inTurn: fillWords(slip.inTurn, facts),
    ...(slip.later === undefined ? {} : { later: fillWords(slip.later, facts) }),
    ...(slip.away === undefined ? {} : { away: fillWords(slip.away, facts) }),
  };
}

/** The first `{slot}` that no fact filled, in anything she may say. */
export function unfilledSlot(lines: readonly PlannedLine[], stimuli: readonly PlannedStimulus[]): string | undefined {
  const pieces = [
    ...lines.flatMap((line) => [...line.pieces, ...line.again.flatMap((way) => way.pieces)]),
    ...stimuli.flatMap((stimulus) => stimulus.pieces),
  ];
  return pieces.flatMap((piece) => ('say' in piece ? (/\{[\w-]+\}/.exec(piece.say) ?? []) : []))[0];
}
