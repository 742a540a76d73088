import { createHash } from 'node:crypto';

/** Names of a call's trace, for a target that keeps traces of its own (W3C Trace Context 3.2). */
export const TRACEPARENT = 'traceparent';

/** The `traceparent` of a call: the same for the same run and call, so that its spans can be found from either. Sampled. */
export function traceparent(run: string, call: string): string {
  const hash = createHash('sha256').update(`${run}\n${call}`).digest('hex');
  return `00-${hash.slice(0, 32)}-${hash.slice(32, 48)}-01`;
}
