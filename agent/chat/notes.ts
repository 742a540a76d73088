import type { DtmfKey } from '../../harness/model/line.ts';
import type { Cue } from '../brain/dialogue.ts';
import { resultOf, resultText } from './tools.ts';
import type { Tool, ToolResult } from './tools.ts';

/**
 * What happens on a call, as the user messages of a chat: her words as they were heard, and notes in square brackets for
 * all that is not speech. Pure, and the same both ways.
 *
 *     [the call begins]                    she is on the line, and waits for a greeting
 *     tuesday would suit me                her turn
 *     [unclear] ... / [not understood]     most of it was no word the ear knows / not one word was understood
 *     [while you spoke] ...                her turn had begun before the last words were over: it does not answer them
 *     [cutting in] ...                     before any of them: she cut the last reply off. That reply is shortened in the
 *                                          chat to what she heard of it, and is not there at all when she heard nothing
 *     [silence] [sound] [key 5]            nobody speaks; she made a sound that is no word; she pressed a key
 *     [the office takes its time]          a result is pending for so long that she should be told
 *     [office_commit answers: {...}]       the result of a tool that was pending
 */

/** What happens that is told in a user message. */
export type Happening =
  | Exclude<Cue, { kind: 'cut' | 'office' | 'desk-failed' }>
  | { readonly kind: 'answers'; readonly tool: Tool['name']; readonly result: ToolResult };

/** A user message, taken apart. */
export interface Told {
  /** She cut the last reply off. */
  readonly cutIn: boolean;
  readonly what: Happening;
}

const CUT_IN = '[cutting in]';
const OVER_US = '[while you spoke]';
const UNCLEAR = '[unclear]';
const NOT_UNDERSTOOD = '[not understood]';
const BEGINS = '[the call begins]';
const SILENCE = '[silence]';
const SOUND = '[sound]';
const SLOW = '[the office takes its time]';

/** The user message that tells of it. */
export const userMessage = ({ cutIn, what }: Told): string => (cutIn ? `${CUT_IN} ${noteOf(what)}` : noteOf(what));

function noteOf(what: Happening): string {
  switch (what.kind) {
    case 'answered':
      return BEGINS;
    case 'heard':
      return heardNote(what);
    case 'silence':
      return SILENCE;
    case 'sound':
      return SOUND;
    case 'key':
      return `[key ${what.key}]`;
    case 'office-slow':
      return SLOW;
    case 'answers':
      return `[${what.tool} answers: ${resultText(what.result)}]`;
  }
}

/** No word of hers can pass for a note. */
const withoutBrackets = (text: string): string => text.replaceAll(/[[\]]/g, ' ').replaceAll(/\s+/g, ' ').trim();

function heardNote({ text, mostly, began }: Extract<Happening, { kind: 'heard' }>): string {
  const words = withoutBrackets(text);
  const notes = [
    ...(began === undefined ? [] : [OVER_US]),
    ...(mostly === undefined ? [] : [UNCLEAR]),
    words === '' ? NOT_UNDERSTOOD : words,
  ];
  return notes.join(' ');
}

/** What a user message tells of. Any text is one: what is no note is what she said. */
export function toldIn(message: string): Told {
  const trimmed = message.trim();
  const rest = after(trimmed, CUT_IN);
  return { cutIn: rest !== undefined, what: happeningIn(rest ?? trimmed) };
}

const after = (message: string, note: string): string | undefined =>
  message.startsWith(note) ? message.slice(note.length).trim() : undefined;

const PLAIN: Readonly<Record<string, Happening>> = {
  [BEGINS]: { kind: 'answered' },
  [SILENCE]: { kind: 'silence' },
  [SOUND]: { kind: 'sound' },
  [SLOW]: { kind: 'office-slow' },
};

function happeningIn(message: string): Happening {
  const key = /^\[key ([0-9*#])\]$/.exec(message)?.[1];
  return PLAIN[message] ?? (key ? { kind: 'key', key: key as DtmfKey } : (answerIn(message) ?? heardIn(message)));
}

const TOOL_ANSWERS = /^\[(office_free|office_commit|hand_over|hang_up) answers: (\{.*\})\]$/s;

function answerIn(message: string): Happening | undefined {
  const [, tool, json = ''] = TOOL_ANSWERS.exec(message) ?? [];
  const result = resultOf(json);
  return tool && result ? { kind: 'answers', tool: tool as Tool['name'], result } : undefined;
}

function heardIn(message: string): Happening {
  const overUs = after(message, OVER_US);
  const unclear = after(overUs ?? message, UNCLEAR);
  const words = unclear ?? overUs ?? message;
  return {
    kind: 'heard',
    text: words === NOT_UNDERSTOOD ? '' : words,
    ...(unclear === undefined ? {} : { mostly: 'unknown' }),
    ...(overUs === undefined ? {} : { began: 'before-our-end' }),
  };
}
