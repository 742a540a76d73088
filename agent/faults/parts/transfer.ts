import type { AgentParts } from '../../parts.ts';
import type { Transfer } from '../../transfer.ts';

/** The parts with another way of putting callers through, made of the one it wraps. */
export const transferring = (parts: AgentParts, change: (transfer: Transfer) => Transfer): AgentParts => ({
  ...parts,
  transfer: change(parts.transfer),
});
