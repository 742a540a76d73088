import { z } from 'zod';

/** What is wrong with a value, where in it, and what to do. */
export interface Complaint {
  /** Keys and list positions from the top, e.g. `['lines', 2, 'say']`. */
  readonly path: readonly (string | number)[];
  readonly says: string;
  /** The complaint is about the key itself, not about what stands there. */
  readonly atKey?: true;
}

/** `lines.3.say`: list positions count from 1, as people do. */
const pathText = (path: Complaint['path']): string =>
  path.map((step) => (typeof step === 'number' ? step + 1 : step)).join('.');

/** The complaint as a sentence, without where the file is. */
export const sentenceOf = ({ path, says, atKey }: Complaint): string =>
  path.length === 0 || atKey ? says : `${pathText(path)}: ${says}`;

/** The part of a JSON Schema that says what may stand somewhere. */
interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | false;
  readonly items?: Node;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
}

/** What `type` finds wrong with `value` first, in one sentence with what to write instead; undefined when it is right. */
export function complaintAbout(type: z.ZodType, value: unknown): Complaint | undefined {
  const issue = type.safeParse(value).error?.issues[0];
  if (!issue) return undefined;
  const schema = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Node;
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') return unknownKey(nodeAt(schema, path), path, issue.keys[0] ?? '');
  const given = valueAt(value, path);
  const key = path.at(-1);
  const remedy = remedyFor(nodeAt(schema, path), key);
  if (given === undefined && key !== undefined) {
    return { path: path.slice(0, -1), says: `${String(key)} is missing; ${remedy}` };
  }
  return { path, says: `${expected(issue)}, got ${nounOf(given)}; ${remedy}` };
}

function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${NOUN[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'number'
        ? `expected a number of at least ${issue.minimum}`
        : `expected ${NOUN[issue.origin] ?? issue.origin} that is not empty`;
    case 'too_big':
      return `expected a number of at most ${issue.maximum}`;
    case 'invalid_format':
      return `expected text of the form ${'pattern' in issue ? issue.pattern : issue.format}`;
    default:
      return issue.message;
  }
}

const NOUN: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
  function: 'a function',
};

/** A value in a reader's words. */
function nounOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value === '') return 'empty text';
  if (typeof value === 'string') return `"${value}"`;
  return typeof value === 'object' ? 'a mapping' : `${typeof value} ${String(value)}`;
}

/** "write day: monday", from the example the schema has for that place. */
function remedyFor(node: Node | undefined, key: string | number | undefined): string {
  const example = node?.examples?.[0] ?? node?.enum?.[0] ?? EXAMPLE[node?.type ?? ''];
  if (example === undefined) return 'see its description in the schema';
  const shown = typeof example === 'string' ? example : JSON.stringify(example);
  return typeof key === 'string' ? `write ${key}: ${shown}` : `write ${shown}`;
}

const EXAMPLE: Readonly<Record<string, unknown>> = {
  boolean: true,
  number: 1,
  integer: 1,
  string: 'text',
  array: [],
  object: {},
};

function unknownKey(node: Node | undefined, path: Complaint['path'], key: string): Complaint {
  if (/\s/.test(key)) {
    return { path: [...path, key], atKey: true, says: `the text before "${key}" ended at a comma; put it in quotes` };
  }
  const known = Object.keys(node?.properties ?? {});
  const near = nearest(key, known);
  const remedy = near === undefined ? `there are: ${known.join(', ')}` : `did you mean "${near}"?`;
  return { path: [...path, key], atKey: true, says: `there is no key "${key}" here; ${remedy}` };
}

/** The one of `known` that `word` may have been meant to be: at most two letters away, or its beginning. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, away: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.away - b.away);
  const [best] = ranked;
  return best && best.away <= Math.max(2, Math.floor(word.length / 4)) ? best.candidate : undefined;
}

/** Letters to add, drop, change or swap (Damerau's, restricted). */
function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change, swapped ? (before[j - 2] ?? 0) + 1 : change);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

function nodeAt(schema: Node, path: Complaint['path']): Node | undefined {
  return path.reduce<Node | undefined>((node, step) => {
    if (typeof step === 'number') return node?.items;
    return node?.properties?.[step] ?? (node?.additionalProperties || undefined);
  }, schema);
}

const valueAt = (value: unknown, path: Complaint['path']): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown> | undefined)?.[step], value);
