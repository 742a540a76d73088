import type { AnswerContext, IncomingCall, Line, Transport } from '../../../harness/model/line.ts';
import { after } from '../../../harness/model/time.ts';
import type { Clock, Ms } from '../../../harness/model/time.ts';
import { listenGate, quietGate } from '../../../harness/caller/gate.ts';
import { tone } from './studio.ts';

/** An agent without words: how long its greeting and replies last, and what it does when spoken over. */
export interface ToneAgent {
  readonly greetingMs: number;
  readonly replyMs: number;
  readonly thinkMs: number;
  /** Stops when she speaks over it. */
  readonly yields: boolean;
  /** After so many of her turns it asks her to call this address. */
  readonly transfer?: { readonly afterTurns: number; readonly to: string; readonly context: string };
}

/** Answers calls at `address` until the transport closes. */
export async function toneAgent(
  transport: Transport,
  address: string,
  clock: Clock,
  agent: ToneAgent,
): Promise<string> {
  const { signal } = new AbortController();
  const accept: AnswerContext = { clock, signal, phone: { codec: 'PCMU', loss: 0 }, seed: 1 };
  const listening = await transport.listen(address, (call: IncomingCall) => {
    void call.accept(accept).then((line) => talk(line, clock, agent));
  });
  return listening.address;
}

async function talk(line: Line, clock: Clock, agent: ToneAgent): Promise<void> {
  let gate = quietGate;
  let turns = 0;
  let playing = line.play([tone(agent.greetingMs)]);
  let busyUntil: Ms = after(clock.now(), agent.greetingMs);
  for await (const item of line.incoming) {
    if (item.kind !== 'audio') continue;
    const [next, changes] = listenGate(gate, item.samples, item.arrivedAt, 8000);
    gate = next;
    for (const change of changes) {
      if (change.kind === 'started' && clock.now() < busyUntil && agent.yields) {
        void playing.cut();
        busyUntil = clock.now();
      }
      if (change.kind !== 'stopped' || clock.now() < busyUntil) continue;
      turns += 1;
      if (agent.transfer?.afterTurns === turns) {
        void line.transfer(agent.transfer.to, agent.transfer.context).then(async (outcome) => {
          if (outcome.accepted) return line.hangUp();
          playing = line.play([tone(agent.replyMs)]);
        });
        continue;
      }
      const startAt = after(change.at, agent.thinkMs);
      playing = line.play([tone(agent.replyMs)], startAt);
      busyUntil = after(startAt, agent.replyMs);
    }
  }
}
