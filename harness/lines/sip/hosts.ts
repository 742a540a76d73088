import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { UsageError } from '../../model/errors.ts';
import { bareHost } from '../../sip/uri.ts';

/** Where to listen, and as what others reach us there. */
export interface Place {
  readonly host: string;
  /** The address to bind when it is not `host`. */
  readonly bind?: string;
}

/** The addresses that stand for every one we have of their family. */
const EVERYWHERE = { '0.0.0.0': 'IPv4', '::': 'IPv6' } as const;

/** The place a listening address names; 0.0.0.0 and [::] are every address we have. Throws UsageError for an unknown host. */
export async function placeOf(host: string): Promise<Place> {
  const bare = bareHost(host);
  const family = EVERYWHERE[bare as keyof typeof EVERYWHERE] as
    (typeof EVERYWHERE)[keyof typeof EVERYWHERE] | undefined;
  if (family) return { host: ownAddress(family), bind: bare };
  const found = await lookup(bare).catch(() => {
    throw new UsageError(`${host} has no address here; listen on an address of this machine, e.g. 127.0.0.1 or [::1]`);
  });
  return { host: found.address };
}

/** An address others can reach us at. */
function ownAddress(wanted: 'IPv4' | 'IPv6'): string {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const outward = addresses.find(
    // Link-local addresses mean nothing without the interface they are on.
    ({ family, internal, address }) => family === wanted && !internal && !address.startsWith('fe80'),
  );
  return outward?.address ?? (wanted === 'IPv4' ? '127.0.0.1' : '::1');
}
