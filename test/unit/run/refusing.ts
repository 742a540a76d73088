import { noDesk } from '../../../harness/caller/desk.ts';
import { realClock } from '../../../harness/clock/real.ts';
import { DialFailed } from '../../../harness/model/line.ts';
import type { Ending, Transport } from '../../../harness/model/line.ts';
import { after } from '../../../harness/model/time.ts';
import type { Workshop } from '../../../harness/run/run.ts';

/** Everything a run is made with, to an agent that never takes a call: its n-th refusal is `refuses(n)`, after `ms`. */
export function refusing(refuses: (n: number) => Ending['reason'], takesMs: number): Workshop {
  const clock = realClock();
  let dialled = 0;
  const dial = async (): Promise<never> => {
    const reason = refuses(++dialled);
    await clock.sleepUntil(after(clock.now(), takesMs));
    const by = reason === 'unreachable' ? 'line' : 'them';
    throw new DialFailed({ by, reason, at: clock.now(), detail: `it was ${reason}` });
  };
  const world = {
    clock,
    transport: { time: 'real', dial } as unknown as Transport,
    target: { address: 'sip:agent@127.0.0.1' },
    desks: noDesk,
    officeEvents: () => [],
    play: <T>(work: Promise<T>): Promise<T> => work,
    leave: () => Promise.resolve(),
  };
  const about = { line: 'sip', timing: 'exact', time: 'real', target: 'sip:agent@127.0.0.1', evidence: ['wire'] };
  return {
    studio: { render: () => Promise.resolve({}) },
    minds: { of: () => undefined },
    stage: { ...about, enter: () => Promise.resolve(world), close: () => Promise.resolve() },
    tools: { metrics: new Map(), regions: () => Promise.resolve([]) },
  } as unknown as Workshop;
}
