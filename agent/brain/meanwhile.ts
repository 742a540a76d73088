import type { Brain, Cue, Dialogue } from './dialogue.ts';
import type { Policy } from './policy.ts';

/** Keeps the values she told while a desk rang, and nothing else of it; undefined when she took her leave. Pure. */
export function keptOf(
  { brain, policy }: { readonly brain: Brain; readonly policy: Policy },
  dialogue: Dialogue,
  cue: Cue,
): Dialogue | undefined {
  const [next, acts] = brain.take(dialogue, cue, policy);
  if (acts.some(({ kind }) => kind === 'hang-up')) return undefined;
  const { slots, digits, firstName, lastName } = next;
  return { ...dialogue, slots, digits, firstName, lastName };
}
