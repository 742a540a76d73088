import type { Fault } from '../fault.ts';
import { billCall } from './parts/calls.ts';
import { handedOver } from './parts/together.ts';

const losesContext: Fault = {
  summary: 'hands over without a word of what the caller said, who has to start over',
  breaks: ['context_recall', 'repeat_burden'],
  mayMove: handedOver,
  shows: [billCall],
  apply: (parts) => ({
    ...parts,
    packet: (dialogue, to) => ({ ...parts.packet(dialogue, to), facts: {}, done: [], pending: [] }),
  }),
};

export default losesContext;
