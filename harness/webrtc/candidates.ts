import { isIP } from 'node:net';
import type { Remote } from '../rtp/mail.ts';

/** An `a=candidate` line (RFC 8839 section 5.1), of a description, of a fragment of one (RFC 8840), or alone. */
interface Candidate {
  /** `a=` or nothing. */
  readonly begins: string;
  readonly foundation: string;
  readonly component: string;
  readonly transport: string;
  readonly priority: string;
  readonly address: string;
  readonly port: number;
  /** What follows its type and related address: extensions. */
  readonly more: string;
}

const CANDIDATE = /^(a=)?candidate:(\S+) (\d+) (\S+) (\d+) (\S+) (\d+) typ \S+(?: raddr \S+)?(?: rport \d+)?(.*)$/i;

/** Stands for no port yet in a description whose candidates follow (RFC 8840 section 4.1.1). */
const DISCARD = 9;

function candidateIn(line: string): Candidate | undefined {
  const found = CANDIDATE.exec(line);
  if (!found) return undefined;
  const [, begins = '', foundation = '', component = '', transport = '', priority = '', address = '', port, more = ''] =
    found;
  return { begins, foundation, component, transport, priority, address, port: Number(port), more };
}

/** What a relay of datagrams can stand in for. */
const relayable = ({ transport, component }: Candidate): boolean =>
  transport.toLowerCase() === 'udp' && component === '1';

const linesOf = (description: string): readonly string[] => description.split(/\r?\n/);

/** Where an ICE agent can be reached over UDP, as a description or a part of one says; names (mDNS) are left out. */
export function candidatesIn(description: string): readonly Remote[] {
  return linesOf(description).flatMap((line) => {
    const candidate = candidateIn(line);
    if (!candidate || !relayable(candidate) || isIP(candidate.address) === 0) return [];
    return [{ host: candidate.address, port: candidate.port }];
  });
}

/**
 * The description, fragment or single candidate, in which its agent is reached at `relay` and nowhere else. What cannot
 * go through a relay of datagrams (TCP, a second component) is left out, and so is the same place a second time.
 */
export function throughRelay(description: string, relay: Remote): string {
  let told = false;
  const lines = linesOf(description).flatMap((line) => {
    if (line.startsWith('m=')) told = false;
    const candidate = candidateIn(line);
    if (!candidate) return [addressed(line, relay)];
    if (told || !relayable(candidate)) return [];
    told = true;
    return [written(candidate, relay)];
  });
  return lines.join(description.includes('\r\n') ? '\r\n' : '\n');
}

const written = ({ begins, foundation, component, transport, priority, more }: Candidate, { host, port }: Remote) =>
  `${begins}candidate:${foundation} ${component} ${transport} ${priority} ${host} ${port} typ host${more}`;

/** Lines that give an address beside the candidates: `m=`, `c=` and `a=rtcp`. Those that give none yet stay as they are. */
function addressed(line: string, { host, port }: Remote): string {
  const family = isIP(host) === 6 ? 'IP6' : 'IP4';
  if (/^c=IN IP[46] /.test(line)) return /^c=IN IP[46] (?:0\.0\.0\.0|::)$/.test(line) ? line : `c=IN ${family} ${host}`;
  const [, begins, given, more = ''] = /^(m=\S+ |a=rtcp:)(\d+)(.*)$/.exec(line) ?? [];
  if (begins === undefined || Number(given) === DISCARD || Number(given) === 0) return line;
  if (begins === 'a=rtcp:') return `a=rtcp:${port}${more === '' ? '' : ` IN ${family} ${host}`}`;
  return `${begins}${port}${more}`;
}
