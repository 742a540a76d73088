import type { Claim } from '../../../model/office.ts';
import type { Dialect } from '../dialect.ts';
import { worded } from '../span.ts';
import type { OtlpSpan } from '../span.ts';

const WHATS: readonly Claim['what'][] = ['stage', 'transcript', 'said', 'state'];

function claimOf(span: OtlpSpan): readonly Claim[] {
  const what = WHATS.find((known) => known === worded(span, 'hangup.claim'));
  if (!what) return [];
  const text = worded(span, 'hangup.text');
  const { name, startMs, endMs } = span;
  return [{ what, name, startMs, endMs, ...(text === undefined ? {} : { text }) }];
}

/** Hangup's own reference agent (agent/spans.ts): each span below a `turn` is one claim. */
const ours: Dialect = {
  name: 'hangup',
  speaks: (spans) => spans.some((span) => worded(span, 'hangup.claim') !== undefined),
  read(spans) {
    const claims = spans.flatMap(claimOf);
    const ends = claims.filter(({ what, name }) => what === 'stage' && name === 'endpointing');
    return { claims, anchors: ends.map(({ startMs }) => ({ at: startMs, of: 'speech-end' })) };
  },
};

export default ours;
