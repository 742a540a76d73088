import type { Facts } from '../../harness/model/plan.ts';
import { spokenTime } from '../ear/times.ts';

const digitNames = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `paula jones` -> "Paula Jones". */
export const spokenName = (name: string): string => name.split(' ').map(capital).join(' ');

/** "Tuesday", but "today" and "tomorrow" as they are. */
export const spokenDay = (day: string): string => (day === 'today' || day === 'tomorrow' ? day : capital(day));

/** "Tuesday" with its preposition. */
export const onDay = (day: string): string => (day === 'today' || day === 'tomorrow' ? day : `on ${capital(day)}`);

/** Three digits, then four: the groups a person can follow. "Zero", since "oh" is lost on a telephone. */
export function spokenPhone(phone: string): string {
  const words = [...phone].map((digit) => digitNames[Number(digit)] ?? digit);
  return words.length === 7 ? `${words.slice(0, 3).join(' ')}, ${words.slice(3).join(' ')}` : words.join(' ');
}

/** A slot's value as it is said. */
export function spokenSlot(slot: string, value: string): string {
  if (slot === 'day') return spokenDay(value);
  if (slot === 'time') return spokenTime(value);
  if (slot === 'name') return spokenName(value);
  return slot === 'phone' ? spokenPhone(value) : value;
}

/** "on Tuesday at three", of what is known. */
export function spokenWhen(slots: Facts): string {
  const day = slots['day'] === undefined ? [] : [onDay(slots['day'])];
  const time = slots['time'] === undefined ? [] : [`at ${spokenTime(slots['time'])}`];
  return [...day, ...time].join(' ');
}
