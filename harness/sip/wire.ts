import { UsageError } from '../model/errors.ts';
import type { Clock } from '../model/time.ts';
import { destinationOf, type Destination } from './destination.ts';
import { nothingLost, type Drops } from './drops.ts';
import { lowerSips, raiseSips } from './sips.ts';
import { addressedTo, contactOver, headOf, shelterChallenges } from './message.ts';
import { Reliability, T1 } from './reliability.ts';
import { openStreams, type Peer, type StreamPort, type TlsTerms } from './streams.ts';
import { openUdp, type UdpPort } from './udp.ts';
import { troubleWith } from './trouble.ts';
import { markReceived, stampVia, unstampVia } from './via.ts';

/** Where and how a wire is laid. */
export interface WirePlan {
  readonly clock: Clock;
  /** The address others reach us at. */
  readonly host: string;
  /** The address to listen on when it is another one, e.g. 0.0.0.0 for every one we have. */
  readonly bind?: string;
  /** 0 for any. */
  readonly port: number;
  /** Every request is handed up as if addressed to this user: the agent above answers to one only. */
  readonly user: string;
  readonly tls?: TlsTerms;
  readonly drops?: Drops;
  /** Round-trip estimate in ms, 500 by RFC 3261; tests shorten it. */
  readonly t1?: number;
}

/** One SIP port: UDP, TCP and TLS alike. Messages go up and down as text; Via, rport and repetition are dealt with here. */
export interface SipWire {
  readonly host: string;
  readonly port: number;
  /** Where messages go up; set by whoever listens. */
  onMessage: (text: string) => void;
  /** Sends to where the message itself says. Rejects when it cannot leave. */
  send(text: string): Promise<void>;
  /** Makes sure of a connection to `to`, or of its name over UDP, which has none. Rejects with NotPlaced. */
  reach(to: Destination): Promise<void>;
  close(): Promise<void>;
}

/**
 * Binds UDP and TCP on one port; TLS is spoken with whoever begins so.
 * Throws UsageError when the port is taken, the host is not ours or the certificate cannot be used.
 */
export async function openWire(plan: WirePlan): Promise<SipWire> {
  const drops = plan.drops ?? nothingLost;
  const transmit = (text: string, to: Destination): Promise<void> =>
    drops('out') ? Promise.resolve() : udp.send(text, to.host, to.port);
  const reliability = new Reliability(plan.clock, plan.t1 ?? T1, (text, to) => {
    // The first transmission reports trouble; a repetition has nobody to report to.
    transmit(text, to).catch(() => undefined);
  });
  const deliver = (text: string, from: Peer): void => {
    const lowered = lowerSips(text);
    const up =
      headOf(text)?.method === undefined ? shelterChallenges(unstampVia(lowered)) : inward(lowered, from, plan.user);
    try {
      wire.onMessage(up);
    } catch {
      // A message the user agent chokes on is dropped like any other malformed one: it must not end the process.
    }
  };
  const [udp, streams] = await bindBoth(
    plan,
    (text, from) => {
      const head = drops('in') ? undefined : headOf(text);
      if (head && reliability.received(head)) deliver(text, from);
    },
    (text, from) => {
      if (headOf(text)) deliver(text, from);
    },
  );
  const wire: SipWire = {
    host: plan.host,
    port: udp.port,
    onMessage: () => undefined,
    send: async (text) => {
      const to = destinationOf(text);
      if (!to) throw new Error('the message names no place to go to');
      if (to.protocol !== 'udp') return streams.send((port) => outward(text, to, port), to);
      const message = outward(text, to, udp.port);
      reliability.sent(message, to);
      return transmit(message, to);
    },
    reach: async (to) => {
      if (to.protocol !== 'udp') return streams.reach(to);
      await udp.reach(to.host).catch((error: unknown) => {
        throw troubleWith(error, to);
      });
    },
    close: async () => {
      reliability.close();
      await Promise.all([udp.close(), streams.close()]);
    },
  };
  return wire;
}

const inward = (text: string, from: Peer, user: string): string =>
  addressedTo(markReceived(text, from.address, from.port), user);

function outward(text: string, to: Destination, port: number): string {
  const message = raiseSips(contactOver(text, to.protocol, port));
  return headOf(text)?.method === undefined ? message : stampVia(message, to.protocol, port);
}

type Listener = (text: string, from: Peer) => void;

async function bindBoth(plan: WirePlan, onDatagram: Listener, onMessage: Listener): Promise<[UdpPort, StreamPort]> {
  const { clock, port, tls = {} } = plan;
  const host = plan.bind ?? plan.host;
  for (let attempt = 1; ; attempt++) {
    const streams = await openStreams({ clock, host, port, tls, onMessage }).catch((error: unknown) => {
      throw unbindable(plan, error);
    });
    try {
      return [await openUdp(host, streams.port, onDatagram), streams];
    } catch (error) {
      await streams.close();
      // The system picked a port that is free for TCP alone: ask it for another.
      if (port !== 0 || attempt === 10) throw unbindable(plan, error);
    }
  }
}

function unbindable({ host, port }: WirePlan, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new UsageError(`port ${port} on ${host} is already in use; choose another one, or 0 for any that is free`);
  }
  if (String(code).startsWith('ERR_OSSL')) {
    const how = 'give a PEM file with --tls-cert and the key that belongs to it with --tls-key';
    return new UsageError(`the TLS certificate cannot be used (${String(error)}); ${how}`);
  }
  if (code === 'EACCES') return new UsageError(`port ${port} needs root; choose one above 1023, or 0 for any`);
  return new UsageError(`cannot listen on ${host}:${port}: ${String(error)}; use an address of this machine`);
}
