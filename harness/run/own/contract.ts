import { z } from 'zod';
import { nearest } from './complaint.ts';
import type { Complaint } from './complaint.ts';

/** Names that may be referred to. */
export interface Known {
  readonly habits: readonly string[];
  readonly places: readonly string[];
  readonly metrics: readonly string[];
  /** Voice engines, and the names each can speak with; none listed: any. */
  readonly voices: ReadonlyMap<string, readonly string[]>;
}

/** What every file says of itself. */
export const summary = z
  .string()
  .min(1)
  .meta({ examples: ['what it is, in a few words'] });

/** A member that must be code. */
export const work = z
  .custom<(...given: never[]) => unknown>((value) => typeof value === 'function', 'expected a function')
  .meta({
    examples: ['a function, as its type in hangup/model/person and hangup/model/plan says'],
  });

/** `name` is not among `known`. */
export function unknownName(
  path: Complaint['path'],
  noun: string,
  name: string,
  known: readonly string[],
): Complaint | undefined {
  if (known.includes(name)) return undefined;
  const near = nearest(name, known);
  const remedy = near === undefined ? `there are: ${known.toSorted().join(', ')}` : `did you mean "${near}"?`;
  return { path, says: `there is no ${noun} called "${name}"; ${remedy}` };
}

/** The first complaint there is about one of `items`. */
export const first = <T>(
  items: readonly T[],
  check: (item: T, index: number) => Complaint | undefined,
): Complaint | undefined => items.map(check).find((found) => found !== undefined);
