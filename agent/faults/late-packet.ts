import { after } from '../../harness/model/time.ts';
import type { Fault } from '../fault.ts';
import { billCall } from './parts/calls.ts';
import { numberOf } from './parts/number.ts';
import { handedOver } from './parts/together.ts';
import { transferring } from './parts/transfer.ts';

const latePacket: Fault = {
  summary: 'puts her through first and sends the context after her',
  takes: 'milliseconds between the transfer and the packet (1500)',
  breaks: ['context_timeliness'],
  mayMove: handedOver,
  shows: [billCall],
  apply: (parts, arg) => {
    const late = numberOf('late-packet', 'milliseconds', arg, 1500);
    return transferring(parts, (transfer) => async (handing, world) => {
      const { clock } = world;
      const taken = await transfer({ ...handing, post: async () => undefined }, world);
      await clock.sleepUntil(after(clock.now(), late));
      await handing.post();
      return taken;
    });
  },
};

export default latePacket;
