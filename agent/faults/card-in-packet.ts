import type { Fault } from '../fault.ts';
import { billCall } from './parts/calls.ts';
import { handedOver } from './parts/together.ts';

/** The number every payment service publishes for tests. */
const CARD = '4111 1111 1111 1111';

const cardInPacket: Fault = {
  summary: "sends the caller's card number along with the call",
  breaks: ['context_safety'],
  mayMove: handedOver,
  shows: [billCall],
  apply: (parts) => ({
    ...parts,
    packet: (dialogue, to) => {
      const packet = parts.packet(dialogue, to);
      return { ...packet, reason: `${packet.reason}, card ${CARD}` };
    },
  }),
};

export default cardInPacket;
