import { SessionState, type Invitation } from 'sip.js';
import type { SipAgent } from './agent.ts';
import { SipCall } from './call.ts';
import { describe, Description, type AgreedMedia, type LocalMedia } from './description.ts';
import { REQUEST_URI_HEADER } from './message.ts';
import { REFERRED_BY_HEADER } from './refer-to.ts';
import { raiseSips } from './sips.ts';
import { decodeUui, UUI_HEADER } from './uui.ts';

/** A call that rings. */
export interface Ringing {
  readonly from: string;
  /** The Request-URI it came with. */
  readonly to: string;
  /** X- headers, traceparent, from and to; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly context: string | undefined;
  /** Who sent the caller here; undefined when nobody did. */
  readonly referredBy: string | undefined;
  /** Whether it asks to take the place of `call` (Replaces). Answering ends nothing: that is for whoever holds `call`. */
  replaces(call: SipCall): boolean;
  /** Aborted when the caller gives up, or the call is answered or refused. */
  readonly over: AbortSignal;
  /** Answers with 200. Rejects when the caller has given up or there is no audio in common. */
  accept(media: LocalMedia, onAgreed: (media: AgreedMedia) => void): Promise<SipCall>;
  reject(status: number): Promise<void>;
}

/** Lets `invitation` ring (180) and shows it as a call to be taken or refused. */
export function ring(agent: SipAgent, invitation: Invitation): Ringing {
  const over = new AbortController();
  invitation.stateChange.addListener((state) => {
    if (state !== SessionState.Initial && state !== SessionState.Establishing) over.abort();
  });
  // A peer without a usable Contact makes this fail; it has then been refused already.
  invitation.progress().catch(() => undefined);
  const headers = headersOf(invitation);
  const { replacee } = invitation;
  // Left to itself sip.js would end the old call behind its line's back.
  invitation._replacee = undefined;
  return {
    from: raiseSips(String(invitation.request.from.uri)),
    to: raiseSips(invitation.request.getHeader(REQUEST_URI_HEADER) ?? String(invitation.request.to.uri)),
    headers,
    context: decodeUui(invitation.request.getHeader(UUI_HEADER)),
    referredBy: invitation.request.getHeader(REFERRED_BY_HEADER),
    replaces: (call) => replacee !== undefined && call.is(replacee),
    over: over.signal,
    accept: async (media, onAgreed) => {
      const agreed = Promise.withResolvers<void>();
      const description = new Description(media, (settled) => {
        onAgreed(settled);
        agreed.resolve();
      });
      const refusal = invitation.body && description.wouldRefuse(invitation.body);
      if (refusal) {
        // Left to itself sip.js would say 480, as if nobody were there.
        await invitation.reject({ statusCode: 488, extraHeaders: [`Warning: 305 ${agent.host} "${refusal}"`] });
        throw new Error(refusal);
      }
      describe(invitation, description);
      const call = new SipCall(invitation, agent.clock);
      await invitation.accept();
      // A caller who offered nothing answers our offer in the ACK (RFC 3264 section 4).
      await Promise.race([agreed.promise, call.over]);
      if (invitation.state !== SessionState.Established) throw new Error('the caller gave up');
      return call;
    },
    reject: async (statusCode) => {
      if (invitation.state === SessionState.Initial) await invitation.reject({ statusCode });
    },
  };
}

function headersOf({ request }: Invitation): Record<string, string> {
  const own = REQUEST_URI_HEADER.toLowerCase();
  const extra = Object.keys(request.headers)
    .map((name) => name.toLowerCase())
    .filter((name) => (name.startsWith('x-') && name !== own) || name === 'traceparent');
  return Object.fromEntries([...extra, 'from', 'to'].map((name) => [name, request.getHeader(name) ?? '']));
}
