import type { Measured } from './bench.ts';

/** She is let in within this, ms (metrics.md 3.2). */
export const WITHIN_MS = 1000;

const wantsFloor = ({ event }: Measured): boolean => event.kind === 'interruption';
const lengthOf = ({ event }: Measured): number => event.endMs - event.onsetMs;
const isLetIn = ({ stopMs }: Measured): boolean => stopMs !== undefined && stopMs <= WITHIN_MS;

/** The value below which `share` of them lie. */
function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

const cell = (value: number | undefined, width = 7): string =>
  (value === undefined ? '-' : value.toFixed(0)).padStart(width);
const share = (part: number, whole: number): string =>
  whole === 0 ? '-'.padStart(7) : `${((100 * part) / whole).toFixed(1)} %`.padStart(8);

const spread = (values: readonly number[]): string => [0.5, 0.95, 1].map((at) => cell(quantile(values, at))).join('');

/** A stop that never came is as late as the last. */
const stopsOf = (some: readonly Measured[]): readonly number[] => some.map(({ stopMs }) => stopMs ?? Infinity);

function wanted(name: string, some: readonly Measured[]): string {
  const letIn = some.filter(isLetIn).length;
  const wire = some.flatMap(({ wire: { stopMs } }) => stopMs ?? []);
  return `  ${name.padEnd(16)}${cell(some.length, 5)}${share(letIn, some.length)}${spread(stopsOf(some))}${spread(wire)}`;
}

function unwanted(name: string, some: readonly Measured[]): string {
  const stopped = some.filter(({ stopMs }) => stopMs !== undefined).length;
  const broken = some.filter(({ stopMs, hiccupsMs }) => stopMs === undefined && hiccupsMs.length > 0);
  const breaks = broken.flatMap(({ hiccupsMs }) => hiccupsMs);
  const wire = broken.flatMap(({ wire: { hiccupsMs } }) => hiccupsMs);
  const counts = `${cell(some.length, 5)}${cell(stopped, 5)}${share(stopped, some.length)}${share(broken.length, some.length)}`;
  return `  ${name.padEnd(16)}${counts}${spread(breaks)}${spread(wire)}`;
}

function groups(some: readonly Measured[], by: (one: Measured) => string): ReadonlyMap<string, readonly Measured[]> {
  return Map.groupBy(some, by);
}

const lengths = [300, 500, 800, 1200, 2000, Infinity];

function lengthName(one: Measured): string {
  const upTo = lengths.find((bound) => lengthOf(one) < bound) ?? Infinity;
  const from = lengths[lengths.indexOf(upTo) - 1] ?? 0;
  return upTo === Infinity ? `${from} ms and more` : `${from}-${upTo} ms`;
}

/** Words the agent believes against words on the wire, over every stop. */
function beliefs(some: readonly Measured[]): string {
  const off = some.flatMap(({ unsaid }) => unsaid ?? []);
  const counts = [...Map.groupBy(off, (value) => value)].toSorted(([a], [b]) => a - b);
  const wrong = off.filter((value) => Math.abs(value) > 1).length;
  const shown = counts.map(([value, those]) => `${value > 0 ? '+' : ''}${value}: ${those.length}`).join(', ');
  return `  words on the wire minus words believed, over ${off.length} stops: ${shown}; more than one off: ${wrong}`;
}

/** Everything a half shows, as lines of text. */
export function tables(measured: readonly Measured[]): string {
  const [hers, others] = [measured.filter(wantsFloor), measured.filter((one) => !wantsFloor(one))];
  const by = (some: readonly Measured[], row: typeof wanted, key: (one: Measured) => string): string[] =>
    [...groups(some, key)]
      .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
      .map(([name, those]) => row(name, those));
  return [
    '                      n  in 1 s  stop p50    p95    max   wire   p95    max',
    wanted('interruptions', hers),
    ...by(hers, wanted, lengthName),
    ...by(hers, wanted, ({ place }) => place),
    ...by(hers, wanted, ({ room }) => room),
    ...by(hers, wanted, ({ speaker }) => speaker),
    '                      n stop      %  hiccups    p50    p95    max   wire    p95    max',
    unwanted('all others', others),
    ...by(others, unwanted, ({ event }) => event.kind),
    ...by(others, unwanted, ({ room }) => room),
    ...by(others, unwanted, lengthName),
    beliefs(measured),
  ].join('\n');
}

/** Every late stop, false stop and long hiccup with what the floor did about it, ms from her onset. */
export function explained(measured: readonly Measured[]): string {
  const odd = measured.filter((one) => {
    const late = wantsFloor(one) ? (one.stopMs ?? Infinity) > 250 : one.stopMs !== undefined;
    return late || one.hiccupsMs.some((length) => length > 600) || Math.abs(one.unsaid ?? 0) > 1;
  });
  return odd
    .map((one) => {
      const { event, room, place, speaker, stopMs, course, unsaid } = one;
      const steps = course.map(({ at, what }) => `${at.toFixed(0)} ${what}`).join(', ');
      const head = `${event.kind} "${event.what}" (${lengthOf(one).toFixed(0)} ms, ${speaker}, ${room}, ${place})`;
      return `${head}: ${stopMs === undefined ? 'no stop' : `stop ${stopMs.toFixed(0)}`}, words off ${unsaid ?? '-'}\n    ${steps}`;
    })
    .join('\n');
}
