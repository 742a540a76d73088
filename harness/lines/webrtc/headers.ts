import type { CallContext, Target } from '../../model/line.ts';

/** Headers of our own: what SIP says in Refer-To, Replaces and Referred-By. */
export const CONTEXT_HEADER = 'x-hangup-context';
export const REPLACES_HEADER = 'x-hangup-replaces';
export const REFERRED_HEADER = 'x-hangup-referred-by';

/** Everything that goes along with a call to `target`. */
export const headersOf = (target: Target, { headers, context }: CallContext): Readonly<Record<string, string>> => ({
  ...target.headers,
  ...headers,
  ...(context !== undefined && { [CONTEXT_HEADER]: encodeURIComponent(context) }),
});
