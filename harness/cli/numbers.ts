import { UsageError } from '../model/errors.ts';
import { codecsNamed, type Handsets } from '../run/codecs.ts';
import { networkNamed } from '../run/network.ts';

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

/** What the callers were asked to phone with. Throws UsageError for what there is not. */
export function handsetsAsked(options: Record<string, unknown>): Handsets {
  const [codecs, network] = [text(options, 'codec'), text(options, 'network')];
  return {
    codecs: codecs === undefined ? undefined : codecsNamed(codecs),
    srtp: oneOf(options, 'srtp', '--srtp', ['mandatory'] as const),
    network: network === undefined ? undefined : networkNamed(network),
  };
}
