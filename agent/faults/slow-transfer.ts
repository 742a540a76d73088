import { after } from '../../harness/model/time.ts';
import type { Fault } from '../fault.ts';
import { billCall } from './parts/calls.ts';
import { numberOf } from './parts/number.ts';
import { again, handedOver, waiting } from './parts/together.ts';
import { transferring } from './parts/transfer.ts';

const slowTransfer: Fault = {
  summary: 'says that it puts her through, and then nothing happens for a long time',
  takes: 'milliseconds between the announcement and the transfer (7000)',
  breaks: ['handoff_trigger_latency'],
  mayMove: [...handedOver, ...again, ...waiting, 'hold_time'],
  shows: [billCall],
  apply: (parts, arg) => {
    const waits = numberOf('slow-transfer', 'milliseconds', arg, 7000);
    return transferring(parts, (transfer) => async (handing, world) => {
      await world.clock.sleepUntil(after(world.clock.now(), waits));
      return transfer(handing, world);
    });
  },
};

export default slowTransfer;
