import type { LineKind } from '../model/line.ts';
import { SipTransport } from './sip/transport.ts';

/** Real telephony: SIP over UDP, TCP and TLS, G.711 over RTP from a thread of its own. */
const sip: LineKind = {
  summary: 'SIP and RTP: real signalling, real packets, any SIP agent',
  time: 'real',
  timing: 'exact',
  scheme: 'sip',
  open: (clock) => SipTransport.open(clock),
};

export default sip;
