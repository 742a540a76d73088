import { UsageError } from '../model/errors.ts';
import type { Presence } from '../model/line.ts';
import type { SuiteSip } from '../model/suite.ts';
import { accessOf, pem } from '../run/access.ts';
import { text } from './numbers.ts';
import { sipFrom } from './sip-options.ts';

/**
 * How somebody who listens is known to those who call: account, registrar, certificate. `trouble` is told what goes
 * wrong afterwards. Throws UsageError for half a certificate and for files that cannot be read.
 */
export function presenceFrom(
  options: Record<string, unknown>,
  trouble: (sentence: string) => void,
  suite: SuiteSip = {},
  folder = '.',
): Presence {
  const [cert, key] = [text(options, 'tlsCert'), text(options, 'tlsKey')];
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError(`${cert ? '--tls-cert' : '--tls-key'} needs ${cert ? '--tls-key' : '--tls-cert'} beside it`);
  }
  const certificate = cert !== undefined &&
    key !== undefined && { cert: pem(cert, 'the certificate', '--tls-cert'), key: pem(key, 'the key', '--tls-key') };
  return { ...accessOf(sipFrom(options, suite, folder)), ...(certificate && { certificate }), trouble };
}
