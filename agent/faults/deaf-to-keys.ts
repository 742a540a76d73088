import type { Incoming, Line } from '../../harness/model/line.ts';
import type { Fault } from '../fault.ts';
import { keyCall } from './parts/calls.ts';
import { changedLine } from '../changed-line.ts';
import { again, handedOver, lettingIn, result, waiting } from './parts/together.ts';

/** A line whose keys never arrive. */
function withoutKeys(line: Line): Line {
  async function* heard(): AsyncGenerator<Incoming> {
    for await (const item of line.incoming) if (item.kind !== 'key') yield item;
  }
  return changedLine(line, { incoming: heard() });
}

const deafToKeys: Fault = {
  summary: 'takes no notice of keys: who presses 0 for a person is talked to all the same',
  breaks: ['yield_rate'],
  mayMove: [...lettingIn, ...handedOver, ...again, ...result, ...waiting],
  shows: [keyCall],
  apply: (parts) => ({ ...parts, line: (line, clock) => withoutKeys(parts.line(line, clock)) }),
};

export default deafToKeys;
