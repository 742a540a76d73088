import { realClock } from '../../harness/clock/real.ts';
import sip from '../../harness/lines/sip.ts';
import { lineContract } from '../contracts/line.contract.ts';

for (const transport of ['udp', 'tcp'] as const) {
  lineContract(`sip over ${transport}`, async () => {
    const clock = realClock();
    return {
      clock,
      transport: await sip.open(clock),
      listenAddress: () => `sip:agent@127.0.0.1:0;transport=${transport}`,
      nowhere: `sip:nobody@127.0.0.1:9;transport=${transport}`,
      run: (work) => work,
    };
  });
}
