import { afterAll } from 'vitest';
import { realClock } from '../../harness/clock/real.ts';
import sip from '../../harness/lines/sip.ts';
import type { Transport } from '../../harness/model/line.ts';
import { hasIPv6 } from '../peers/loopback.ts';
import { lineContract } from '../contracts/line.contract.ts';
import { authority } from './certificates.ts';

const signer = authority();
const certificate = signer.issue(['IP:127.0.0.1', 'IP:::1']);
afterAll(() => signer.remove());

/** A transport whose listeners have a certificate and whose callers trust it. */
const trusting = (transport: Transport): Transport => ({
  name: transport.name,
  time: transport.time,
  dial: (target, ctx) => transport.dial({ ...target, ca: signer.ca }, ctx),
  listen: (address, onCall) => transport.listen(address, onCall, { certificate }),
  close: () => transport.close(),
});

const families = [['IPv4', '127.0.0.1'], ...(hasIPv6 ? [['IPv6', '[::1]']] : [])] as const;
for (const [family, host] of families) {
  for (const protocol of ['udp', 'tcp', 'tls'] as const) {
    lineContract(`sip over ${protocol} and ${family}`, async () => {
      const clock = realClock();
      const transport = await sip.open(clock);
      return {
        clock,
        transport: protocol === 'tls' ? trusting(transport) : transport,
        listenAddress: () => `sip:agent@${host}:0;transport=${protocol}`,
        nowhere: `sip:nobody@${host}:9;transport=${protocol}`,
        run: (work) => work,
      };
    });
  }
}
