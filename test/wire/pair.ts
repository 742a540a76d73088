import { realClock } from '../../harness/clock/real.ts';
import { ms } from '../../harness/model/time.ts';
import { openSipAgent, type SipAgent } from '../../harness/sip/agent.ts';
import { ring, type Ringing } from '../../harness/sip/answer.ts';
import type { Credentials } from '../../harness/sip/digest.ts';
import type { Drops } from '../../harness/sip/drops.ts';
import { placeCall, type CallOrder } from '../../harness/sip/place.ts';
import type { SipCall } from '../../harness/sip/call.ts';
import { mustReadUri } from '../../harness/sip/uri.ts';

export const clock = realClock();
export const media = { host: '127.0.0.1', port: 40_000, codecs: ['PCMU', 'PCMA'] } as const;

interface Terms {
  readonly drops?: Drops;
  readonly t1?: number;
}

/** A user agent on 127.0.0.1 that only dials. */
export const dialler = (terms: Terms = {}, credentials?: Credentials): Promise<SipAgent> =>
  openSipAgent({ clock, host: '127.0.0.1', port: 0, user: 'hangup', ...terms }, credentials && { credentials });

/** A user agent on 127.0.0.1 that hands every call to `onCall`. */
export async function listener(onCall: (call: Ringing) => void, terms: Terms = {}): Promise<SipAgent> {
  const agent = await openSipAgent({ clock, host: '127.0.0.1', port: 0, user: 'agent', ...terms });
  agent.onInvite = (invitation) => onCall(ring(agent, invitation));
  return agent;
}

/** Calls `user` at `listening`; everything else may be overridden. */
export const call = (
  from: SipAgent,
  listening: { readonly port: number },
  order: Partial<CallOrder> & { readonly user?: string; readonly transport?: 'udp' | 'tcp' } = {},
): Promise<SipCall> =>
  placeCall(from, {
    to: mustReadUri(`sip:${order.user ?? 'agent'}@127.0.0.1:${listening.port};transport=${order.transport ?? 'udp'}`),
    headers: {},
    context: undefined,
    media,
    onAgreed: () => undefined,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ringTimeout: ms(10_000),
    ...order,
  });
