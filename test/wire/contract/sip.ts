import { afterAll } from 'vitest';
import { realClock } from '../../../harness/clock/real.ts';
import sip from '../../../harness/lines/sip.ts';
import type { Transport } from '../../../harness/model/line.ts';
import { lineContract } from '../../contracts/line.contract.ts';
import { hasIPv6 } from '../../peers/loopback.ts';
import { authority } from '../certificates.ts';

const families = [['IPv4', '127.0.0.1'], ...(hasIPv6 ? [['IPv6', '[::1]']] : [])] as const;

/** What every line promises, held against SIP over `protocol`, by both families of addresses. */
export function sipContract(protocol: 'udp' | 'tcp' | 'tls'): void {
  const secured = protocol === 'tls' ? trusting() : (transport: Transport): Transport => transport;
  for (const [family, host] of families) {
    lineContract(`sip over ${protocol} and ${family}`, async () => {
      const clock = realClock();
      return {
        clock,
        transport: secured(await sip.open(clock)),
        listenAddress: () => `sip:agent@${host}:0;transport=${protocol}`,
        nowhere: `sip:nobody@${host}:9;transport=${protocol}`,
        run: (work) => work,
      };
    });
  }
}

/** A transport whose listeners have a certificate and whose callers trust it. */
function trusting(): (transport: Transport) => Transport {
  const signer = authority();
  const certificate = signer.issue(['IP:127.0.0.1', 'IP:::1']);
  afterAll(() => signer.remove());
  return (transport) => ({
    name: transport.name,
    time: transport.time,
    dial: (target, ctx) => transport.dial({ ...target, ca: signer.ca }, ctx),
    listen: (address, onCall) => transport.listen(address, onCall, { certificate }),
    close: () => transport.close(),
  });
}
