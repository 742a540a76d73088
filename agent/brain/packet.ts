import type { ContextPacket } from '../../harness/model/office.ts';
import type { Dialogue, HandOver } from './dialogue.ts';

/** Makes the packet that travels with a handover. */
export type PacketMaker = (dialogue: Dialogue, to: HandOver) => ContextPacket;

/** Everything the next person needs so that the caller never starts over (metrics.md 7.2). */
export const wholePacket: PacketMaker = (dialogue, to) => ({
  desk: to.desk,
  intent: dialogue.wish ?? to.desk,
  reason: to.reason,
  facts: dialogue.slots,
  done: dialogue.done,
  pending: dialogue.wish !== undefined && !dialogue.done.includes(dialogue.wish) ? [dialogue.wish] : [],
});
