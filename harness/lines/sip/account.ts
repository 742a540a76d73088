import { UsageError } from '../../model/errors.ts';
import type { Presence } from '../../model/line.ts';
import type { Account } from '../../sip/agent.ts';
import type { TlsTerms } from '../../sip/streams.ts';
import { mustReadUri } from '../../sip/uri.ts';

/**
 * The account that `access` describes; `user` is whose password it holds when it does not say, and who is registered
 * without one. Throws UsageError for an address that is none, and for a password without a user.
 */
export function accountOf(access: Presence, user: string | undefined): Account {
  const { password, proxy, registrar, trouble } = access;
  const registered = registrar === undefined ? undefined : mustReadUri(registrar);
  const name = access.user ?? registered?.user ?? user;
  if (password !== undefined && name === undefined) {
    throw new UsageError('a SIP password needs a user beside it; set SIP_USER, or sip.user of the suite');
  }
  return {
    ...(name !== undefined && password !== undefined && { credentials: { user: name, password } }),
    ...(name !== undefined && registered && { name }),
    ...(proxy !== undefined && { proxy: mustReadUri(proxy) }),
    ...(registered && { registrar: registered }),
    ...(trouble && { trouble }),
  };
}

/** What TLS is spoken with on behalf of `access`. */
export const tlsOf = ({ ca, certificate }: Presence): TlsTerms => ({
  ...(ca !== undefined && { ca }),
  ...(certificate && { own: certificate }),
});
