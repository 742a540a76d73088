import type { Evidence } from '../model/record.ts';
import type { Suite } from '../model/suite.ts';

/**
 * What a run of this suite against this target will let us see. The reference agent is at home in our office and says what
 * it does; anybody else's agent gives its sound, and what the suite connects.
 */
export function evidenceOf(target: string, { check }: Pick<Suite, 'check'>): readonly Evidence[] {
  const given: readonly Evidence[] = target === 'reference' ? ['wire', 'office', 'claims'] : ['wire'];
  return [...given, ...(check === undefined ? [] : (['hooks'] as const))];
}
