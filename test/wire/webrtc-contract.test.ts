import { realClock } from '../../harness/clock/real.ts';
import webrtc from '../../harness/lines/webrtc.ts';
import { lineContract } from '../contracts/line.contract.ts';

lineContract('webrtc', async () => {
  const clock = realClock();
  return {
    clock,
    transport: await webrtc.open(clock),
    listenAddress: () => 'webrtc+whip:http://127.0.0.1:0/whip',
    nowhere: 'webrtc+whip:http://127.0.0.1:9/whip',
    run: (work) => work,
  };
});
