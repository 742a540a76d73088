import type { LineKind } from '../model/line.ts';
import { SipTransport } from './sip/transport.ts';

/** Real telephony: SIP over UDP, TCP and TLS, and G.711, G.722 or Opus over RTP, encrypted or not, from a thread of its own. */
const sip: LineKind = {
  summary: 'SIP and RTP: real signalling, real packets, any SIP agent',
  time: 'real',
  timing: 'exact',
  scheme: 'sip',
  at: (name, port) => `sip:${name}@127.0.0.1:${port}`,
  open: (clock) => SipTransport.open(clock),
};

export default sip;
