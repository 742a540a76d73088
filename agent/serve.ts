import type { IncomingCall, Presence, Transport } from '../harness/model/line.ts';
import { hashSeed } from '../harness/model/seed.ts';
import type { Clock } from '../harness/model/time.ts';
import { answerCall, warmUp } from './agent.ts';
import { answerMetronome } from './metronome/metronome.ts';
import { programmeOf } from './metronome/programme.ts';
import { officeAt } from './office-http.ts';
import { ownOffice } from './office-own.ts';
import type { AgentParts } from './parts.ts';
import type { Tracing } from './otlp.ts';
import type { AgentWorld } from './world.ts';

/** Where and how an agent is to be reached. */
export interface Service {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly parts: AgentParts;
  /** Addresses of the two, e.g. `sip:agent@127.0.0.1:0` and `sip:metronome@127.0.0.1:0`. */
  readonly agent: string;
  readonly metronome: string;
  /** How the agent is known to its callers: its certificate, where it registers. Nobody registers the metronome. */
  readonly presence?: Presence;
  /** Where the office is; without it the agent keeps one of its own. */
  readonly office: string | undefined;
  readonly seed: number;
  /** Where its stages go as spans; closed by its owner. */
  readonly tracing?: Tracing | undefined;
  /** Told of trouble in a call, in one line. */
  readonly trouble: (message: string) => void;
}

/** An agent that can be called. */
export interface Serving {
  readonly agent: string;
  readonly metronome: string;
  /** Hangs up what is under way and frees the addresses; engines and transport stay their owner's. */
  close(): Promise<void>;
}

async function beat(call: IncomingCall, world: AgentWorld, voice: AgentParts['voice']): Promise<void> {
  try {
    const programme = programmeOf(call.headers);
    const office = world.office(call.headers['x-hangup-call'] ?? '');
    const { clock, signal } = world;
    // Every call has a network of its own.
    const seed = hashSeed(world.seed, 'metronome', call.headers['x-hangup-call'] ?? '');
    await answerMetronome(call, programme, { clock, signal, seed, office, voice });
  } catch (trouble) {
    world.trouble?.(trouble instanceof Error ? trouble.message : String(trouble));
    await call.reject(480).catch(() => undefined);
  }
}

/** Listens for callers of the agent and of the metronome, everything warm. Rejects with UsageError when an address is taken. */
export async function serveAgent(service: Service): Promise<Serving> {
  const { transport, clock, parts, seed, trouble, office } = service;
  const closing = new AbortController();
  const { signal } = closing;
  const world: AgentWorld = {
    clock,
    transport,
    seed,
    signal,
    trouble,
    ...(service.tracing ? { tracing: service.tracing } : {}),
    office: (callId) => (office === undefined ? ownOffice : officeAt(office, callId, signal)),
  };
  await warmUp(parts, world);
  const calls = new Set<Promise<void>>();
  const follow = (call: Promise<void>): void => {
    calls.add(call);
    void call.finally(() => calls.delete(call));
  };
  const agent = await transport.listen(
    service.agent,
    (call) => follow(answerCall(call, parts, world)),
    service.presence,
  );
  const metronome = await transport.listen(service.metronome, (call) => follow(beat(call, world, parts.voice)));
  return {
    agent: agent.address,
    metronome: metronome.address,
    close: async () => {
      closing.abort();
      await Promise.all([agent.close(), metronome.close()]);
      await Promise.all(calls);
    },
  };
}
