import type { Evidence } from '../model/record.ts';
import type { Suite, SuiteOffice, SuiteOtlp } from '../model/suite.ts';

/**
 * What a run of this suite against this target will let us see. The reference agent is at home in our office and says what
 * it does; anybody else's agent gives its sound, and what the suite connects.
 */
export function evidenceOf(
  target: string,
  { check, office, otlp, ear }: Pick<Suite, 'check' | 'office' | 'otlp' | 'ear'>,
): readonly Evidence[] {
  const own: readonly Evidence[] = target === 'reference' ? ['office', 'claims'] : given(office, otlp);
  return [
    'wire',
    ...own,
    ...(ear === undefined ? [] : (['ear'] as const)),
    ...(check === undefined ? [] : (['hooks'] as const)),
  ];
}

const AS: Readonly<Record<NonNullable<SuiteOffice['posts']>[number], Evidence>> = {
  commitments: 'office',
  claims: 'claims',
};

/** What an agent that is not ours may give; of a call in which no span came, its claims are not seen after all. */
const given = (office: SuiteOffice | undefined, otlp: SuiteOtlp | undefined): readonly Evidence[] => [
  ...new Set<Evidence>([...postedBy(office), ...(otlp ? (['claims'] as const) : [])]),
];

const postedBy = (office: SuiteOffice | undefined): readonly Evidence[] =>
  office ? (office.posts ?? ['commitments']).map((kind) => AS[kind]) : [];
