import type { Review, ScoredCall } from '../harness/model/metric.ts';
import { several } from './words.ts';

/** How many calls people listened to, and what they thought of our verdict on them. */
export type Reviews = Readonly<Record<Review['verdict'], number>>;

/** Counted over calls; a review of another outcome than the call now has says nothing any more. Undefined: nobody listened. */
export function reviewsOf(calls: readonly ScoredCall[]): Reviews | undefined {
  const reviews = calls.flatMap(({ review, outcome }) => (review?.of === outcome ? [review.verdict] : []));
  if (reviews.length === 0) return undefined;
  const count = (verdict: Review['verdict']): number => reviews.filter((one) => one === verdict).length;
  return { agree: count('agree'), disagree: count('disagree'), 'our-fault': count('our-fault') };
}

/** `3 calls were listened to: 1 agreed with, 1 not, 1 our fault`. */
export function reviewText(reviews: Reviews): string {
  const { agree, disagree, 'our-fault': ours } = reviews;
  const heard = several(agree + disagree + ours, 'call');
  return `${heard} listened to: ${agree} agreed with, ${disagree} not, ${ours} our fault`;
}
