import { realClock } from '../../harness/clock/real.ts';
import { VirtualClock } from '../../harness/clock/virtual.ts';
import loopback from '../../harness/lines/loopback.ts';
import { lineContract } from '../contracts/line.contract.ts';

lineContract('loopback in virtual time', async () => {
  const clock = new VirtualClock();
  return {
    transport: await loopback.open(clock),
    clock,
    listenAddress: (n) => `loopback:place-${n}`,
    nowhere: 'loopback:nowhere',
    run: (work) => clock.run(work),
  };
});

lineContract('loopback in real time', async () => {
  const clock = realClock();
  return {
    transport: await loopback.open(clock),
    clock,
    listenAddress: () => 'loopback:',
    nowhere: 'loopback:nowhere',
    run: (work) => work,
  };
});
