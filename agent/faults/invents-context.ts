import type { Fault } from '../fault.ts';
import { billCall } from './parts/calls.ts';
import { handedOver } from './parts/together.ts';

/** What nobody ever said. */
const INVENTED = { service: 'crown', day: 'friday', time: '09:00' };

const inventsContext: Fault = {
  summary: 'hands over facts the caller never told',
  breaks: ['context_precision'],
  mayMove: handedOver,
  shows: [billCall],
  apply: (parts) => ({
    ...parts,
    packet: (dialogue, to) => {
      const packet = parts.packet(dialogue, to);
      return { ...packet, facts: { ...INVENTED, ...packet.facts } };
    },
  }),
};

export default inventsContext;
