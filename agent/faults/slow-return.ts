import { after } from '../../harness/model/time.ts';
import type { Fault } from '../fault.ts';
import { busyCall } from './parts/calls.ts';
import { numberOf } from './parts/number.ts';
import { again, handedOver, result, waiting } from './parts/together.ts';
import { transferring } from './parts/transfer.ts';

const slowReturn: Fault = {
  summary: 'leaves her in silence when nobody takes the call it meant to hand over',
  takes: 'milliseconds between the refusal and its return; more than her patience is never (5000)',
  breaks: ['failure_recovery'],
  mayMove: [...handedOver, ...again, ...result, ...waiting, 'failure_followup', 'hold_time'],
  shows: [busyCall],
  sweep: { metric: 'failure_recovery', args: [500, 1000, 2000, 3000], per: 1, calls: [busyCall] },
  apply: (parts, arg) => {
    const late = numberOf('slow-return', 'milliseconds', arg, 5000);
    return transferring(parts, (transfer) => async (handing, world) => {
      const { clock, signal } = world;
      const taken = await transfer(handing, world);
      if (!taken) await clock.sleepUntil(after(clock.now(), late), signal);
      return taken;
    });
  },
};

export default slowReturn;
