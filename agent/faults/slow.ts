import { UsageError } from '../../harness/model/errors.ts';
import type { Fault } from '../fault.ts';

function delayOf(arg: string | undefined): number {
  const delay = Number(arg ?? 1500);
  if (Number.isFinite(delay) && delay > 0) return delay;
  throw new UsageError(`the fault slow=${arg} needs milliseconds, e.g. slow=1500`);
}

const slow: Fault = {
  summary: 'thinks before every reply',
  takes: 'milliseconds added to every reply (1500)',
  breaks: ['turn_latency'],
  apply: (parts, arg) => ({
    ...parts,
    manners: { ...parts.manners, replyDelayMs: parts.manners.replyDelayMs + delayOf(arg) },
  }),
};

export default slow;
