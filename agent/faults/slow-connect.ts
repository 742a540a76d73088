import { after } from '../../harness/model/time.ts';
import type { Fault } from '../fault.ts';
import { billCall } from './parts/calls.ts';
import { changedLine } from '../changed-line.ts';
import { numberOf } from './parts/number.ts';
import { again, handedOver, waiting } from './parts/together.ts';
import { transferring } from './parts/transfer.ts';

const slowConnect: Fault = {
  summary: 'has the desk on the line, and leaves her waiting in silence before it sends her there',
  takes: 'milliseconds between the answer of the desk and the transfer, under 8000 (5000)',
  breaks: ['connect_time', 'dead_air_in_transfer'],
  mayMove: [...handedOver, ...again, ...waiting, 'hold_time'],
  shows: [billCall],
  sweep: { metric: 'connect_time', args: [500, 1000, 2000, 3000, 4000], per: 1, calls: [billCall] },
  apply: (parts, arg) => {
    const waits = numberOf('slow-connect', 'milliseconds', arg, 5000);
    return transferring(parts, (transfer) => ({ line, ...handing }, world) => {
      const slow = changedLine(line, {
        transfer: async (to, context, replacing) => {
          await world.clock.sleepUntil(after(world.clock.now(), waits));
          return line.transfer(to, context, replacing);
        },
      });
      return transfer({ ...handing, line: slow }, world);
    });
  },
};

export default slowConnect;
