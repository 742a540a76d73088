import { UsageError } from '../model/errors.ts';
import type { Blackout, Impairments, Network } from '../model/network.ts';

/** Longer than this nothing is held back or kept silent, ms: no call would be left. */
const LONGEST_MS = 60_000;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** How each setting is written, e.g. `loss=5%,burst=3,jitter=40`. */
const SETTINGS: Readonly<Record<string, (value: string, into: Mutable<Impairments>) => void>> = {
  loss: (value, into) => void (into.loss = share('loss', value)),
  burst: (value, into) => void (into.burst = number('burst', value, 'packets, such as 3')),
  delay: (value, into) => void (into.delayMs = time('delay', value)),
  jitter: (value, into) => void (into.jitterMs = time('jitter', value)),
  shape: (value, into) => void (into.jitter = oneOf('shape', value, ['even', 'tailed'])),
  order: (value, into) => void (into.order = oneOf('order', value, ['free'])),
  reorder: (value, into) => void (into.reorder = share('reorder', value)),
  duplicate: (value, into) => void (into.duplicate = share('duplicate', value)),
  blackout: (value, into) => void (into.blackouts = value.split('+').map(blackout)),
};

/**
 * A network as it is typed: `loss=5%,burst=3,jitter=40,delay=20` for both ways; `out:loss=5%;in:jitter=40` for each.
 * Throws UsageError, in one sentence, for what cannot be.
 */
export function networkNamed(typed: string): Network {
  const ways = typed.split(';').map(wayOf);
  const network = ways.length === 1 && ways[0] ? ways[0] : joined(ways, typed);
  const complaint = networkComplaint(network);
  if (complaint !== undefined) throw new UsageError(`the network "${typed}" cannot be: ${complaint}`);
  return network;
}

/** What is wrong with a network, in a few words; undefined when nothing is. */
export function networkComplaint({ way, back, ...settings }: Network): string | undefined {
  if (way !== undefined && way !== 'out' && way !== 'in') return `its way is "${String(way)}", not "out" or "in"`;
  if (back && way === undefined) return 'what happens the other way (back) needs a way of its own ("out" or "in")';
  return complaintOf(settings) ?? (back && complaintOf(back));
}

function complaintOf({
  loss,
  burst,
  reorder = 0,
  duplicate = 0,
  delayMs = 0,
  jitterMs = 0,
  blackouts = [],
}: Impairments) {
  for (const [name, value] of Object.entries({ loss, reorder, duplicate }))
    if (!(value >= 0 && value < 1)) return `${name} is a share of 0 to less than 1, not ${value}`;
  for (const [name, value] of Object.entries({ delay: delayMs, jitter: jitterMs }))
    if (!(value >= 0 && value <= LONGEST_MS)) return `${name} is 0 to ${LONGEST_MS} ms, not ${value}`;
  if (burst !== undefined && !(burst >= 1)) return `a burst is at least 1 packet, not ${burst}`;
  if (burst !== undefined && loss === 0) return 'bursts of no loss; say how much is lost, too';
  if (burst !== undefined && burst * (1 - loss) < loss - 1e-9)
    return `a loss of ${loss * 100}% needs bursts of at least ${(loss / (1 - loss)).toFixed(1)} packets`;
  return blackouts.map(blackoutComplaint).find((complaint) => complaint !== undefined);
}

function blackoutComplaint(one: Blackout): string | undefined {
  if ('fromMs' in one)
    return one.fromMs >= 0 && one.fromMs < one.toMs ? undefined : 'a blackout goes from an instant to a later one, ms';
  return one.forMs > 0 && one.forMs < one.everyMs ? undefined : 'a blackout that comes back is shorter than its period';
}

function wayOf(typed: string): Network {
  const [, way, settings = ''] = /^\s*(?:(out|in)\s*:)?(.*)$/s.exec(typed) ?? [];
  const read: Mutable<Impairments> = { loss: 0 };
  for (const one of settings.split(',')) {
    const [, name = '', value = ''] = /^\s*([a-z]+)\s*=\s*(.*?)\s*$/.exec(one) ?? [];
    const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
    if (!setting)
      throw new UsageError(
        `a network is written like loss=5%,burst=3,jitter=40, of ${Object.keys(SETTINGS).join(', ')}; not "${one.trim()}"`,
      );
    setting(value, read);
  }
  return way === 'out' || way === 'in' ? { ...read, way } : read;
}

function joined([first, second, ...more]: readonly Network[], typed: string): Network {
  const { way: other, ...back } = second ?? { loss: 0 };
  if (first?.way && other && first.way !== other && more.length === 0) return { ...first, back };
  throw new UsageError(`the network "${typed}" has two ways; write out:loss=5%;in:jitter=40`);
}

function share(name: string, value: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(value) ?? [];
  const found = percent ? Number(digits) / 100 : Number(digits);
  if (digits !== undefined && found <= 1) return found;
  throw new UsageError(`${name} takes a share such as 5% or 0.05, not "${value}"`);
}

function number(name: string, value: string, such: string): number {
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  throw new UsageError(`${name} takes a number of ${such}, not "${value}"`);
}

const time = (name: string, value: string): number =>
  number(name, value.replace(/\s*ms$/, ''), 'milliseconds, such as 40');

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found) return found;
  throw new UsageError(`${name} takes ${allowed.join(' or ')}, not "${value}"`);
}

function blackout(value: string): Blackout {
  const [, a, kind, b] = /^(\d+)\s*([-/])\s*(\d+)$/.exec(value.trim()) ?? [];
  if (kind === '-') return { fromMs: Number(a), toMs: Number(b) };
  if (kind === '/') return { forMs: Number(a), everyMs: Number(b) };
  throw new UsageError(
    `blackout takes 4000-4600, from and to in ms of the call, or 600/10000, so long each time; not "${value}"`,
  );
}
