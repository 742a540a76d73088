import type { Brain, Cue, Dialogue, Thought } from '../../brain/dialogue.ts';
import type { Policy } from '../../brain/policy.ts';
import type { AgentParts } from '../../parts.ts';

/** How a brain thinks, given how it would have thought. */
export type Rethink = (think: Brain['take'], dialogue: Dialogue, cue: Cue, policy: Policy) => Thought;

/** The parts with another way of thinking, as pure as the one it wraps. */
export const rethinking = (parts: AgentParts, rethink: Rethink): AgentParts => ({
  ...parts,
  brain: {
    ...parts.brain,
    take: (dialogue, cue, policy) => rethink(parts.brain.take, dialogue, cue, policy),
  },
});

/** Something a defect remembers between turns: it travels with the dialogue, so that thinking stays pure. */
export function memory<T>(
  name: string,
  first: T,
): { of(dialogue: Dialogue): T; in(dialogue: Dialogue, value: T): Dialogue } {
  const key = `defect:${name}`;
  return {
    of: (dialogue) => ((dialogue as unknown as Record<string, unknown>)[key] as T | undefined) ?? first,
    in: (dialogue, value) => ({ ...dialogue, [key]: value }),
  };
}

/** Everything a thought says, as one text. */
export const saidIn = ([, acts]: Thought): string =>
  acts.flatMap((act) => (act.kind === 'say' ? [act.text] : [])).join(' ');

/** Whether it knows nothing to go on with: what she said was not understood, or was nothing a front desk is for. */
export const hasNoBusiness = (dialogue: Dialogue): boolean =>
  dialogue.misses > 0 || (dialogue.wish === undefined && dialogue.told === undefined && !dialogue.wanted);
