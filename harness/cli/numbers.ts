import { UsageError } from '../model/errors.ts';
import type { Codec } from '../model/line.ts';
import { codecsNamed } from '../run/codecs.ts';

/** A whole number given to an option, or undefined when it was not given. Throws UsageError naming the option. */
export function wholeNumber(
  options: Record<string, unknown>,
  name: string,
  flag: string,
  least = 1,
): number | undefined {
  const given = options[name];
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isInteger(value) && value >= least) return value;
  throw new UsageError(`${flag} takes a whole number of at least ${least}, not "${String(given)}"`);
}

/** Text given to an option, or undefined. */
export const text = (options: Record<string, unknown>, name: string): string | undefined =>
  options[name] === undefined ? undefined : String(options[name]);

/** One of `allowed` given to an option, or undefined. Throws UsageError naming the option. */
export function oneOf<T extends string>(
  options: Record<string, unknown>,
  name: string,
  flag: string,
  allowed: readonly T[],
): T | undefined {
  const given = text(options, name);
  if (given === undefined || allowed.includes(given as T)) return given as T | undefined;
  throw new UsageError(`${flag} is one of ${allowed.join(', ')}, not "${given}"`);
}

/** The codecs given to `--codec`, or undefined. Throws UsageError for one we do not have. */
export function codecsAsked(options: Record<string, unknown>): readonly Codec[] | undefined {
  const given = text(options, 'codec');
  return given === undefined ? undefined : codecsNamed(given);
}
