import { placeIn, type Destination } from './destination.ts';
import { NotPlaced } from './not-placed.ts';

/** How far a connection had come when it failed. */
export type Stage = 'connecting' | 'handshake';

type Sentence = readonly [why: 'unreachable' | 'configuration', says: string];

const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
]);

/** Why `to` could not be reached, from what the system or TLS reported: one sentence that says what to do. */
export function troubleWith(error: unknown, to: Destination, stage: Stage = 'connecting'): NotPlaced {
  if (error instanceof NotPlaced) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [why, says] = sentence(code, error, to, stage);
  return new NotPlaced(why, 0, says);
}

function sentence(code: string, error: unknown, to: Destination, stage: Stage): Sentence {
  return (
    ofName(code, to) ??
    ofCertificate(code, error, to) ??
    (stage === 'handshake' ? ofHandshake(code, error, to) : ofNetwork(code, error, to))
  );
}

function ofName(code: string, { host }: Destination): Sentence | undefined {
  if (code === 'EAI_AGAIN') return ['unreachable', `no name server answers for ${host}; check this machine's network`];
  return code === 'ENOTFOUND' || code === 'ENODATA'
    ? ['configuration', `the host ${host} is unknown to the name servers; check how it is written`]
    : undefined;
}

function ofCertificate(code: string, error: unknown, to: Destination): Sentence | undefined {
  const whose = `the certificate of ${placeIn(to)}`;
  if (code === 'CERT_HAS_EXPIRED') return ['configuration', `${whose} has expired; have it renewed there`];
  if (code === 'CERT_NOT_YET_VALID')
    return ['configuration', `${whose} is not valid yet; check the clocks of both sides`];
  if (code === 'CERT_REVOKED') return ['configuration', `${whose} has been revoked; have it replaced there`];
  if (UNTRUSTED.has(code)) {
    const ways = 'with --ca FILE, sip.ca of the suite or NODE_EXTRA_CA_CERTS';
    return ['configuration', `${whose} is signed by nobody we trust; name the authority that signed it ${ways}`];
  }
  return code === 'ERR_TLS_CERT_ALTNAME_INVALID'
    ? ['configuration', `${whose} is for ${namesIn(error)}, not for ${to.host}; call it by a name it is for`]
    : undefined;
}

/** The names of the certificate that did not fit, as Node hands it along with the error. */
function namesIn(error: unknown): string {
  const { subjectaltname, subject } =
    (error as { cert?: { subjectaltname?: string; subject?: { CN?: string } } }).cert ?? {};
  return subjectaltname?.replaceAll(/\b(?:DNS|IP Address):/g, '') ?? subject?.CN ?? 'another host';
}

function ofHandshake(code: string, error: unknown, to: Destination): Sentence {
  if (code.includes('ALERT') && !code.includes('UNEXPECTED')) {
    return ['configuration', `${placeIn(to)} refuses the TLS handshake: ${plainly(error)}; check its TLS settings`];
  }
  return [
    'configuration',
    `${placeIn(to)} takes connections but does not speak TLS; name its TLS port (often 5061), or call it without sips: and transport=tls`,
  ];
}

function ofNetwork(code: string, error: unknown, to: Destination): Sentence {
  const port = `${to.protocol === 'udp' ? 'UDP' : 'TCP'} port ${placeIn(to)}`;
  if (code === 'ECONNREFUSED')
    return ['unreachable', `nobody listens on ${port}; check the port, and that the agent runs`];
  if (code === 'ENETUNREACH' || code === 'EHOSTUNREACH' || code === 'EADDRNOTAVAIL') {
    return ['unreachable', `there is no way from here to ${to.host}; check the address and this machine's network`];
  }
  if (code === 'ETIMEDOUT')
    return ['unreachable', `nothing came back from ${port}; check the address and the firewalls`];
  return ['unreachable', `cannot connect to ${port}: ${plainly(error)}`];
}

/** An error's own words, without OpenSSL's source lines. */
const plainly = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^.*?:([^:]+):[^:]*\.c:.*$/s, '$1').trim();
