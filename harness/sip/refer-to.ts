import { encodeUui, UUI_HEADER } from './uui.ts';

/** Names the call that a new one takes the place of (RFC 3891): its Call-ID and both tags, as its far end knows them. */
export const REPLACES_HEADER = 'Replaces';

/** Names who sent the caller (RFC 3892). */
export const REFERRED_BY_HEADER = 'Referred-By';

/** What goes along with a REFER, inside Refer-To. */
export interface Along {
  readonly context: string | undefined;
  /** Value of a Replaces header. */
  readonly replaces: string | undefined;
}

/** Refer-To that asks for `address` to be called with `along` (RFC 3515 2.1, RFC 5589 7; headers escaped as in RFC 3261 19.1.5). */
export function referTo(address: string, { context, replaces }: Along): string {
  const headers = [
    ...(replaces === undefined ? [] : [[REPLACES_HEADER, replaces] as const]),
    ...(context === undefined ? [] : [[UUI_HEADER, encodeUui(context)] as const]),
  ].map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return headers.length === 0 ? `<${address}>` : `<${address}?${headers.join('&')}>`;
}
