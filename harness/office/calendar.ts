/** Opening hours of the clinic, full hours from and to; a weekday that is missing is closed. */
const OPEN: Readonly<Record<string, readonly [number, number]>> = {
  monday: [8, 18],
  tuesday: [8, 18],
  wednesday: [8, 18],
  thursday: [8, 18],
  friday: [8, 18],
};

/** Times that somebody else has. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  monday: ['08:00', '09:30', '12:00', '16:00'],
  tuesday: ['09:00', '11:30', '13:00', '16:30'],
  wednesday: ['08:30', '10:00', '14:00', '15:30'],
  thursday: ['09:00', '12:30', '14:30', '17:00'],
  friday: ['08:00', '09:00', '13:30', '16:00'],
};

/** Weekdays the calendar knows, closed ones included. */
export const WEEKDAYS: readonly string[] = [...Object.keys(OPEN), 'saturday', 'sunday'];

const halfHour = (index: number): string =>
  `${String(Math.floor(index / 2)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`;

/** Free times of a weekday, in half hours: the same for every call. Empty when the clinic is closed. */
export function freeTimes(day: string): readonly string[] {
  const hours = OPEN[day];
  if (!hours) return [];
  const all = Array.from({ length: (hours[1] - hours[0]) * 2 }, (_, index) => halfHour(hours[0] * 2 + index));
  return all.filter((time) => !TAKEN[day]?.includes(time));
}

/** Whether an appointment at `time` (`HH:MM`) on a weekday can be had. */
export const isFree = (day: string, time: string): boolean => freeTimes(day).includes(time);
