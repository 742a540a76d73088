import type { ContextPacket, OfficeReply, OfficeRequest } from '../../harness/model/office.ts';
import type { Facts } from '../../harness/model/plan.ts';
import type { HandOver } from '../brain/dialogue.ts';

/**
 * What a chat model can do on a call, and what comes of it. The same contract for whoever asks a model to lead a call and
 * for whoever answers in place of one. Pure.
 */

type Commit = Extract<OfficeRequest, { kind: 'commit' }>;
type Free = Extract<OfficeRequest, { kind: 'free' }>;

/** What a caller may want to have done. */
export const ACTIONS: readonly Commit['action'][] = ['book', 'move', 'cancel', 'confirm', 'message'];

/** A tool as a model is told of it; `parameters` is a JSON Schema. */
export interface Tool {
  readonly name: 'office_free' | 'office_commit' | 'hand_over' | 'hang_up';
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What travels with a handover beside the desk and the reason: as much of it as is known. */
export interface HandedFacts {
  readonly facts: Facts;
  /** What she wanted done. */
  readonly intent?: Commit['action'];
  readonly sentiment?: NonNullable<ContextPacket['sentiment']>;
  readonly urgency?: NonNullable<ContextPacket['urgency']>;
}

/** What a model wants done. */
export type Deed =
  | { readonly kind: 'office'; readonly request: Free | Commit }
  | { readonly kind: 'hand-over'; readonly to: HandOver; readonly with: HandedFacts }
  | { readonly kind: 'hang-up' };

/** A call of a tool, as a model makes it. */
export interface ToolUse {
  readonly name: string;
  /** A JSON object, as text. */
  readonly arguments: string;
}

/** What came of it: told to the model as the tool's result, as JSON. */
export type ToolResult =
  | Extract<OfficeReply, { kind: 'free' | 'done' | 'refused' }>
  /** Nobody there took her; she is back with the agent. */
  | { readonly kind: 'desk-failed'; readonly desk: string }
  /** No answer yet: it follows in a note. */
  | { readonly kind: 'pending' }
  /** The goodbye is being said. */
  | { readonly kind: 'hanging-up' }
  /** The tool was not used as it is meant to be; one sentence. */
  | { readonly kind: 'wrong'; readonly why: string };

const text = (description: string): Readonly<Record<string, unknown>> => ({ type: 'string', description });

const object = (
  properties: Readonly<Record<string, unknown>>,
  required: readonly string[],
): Readonly<Record<string, unknown>> => ({ type: 'object', properties, required, additionalProperties: false });

const values = {
  type: 'object',
  description: 'What the caller told, by name; leave out what she did not tell.',
  properties: {
    service: text('what she comes in for, lower case, e.g. "cleaning", "check-up", "filling"'),
    day: text('the day, a weekday in lower case, e.g. "tuesday"'),
    time: text('the time, 24 hours, e.g. "15:00"'),
    name: text('her first and last name, lower case, e.g. "maya lopez"'),
    phone: text('her telephone number, digits only, e.g. "5550142"'),
  },
  additionalProperties: { type: 'string' },
};

/** The tools of the front desk. */
export const tools: readonly Tool[] = [
  {
    name: 'office_free',
    description: 'Asks the calendar for the free times of a day.',
    parameters: object({ day: text('a weekday in lower case, e.g. "tuesday"') }, ['day']),
  },
  {
    name: 'office_commit',
    description: 'Has the office do what was agreed. Only after it was read back to the caller and she said yes.',
    parameters: object({ action: { type: 'string', enum: ACTIONS }, values }, ['action', 'values']),
  },
  {
    name: 'hand_over',
    description: 'Puts the caller through to a person. Say so to her first, in the same reply.',
    parameters: object(
      {
        desk: { type: 'string', enum: ['front desk', 'billing', 'nurse', 'manager'] },
        reason: text('why, in a few words, for whoever takes over'),
        facts: values,
        intent: { type: 'string', enum: ACTIONS, description: 'what she wanted done, if anything' },
        sentiment: { type: 'string', enum: ['calm', 'upset'] },
        urgency: { type: 'string', enum: ['normal', 'urgent'] },
      },
      ['desk', 'reason'],
    ),
  },
  {
    name: 'hang_up',
    description: 'Ends the call. Say goodbye first, in the same reply.',
    parameters: object({}, []),
  },
];

/** The use of a tool that asks for `deed`. */
export function useFor(deed: Deed): ToolUse {
  switch (deed.kind) {
    case 'office':
      return deed.request.kind === 'free'
        ? used('office_free', { day: deed.request.day })
        : used('office_commit', { action: deed.request.action, values: deed.request.values });
    case 'hand-over':
      return used('hand_over', { desk: deed.to.desk, reason: deed.to.reason, ...deed.with });
    case 'hang-up':
      return used('hang_up', {});
  }
}

const used = (name: Tool['name'], given: object): ToolUse => ({ name, arguments: JSON.stringify(given) });

/** What a use of a tool asks for, or one sentence that tells the model what is wrong with it. */
export function deedOf({ name, arguments: given }: ToolUse): Deed | string {
  const read = readObject(given);
  if (!read) return `the arguments of ${name} must be a JSON object`;
  switch (name) {
    case 'office_free':
      return typeof read['day'] === 'string'
        ? { kind: 'office', request: { kind: 'free', day: read['day'] } }
        : 'office_free needs a "day", e.g. "tuesday"';
    case 'office_commit':
      return committed(read);
    case 'hand_over':
      return handedOver(read);
    case 'hang_up':
      return { kind: 'hang-up' };
    default:
      return `there is no tool ${name}; use ${tools.map((tool) => tool.name).join(', ')}`;
  }
}

function committed({ action: wanted, values: told }: Loose): Deed | string {
  const action = oneOf(ACTIONS, wanted);
  if (!action) return `office_commit needs an "action": one of ${ACTIONS.join(', ')}`;
  const facts = readFacts(told);
  if (!facts) return 'office_commit needs "values": an object of texts, e.g. {"day": "tuesday"}';
  return { kind: 'office', request: { kind: 'commit', action, values: facts } };
}

function handedOver({ desk, reason, facts, intent, sentiment, urgency }: Loose): Deed | string {
  if (typeof desk !== 'string' || desk === '') return 'hand_over needs a "desk", e.g. "front desk"';
  const wish = oneOf(ACTIONS, intent);
  const mood = oneOf(['calm', 'upset'] as const, sentiment);
  const haste = oneOf(['normal', 'urgent'] as const, urgency);
  return {
    kind: 'hand-over',
    to: { desk, reason: typeof reason === 'string' ? reason : '' },
    with: {
      facts: readFacts(facts) ?? {},
      ...(wish ? { intent: wish } : {}),
      ...(mood ? { sentiment: mood } : {}),
      ...(haste ? { urgency: haste } : {}),
    },
  };
}

/** A result as the text a model reads. */
export const resultText = (result: ToolResult): string => JSON.stringify(result);

/** The result in such a text; undefined when it is none. */
export function resultOf(read: string): ToolResult | undefined {
  const result = readObject(read);
  switch (result?.['kind']) {
    case 'free':
      return isTexts(result['times']) ? { kind: 'free', times: result['times'] } : undefined;
    case 'done':
      return typeof result['id'] === 'string' ? { kind: 'done', id: result['id'] } : undefined;
    case 'refused':
    case 'wrong':
      return typeof result['why'] === 'string' ? { kind: result['kind'], why: result['why'] } : undefined;
    case 'desk-failed':
      return typeof result['desk'] === 'string' ? { kind: 'desk-failed', desk: result['desk'] } : undefined;
    case 'pending':
    case 'hanging-up':
      return { kind: result['kind'] };
    default:
      return undefined;
  }
}

type Loose = Readonly<Record<string, unknown>>;

function readObject(read: string): Loose | undefined {
  try {
    const value: unknown = JSON.parse(read.trim() === '' ? '{}' : read);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : undefined;
  } catch {
    return undefined;
  }
}

const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((one) => one === value);

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** Texts by name. A model may write a number for one; what holds nothing is left out. */
function readFacts(value: unknown): Facts | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, told]: readonly [string, unknown]) => {
      const word = typeof told === 'number' ? String(told) : told;
      return typeof word === 'string' && word !== '' ? [[name, word] as const] : [];
    }),
  );
}
