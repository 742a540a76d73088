import type { OfficeReply, OfficeRequest } from '../../harness/model/office.ts';
import type { Act, Cue, Dialogue } from '../brain/dialogue.ts';
import { soundPolicy } from '../brain/policy.ts';
import { rulesBrain } from '../brain/rules.ts';
import type { Happening, Told } from '../chat/notes.ts';
import { deedOf, resultOf, useFor } from '../chat/tools.ts';
import type { Deed, Tool, ToolResult, ToolUse } from '../chat/tools.ts';
import { ownReply } from '../office-own.ts';

/** One thing in a conversation that a client tells us from its beginning. */
export type Entry =
  /** What happened on the caller's side. */
  | { readonly kind: 'told'; readonly told: Told }
  /** What the client says we said: less than we did when it was cut off. */
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'used'; readonly id: string; readonly use: ToolUse }
  | { readonly kind: 'result'; readonly id: string; readonly text: string };

/** What the rules answer to it. */
export interface Reply {
  /** Where the conversation stands once this is said. */
  readonly dialogue: Dialogue;
  readonly words: string;
  readonly uses: readonly ToolUse[];
}

/** A conversation on the way: where it stands, what was said last and not yet confirmed, and what is to be done. */
interface Course {
  readonly dialogue: Dialogue;
  /** What the client has not been seen to take: of the last thought, and deeds of those before. */
  readonly acts: readonly Act[];
  /** Our last words, until the client tells what became of them. */
  readonly owed: string;
  /** Of those, what it says was heard. */
  readonly heard: string | undefined;
  /** The tools in use, by call. */
  readonly uses: ReadonlyMap<string, ToolUse>;
}

const wordsOf = (acts: readonly Act[]): string =>
  acts.flatMap((act) => (act.kind === 'say' ? [act.text] : [])).join(' ');

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} ]+/gu, '')
    .split(/\s+/)
    .filter(Boolean)
    .join(' ');

/** Fewer of our own words than we said: she heard no more of them. */
const isShortened = (heard: string, said: string): boolean =>
  plain(heard) !== plain(said) && plain(said).startsWith(plain(heard));

/** Office requests in one thought that are answered here: a bound, nobody gets near it. */
const IN_HOUSE = 4;

/** Carries out here what the client offers no tool for: everything is free, and nothing is kept. */
function inHouse(dialogue: Dialogue, acts: readonly Act[], offered: ReadonlySet<string>, left = IN_HOUSE): Course {
  const asked = acts.find((act) => act.kind === 'office' && !offered.has(toolFor(act.request)));
  const kept = acts.filter((act) => act !== asked);
  if (asked?.kind !== 'office' || left === 0)
    return { dialogue, acts: kept, owed: '', heard: undefined, uses: new Map() };
  const cue: Cue = { kind: 'office', asked: asked.request, reply: ownReply(asked.request) };
  const [next, more] = rulesBrain.take(dialogue, cue, soundPolicy);
  return inHouse(next, [...kept, ...more], offered, left - 1);
}

const toolFor = ({ kind }: OfficeRequest): Tool['name'] => (kind === 'free' ? 'office_free' : 'office_commit');

function toolOf(act: Act): Tool['name'] | undefined {
  if (act.kind === 'say') return undefined;
  if (act.kind === 'office') return toolFor(act.request);
  return act.kind === 'hang-up' ? 'hang_up' : 'hand_over';
}

/** What is to be done is wanted still, though the reply it was in was cut off before it, or never asked for. */
const deedsOf = (acts: readonly Act[]): readonly Act[] => acts.filter((act) => act.kind !== 'say');

/** All but the deed that a use of the tool `name` has taken. */
function without(name: string, acts: readonly Act[]): readonly Act[] {
  const deeds = deedsOf(acts);
  const taken = deeds.findIndex((act) => toolOf(act) === name);
  return taken < 0 ? deeds : deeds.toSpliced(taken, 1);
}

function take(course: Course, cue: Cue, offered: ReadonlySet<string>): Course {
  const [dialogue, acts] = rulesBrain.take(course.dialogue, cue, soundPolicy);
  const done = inHouse(dialogue, acts, offered);
  return { ...done, uses: course.uses, owed: wordsOf(done.acts) };
}

/** Our last words are settled: heard whole, or cut off. A reply the client never heard of was cut before its first word. */
function settled(course: Course, cutIn: boolean): Course {
  const { owed, heard, dialogue } = course;
  const over: Course = { ...course, owed: '', heard: undefined, acts: deedsOf(course.acts) };
  if (owed === '') return over;
  const cut = cutIn || heard === undefined || isShortened(heard, owed);
  if (!cut) return over;
  const [next] = rulesBrain.take(dialogue, { kind: 'cut', heard: heard ?? '' }, soundPolicy);
  return { ...over, dialogue: next };
}

