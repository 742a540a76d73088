import type { ContextPacket, Identity } from '../../harness/model/office.ts';
import type { Dialogue, HandOver } from './dialogue.ts';

/** Makes the packet that travels with a handover. */
export type PacketMaker = (dialogue: Dialogue, to: HandOver) => ContextPacket;

/** The one language it speaks. */
const LANGUAGE = 'en-US';

/** Who she says she is; read back and agreed to, nothing less, counts as checked. */
function identityOf({ slots, agreed }: Dialogue): Identity {
  const { name, phone } = slots;
  const checked = name !== undefined && agreed['name'] === name;
  return {
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
    verified: checked ? 'read-back' : name === undefined && phone === undefined ? 'unknown' : 'stated',
  };
}

/** Everything the next person needs so that the caller never starts over (metrics.md 7.2). Only values of slots: no free text of hers. */
export const wholePacket: PacketMaker = (dialogue, to) => ({
  desk: to.desk,
  intent: dialogue.wish ?? to.desk,
  reason: to.reason,
  facts: dialogue.slots,
  done: dialogue.done,
  pending: dialogue.wish !== undefined && !dialogue.done.includes(dialogue.wish) ? [dialogue.wish] : [],
  identity: identityOf(dialogue),
  sentiment: dialogue.upset ? 'upset' : 'calm',
  urgency: dialogue.urgent ? 'urgent' : 'normal',
  language: LANGUAGE,
  ...(dialogue.call === undefined ? {} : { transcript: dialogue.call }),
});
