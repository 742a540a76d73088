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

/** The place a listening address names; 0.0.0.0 is every address we have. Throws UsageError for an unknown host. */
export async function placeOf(host: string): Promise<Place> {
  if (host === '0.0.0.0') return { host: ownAddress(), bind: host };
  const found = await lookup(bareHost(host), { family: 4 }).catch(() => {
    throw new UsageError(`${host} has no IPv4 address; listen on an address of this machine, e.g. 127.0.0.1`);
  });
  return { host: found.address };
}

/** An address others can reach us at. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