const asReply = (result: ToolResult): OfficeReply =>
  result.kind === 'free' || result.kind === 'done' || result.kind === 'refused'
    ? result
    : { kind: 'refused', why: result.kind === 'wrong' ? result.why : 'no answer' };

/** What a tool's result means to the brain; nothing while it is pending, or when all is well. */
function cueOf(use: ToolUse | undefined, result: ToolResult | undefined): Cue | undefined {
  if (!use || !result || result.kind === 'pending') return undefined;
  if (result.kind === 'desk-failed') return { kind: 'desk-failed', desk: result.desk };
  const deed = deedOf(use);
  if (typeof deed === 'string' || deed.kind !== 'office') return undefined;
  return { kind: 'office', asked: deed.request, reply: asReply(result) };
}

const lastUse = (uses: Course['uses'], name: string): ToolUse | undefined =>
  [...uses.values()].findLast((use) => use.name === name);

const cueFor = (what: Happening, uses: Course['uses']): Cue | undefined =>
  what.kind === 'answers' ? cueOf(lastUse(uses, what.tool), what.result) : what;

function follow(course: Course, entry: Entry, offered: ReadonlySet<string>): Course {
  switch (entry.kind) {
    case 'said':
      return { ...course, heard: [course.heard, entry.text].filter(Boolean).join(' '), acts: deedsOf(course.acts) };
    case 'used':
      return {
        ...course,
        uses: new Map([...course.uses, [entry.id, entry.use]]),
        acts: without(entry.use.name, course.acts),
      };
    case 'result': {
      const cue = cueOf(course.uses.get(entry.id), resultOf(entry.text));
      return cue ? beside(course, take(course, cue, offered)) : course;
    }
    case 'told': {
      const ready = settled(course, entry.told.cutIn);
      const cue = cueFor(entry.told.what, course.uses);
      if (!cue) return ready;
      const taken = take(ready, cue, offered);
      return { ...taken, acts: [...ready.acts, ...taken.acts] };
    }
  }
}

/** A tool's answer comes while our words are still being said, or beside another's: both are owed then. */
function beside(before: Course, after: Course): Course {
  const owed = [before.heard ?? before.owed, after.owed].filter(Boolean).join(' ');
  return { ...after, acts: [...before.acts, ...after.acts], owed, heard: before.heard };
}

/** Who calls for the first time is greeted; a client that begins with the caller's words has done that itself. */
function opening(entries: readonly Entry[]): Course {
  const [dialogue, acts] = rulesBrain.take(rulesBrain.begin, { kind: 'answered' }, soundPolicy);
  const greets = entries.every(({ kind }) => kind !== 'told');
  const said = entries.find(({ kind }) => kind === 'said' || kind === 'told')?.kind === 'said';
  return {
    dialogue,
    acts: greets && !said ? acts : [],
    owed: said ? wordsOf(acts) : '',
    heard: undefined,
    uses: new Map(),
  };
}

/** An act as the tool that does it; none where the client does not offer it. */
function useOf(act: Act, dialogue: Dialogue, offered: ReadonlySet<string>): readonly ToolUse[] {
  const deed = deedFor(act, dialogue);
  const use = deed && useFor(deed);
  return use && offered.has(use.name) ? [use] : [];
}

function deedFor(act: Act, { slots, wish, upset, urgent }: Dialogue): Deed | undefined {
  if (act.kind === 'hang-up') return act;
  if (act.kind === 'office') {
    const { request } = act;
    return request.kind === 'free' || request.kind === 'commit' ? { kind: 'office', request } : undefined;
  }
  if (act.kind === 'say') return undefined;
  const intent = wish === undefined ? {} : { intent: wish };
  const how = { sentiment: upset ? 'upset' : 'calm', urgency: urgent ? 'urgent' : 'normal' } as const;
  return { kind: 'hand-over', to: act.to, with: { facts: slots, ...intent, ...how } };
}

/**
 * The rules' answer to a conversation told from its beginning: every entry is a cue of `rulesBrain`, and what the last one
 * makes it do is the reply. `offered` names the tools the client has; what it has none for is done here, or only said.
 */
export function fold(entries: readonly Entry[], offered: ReadonlySet<string>): Reply {
  const course = entries.reduce((so, entry) => follow(so, entry, offered), opening(entries));
  return {
    dialogue: course.dialogue,
    words: wordsOf(course.acts),
    uses: course.acts.flatMap((act) => useOf(act, course.dialogue, offered)),
  };
}
