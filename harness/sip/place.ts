import { Inviter, SessionState, UserAgent, type Core } from 'sip.js';
import { after, type Clock, type Ms } from '../model/time.ts';
import type { SipAgent } from './agent.ts';
import { SipCall } from './call.ts';
import { describe, Description, type AgreedMedia, type LocalMedia } from './description.ts';
import { guardSession } from './guard.ts';
import type { Destination } from './destination.ts';
import { knock, silence } from './knock.ts';
import { NotPlaced, verdict } from './not-placed.ts';
import { REFERRED_BY_HEADER, REPLACES_HEADER } from './refer-to.ts';
import { lowerSips } from './sips.ts';
import { writeUri, type SipUri } from './uri.ts';
import { encodeUui, UUI_HEADER } from './uui.ts';

/** A call to be placed. */
export interface CallOrder {
  readonly to: SipUri;
  readonly headers: Readonly<Record<string, string>>;
  /** Goes along as User-to-User (RFC 7433). */
  readonly context: string | undefined;
  /** For a caller who was sent by somebody. */
  readonly referral?: { readonly by: string; readonly replaces: string | undefined };
  readonly media: LocalMedia;
  readonly onAgreed: (media: AgreedMedia) => void;
  readonly onProgress: (status: number, phrase: string) => void;
  /** Aborting stops the ringing. */
  readonly signal: AbortSignal;
  readonly ringTimeout: Ms;
}

/** Calls `order.to`; resolves once the call stands (200 and ACK). Rejects with NotPlaced. */
export async function placeCall(agent: SipAgent, order: CallOrder): Promise<SipCall> {
  const target = UserAgent.makeURI(lowerSips(writeUri(order.to)));
  if (!target) throw new NotPlaced('unreachable', 0, `${writeUri(order.to)} cannot be called`);
  if (order.signal.aborted) throw stopped();
  const inviter = new Inviter(agent.ua, target, { extraHeaders: headerLines(order) });
  guardSession(inviter);
  const description = new Description(order.media, order.onAgreed);
  describe(inviter, description);
  const call = new SipCall(inviter, agent.clock);
  const attempt: Attempt = {
    order,
    description,
    hop: agent.hopTo(order.to),
    user: agent.user,
    clock: agent.clock,
    settled: new AbortController(),
    heard: false,
  };
  const { clock, hop, settled } = attempt;
  const knocking = { clock, hop, settled: settled.signal, heard: () => attempt.heard };
  const invitation = async (): Promise<void> => {
    await agent.reach(hop);
    if (!settled.signal.aborted) await invited(inviter, call, attempt);
  };
  try {
    await Promise.race([invitation(), patienceEnds(attempt), knock(knocking)]);
    return call;
  } catch (error) {
    if (inviter.state === SessionState.Initial || inviter.state === SessionState.Establishing) {
      inviter.cancel().catch(() => undefined);
    }
    throw error;
  } finally {
    attempt.settled.abort();
  }
}

interface Attempt {
  readonly order: CallOrder;
  readonly description: Description;
  readonly hop: Destination;
  readonly user: string | undefined;
  readonly clock: Clock;
  /** Aborted when it is decided, one way or the other. */
  readonly settled: AbortController;
  /** Anything has come back at all. */
  heard: boolean;
}

/** Resolves when the call stands, rejects when the other side will not have it. */
function invited(inviter: Inviter, call: SipCall, attempt: Attempt): Promise<void> {
  const { order } = attempt;
  return new Promise((resolve, reject) => {
    const final = ({ message }: Core.IncomingResponse): void =>
      reject(whyRefused(verdict(message, attempt), order.media));
    // The 200 may describe media we cannot use: sip.js then hangs up by itself.
    void call.over.then(() => reject(new NotPlaced('final', 488, uselessAnswer(attempt.description))));
    const requestDelegate: Core.OutgoingInviteRequestDelegate = {
      onTrying: () => {
        attempt.heard = true;
      },
      onProgress: ({ message }) => {
        attempt.heard = true;
        order.onProgress(message.statusCode ?? 180, message.reasonPhrase ?? 'Ringing');
      },
      onAccept: () => {
        if (inviter.state === SessionState.Established) resolve();
      },
      onReject: final,
      onRedirect: final,
    };
    inviter.invite({ requestDelegate }).catch((error: unknown) => {
      reject(new NotPlaced('unreachable', 0, String(error)));
    });
  });
}

/** Rejects when it has rung for long enough, or the caller thinks better of it. */
async function patienceEnds(attempt: Attempt): Promise<never> {
  const { order, clock, settled } = attempt;
  const over = AbortSignal.any([order.signal, settled.signal]);
  await clock.sleepUntil(after(clock.now(), order.ringTimeout), over);
  if (over.aborted) throw stopped();
  const seconds = order.ringTimeout / 1000;
  if (attempt.heard) throw new NotPlaced('unanswered', 408, `nobody answered within ${seconds} s`);
  throw silence(attempt.hop, seconds);
}

/** 488 and 606 are about what we offered (RFC 3261 21.4.26): says what that was. */
function whyRefused(refused: NotPlaced, { codecs, encrypted }: LocalMedia): NotPlaced {
  if (refused.why !== 'final' || ![488, 606].includes(refused.status)) return refused;
  const offered = `${encrypted ? 'encrypted' : 'plain'} audio in ${codecs.join(', ')}`;
  return new NotPlaced(
    'final',
    refused.status,
    `${refused.message}: the other side takes none of what we offered, ${offered}`,
  );
}

const uselessAnswer = ({ refusal }: Description): string =>
  `answered, but ${refusal ?? 'the two sides have no audio in common'}`;

const stopped = (): NotPlaced => new NotPlaced('aborted', 0, 'we stopped calling before anybody answered');

function headerLines({ headers, context, referral }: CallOrder): string[] {
  const { by, replaces } = referral ?? {};
  // Who cannot put one call in the place of another must not take ours for a second one (RFC 5589 7.1).
  const inPlace = replaces === undefined ? {} : { [REPLACES_HEADER]: replaces, Require: 'replaces' };
  const all = {
    ...headers,
    ...(context === undefined ? {} : { [UUI_HEADER]: encodeUui(context) }),
    ...(by === undefined ? {} : { [REFERRED_BY_HEADER]: by }),
    ...inPlace,
  };
  return Object.entries(all).map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}`);
}
