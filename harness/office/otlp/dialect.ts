import type { Claim } from '../../model/office.ts';
import type { OtlpSpan } from './span.ts';

/** Something the spans say the caller did, by the agent's clock, Unix ms: what its clock is aligned by. */
export interface Anchor {
  readonly at: number;
  readonly of: 'speech-end' | 'speech-onset';
}

/** What spans say of an agent's stages. Times are still the agent's own, Unix ms. */
export interface Told {
  readonly claims: readonly Claim[];
  readonly anchors: readonly Anchor[];
}

/** How one framework names its stages. */
export interface Dialect {
  /** As it is kept in a record. */
  readonly name: string;
  /** Whether these spans, all of one call, are of it. */
  speaks(spans: readonly OtlpSpan[]): boolean;
  /** Pure. A stage that is not told is left out: it is not zero. */
  read(spans: readonly OtlpSpan[]): Told;
}

/** A stage that took `seconds` from `startMs`; none where nobody measured. */
export const stageOf = (name: string, startMs: number, seconds: number | undefined): readonly Claim[] =>
  seconds === undefined ? [] : [{ what: 'stage', name, startMs, endMs: startMs + seconds * 1000 }];
