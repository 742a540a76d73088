import { noDesk } from '../../caller/desk.ts';
import { realClock } from '../../clock/real.ts';
import { DialFailed } from '../../model/line.ts';
import type { IncomingCall, LineKind, Presence, Transport } from '../../model/line.ts';
import { after } from '../../model/time.ts';
import type { Clock } from '../../model/time.ts';
import type { Stage, World } from '../stage.ts';

/** Where an agent that phones us is waited for. */
export interface Waiting {
  /** Where we listen, e.g. `sip:hangup@127.0.0.1:5070`. */
  readonly address: string;
  /** How we are known there: our account, where we register, our certificate. */
  readonly presence: Presence;
  /** The longest to wait for a call, s. */
  readonly patienceS: number;
  readonly signal: AbortSignal;
  /** Told where we can be called, once we can. */
  readonly listening: (address: string) => void;
  /** Told when nobody has called for that long. */
  readonly nobody: () => void;
}

/** Calls come to us: each plan of a run takes the next one that rings. What comes while all are taken goes on ringing. */
export async function answerStage(kind: LineKind, line: string, waiting: Waiting): Promise<Stage> {
  const clock = realClock();
  const transport = await kind.open(clock);
  const bell = switchboard();
  try {
    const at = await transport.listen(waiting.address, bell.ring, waiting.presence);
    waiting.listening(at.address);
    return {
      line,
      timing: kind.timing,
      time: 'real',
      target: `calls to ${at.address}`,
      evidence: ['wire'],
      comesIn: true,
      enter: async () => worldOf(clock, transport, await nextCall(bell, clock, waiting)),
      close: async () => {
        bell.turnAway();
        await at.close();
        await transport.close();
      },
    };
  } catch (error) {
    await transport.close();
    throw error;
  }
}

/** Calls that ring, and those who wait for one: first come, first served on both sides. */
interface Bell {
  ring(call: IncomingCall): void;
  next(): Promise<IncomingCall>;
  turnAway(): void;
}

function switchboard(): Bell {
  let ringing: IncomingCall[] = [];
  const waiters: ((call: IncomingCall) => void)[] = [];
  let closed = false;
  const refuse = (call: IncomingCall): void => void call.reject(480).catch(() => undefined);
  return {
    ring: (call) => {
      const waiter = closed ? undefined : waiters.shift();
      if (closed) refuse(call);
      else if (waiter) waiter(call);
      else ringing.push(call);
    },
    next: () => {
      ringing = ringing.filter(({ over }) => !over.aborted);
      const call = ringing.shift();
      return call ? Promise.resolve(call) : new Promise((resolve) => waiters.push(resolve));
    },
    turnAway: () => {
      closed = true;
      for (const call of ringing.splice(0)) refuse(call);
    },
  };
}

/** The next call, or undefined when the run was stopped or nobody called. */
async function nextCall(bell: Bell, clock: Clock, waiting: Waiting): Promise<IncomingCall | undefined> {
  const came = new AbortController();
  const signal = AbortSignal.any([waiting.signal, came.signal]);
  const limit = clock.sleepUntil(after(clock.now(), waiting.patienceS * 1000), signal).then(() => {
    if (!signal.aborted) waiting.nobody();
    return undefined;
  });
  const call = await Promise.race([bell.next(), limit]);
  came.abort();
  return call;
}

/** A world in which to dial is to take the call that rings. */
function worldOf(clock: Clock, transport: Transport, call: IncomingCall | undefined): World {
  return {
    clock,
    transport: {
      name: transport.name,
      time: transport.time,
      listen: (...asked) => transport.listen(...asked),
      close: () => transport.close(),
      dial: async (_target, { headers: _headers, context: _context, ringTimeout: _ringTimeout, ...answer }) => {
        if (call) return call.accept(answer);
        throw new DialFailed({ by: 'us', reason: 'aborted', at: clock.now(), detail: 'nobody called' });
      },
    },
    target: { address: call?.from ?? 'nobody' },
    desks: noDesk,
    officeEvents: () => [],
    play: (work) => work,
    leave: () => Promise.resolve(),
  };
}
