import type { OfficeReply, OfficeRequest } from '../../harness/model/office.ts';
import type { Wish } from '../ear/meaning.ts';
import { say } from './dialogue.ts';
import type { Dialogue, HandOver, Thought } from './dialogue.ts';
import { announce, anythingElse, doneSaying, taken } from './phrases.ts';

type Commit = Extract<OfficeRequest, { kind: 'commit' }>;

function committed(dialogue: Dialogue, asked: Commit): Thought {
  const wish: Wish = asked.action;
  const done = [...dialogue.done.filter((one) => one !== wish), wish];
  // Whom a message is for is no value that she could change.
  const { for: _for, about: _about, ...held } = asked.values;
  const next: Dialogue = { ...dialogue, committed: held, done, loops: 0 };
  // She has thought better of it in the meantime, and that has been read back: no word of the old value.
  const stale = Object.entries(held).some(([slot, value]) => (dialogue.slots[slot] ?? value) !== value);
  if (stale) return [next, []];
  return [{ ...next, asked: 'more', question: anythingElse }, [say(doneSaying(wish, asked.values))]];
}

/** The time is gone: see what is free that day. */
function refused(dialogue: Dialogue, asked: Commit): Thought {
  const day = asked.values['day'];
  if (day !== undefined) return [dialogue, [{ kind: 'office', request: { kind: 'free', day } }]];
  const to: HandOver = { desk: 'front desk', reason: 'the office could not take it' };
  return [dialogue, [say(announce(to.desk)), { kind: 'hand-over', to }]];
}

function offer(dialogue: Dialogue, day: string, times: readonly string[]): Thought {
  const gone = times.length === 0 ? ['day', 'time'] : ['time'];
  const slots = Object.fromEntries(Object.entries(dialogue.slots).filter(([slot]) => !gone.includes(slot)));
  const question = taken(day, times);
  return [{ ...dialogue, slots, asked: times.length === 0 ? 'day' : 'time', question }, [say(question)]];
}

/** The office has answered. */
export function onOffice(dialogue: Dialogue, asked: OfficeRequest, reply: OfficeReply): Thought {
  if (reply.kind === 'free' && asked.kind === 'free') return offer(dialogue, asked.day, reply.times);
  if (asked.kind === 'free') return offer(dialogue, asked.day, []);
  if (asked.kind !== 'commit') return [dialogue, []];
  return reply.kind === 'done' ? committed(dialogue, asked) : refused(dialogue, asked);
}
