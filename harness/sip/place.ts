import { Inviter, SessionState, UserAgent, type Core } from 'sip.js';
import { after, ms, type Ms } from '../model/time.ts';
import type { SipAgent } from './agent.ts';
import { SipCall } from './call.ts';
import { describe, Description, type AgreedMedia } from './description.ts';
import { guardSession } from './guard.ts';
import type { LocalMedia } from './sdp.ts';
import { refusesUdp } from './udp.ts';
import { writeUri, type SipUri } from './uri.ts';
import { encodeUui, UUI_HEADER } from './uui.ts';

/** A call to be placed. */
export interface CallOrder {
  readonly to: SipUri;
  readonly headers: Readonly<Record<string, string>>;
  /** Goes along as User-to-User (RFC 7433). */
  readonly context: string | undefined;
  readonly media: LocalMedia;
  readonly onAgreed: (media: AgreedMedia) => void;
  readonly onProgress: (status: number, phrase: string) => void;
  /** Aborting stops the ringing. */
  readonly signal: AbortSignal;
  readonly ringTimeout: Ms;
}

/**
 * Why no call came about. `final`: the other side said so (status, phrase); `silent`: nothing ever came back;
 * `unanswered`: it rang in vain; `unreachable`: the network said so; `aborted`: we thought better of it.
 */
export class NotPlaced extends Error {
  override readonly name = 'NotPlaced';
  readonly why: 'final' | 'silent' | 'unanswered' | 'unreachable' | 'aborted';
  /** Final SIP status, 0 when there was none. */
  readonly status: number;
  constructor(why: NotPlaced['why'], status: number, detail: string) {
    super(detail);
    this.why = why;
    this.status = status;
  }
}

/** Without any answer for this long, we ask the host whether anybody listens there at all. */
const PROBE_AFTER = ms(200);

/** Calls `order.to`; resolves once the call stands (200 and ACK). Rejects with NotPlaced. */
export async function placeCall(agent: SipAgent, order: CallOrder): Promise<SipCall> {
  const target = UserAgent.makeURI(writeUri(order.to));
  if (!target) throw new NotPlaced('unreachable', 0, `${writeUri(order.to)} cannot be called`);
  const inviter = new Inviter(agent.ua, target, { extraHeaders: headerLines(order) });
  guardSession(inviter);
  describe(inviter, new Description(order.media, order.onAgreed));
  const call = new SipCall(inviter, agent.clock);
  const settled = new AbortController();
  let answers = 0;
  const outcome = new Promise<void>((resolve, reject) => {
    const fail = (why: NotPlaced['why'], status: number, detail: string): void =>
      reject(new NotPlaced(why, status, detail));
    const final = ({ message }: Core.IncomingResponse): void => fail(...verdict(message, answers, order.to));
    watch(agent, order, settled.signal, () => answers, fail);
    void call.over.then(() => fail('final', 488, 'the two sides have no audio in common'));
    inviter
      .invite({
        requestDelegate: {
          onTrying: () => void answers++,
          onProgress: ({ message }) => {
            answers++;
            order.onProgress(message.statusCode ?? 180, message.reasonPhrase ?? 'Ringing');
          },
          onAccept: () => {
            if (inviter.state === SessionState.Established) resolve();
          },
          onReject: final,
          onRedirect: final,
        },
      })
      .catch((error: unknown) => fail('unreachable', 0, String(error)));
  });
  try {
    await outcome;
    return call;
  } catch (error) {
    if (inviter.state === SessionState.Initial || inviter.state === SessionState.Establishing) {
      inviter.cancel().catch(() => undefined);
    }
    throw error;
  } finally {
    settled.abort();
  }
}

type Fail = (why: NotPlaced['why'], status: number, detail: string) => void;

function watch(agent: SipAgent, order: CallOrder, settled: AbortSignal, answers: () => number, fail: Fail): void {
  const { clock } = agent;
  const place = `${order.to.host}:${order.to.port ?? 5060}`;
  const begun = clock.now();
  const aborted = (): void => fail('aborted', 0, 'we stopped calling before anybody answered');
  order.signal.addEventListener('abort', aborted, { once: true });
  settled.addEventListener('abort', () => order.signal.removeEventListener('abort', aborted), { once: true });
  if (order.signal.aborted) aborted();
  const seconds = order.ringTimeout / 1000;
  void clock.sleepUntil(after(begun, order.ringTimeout), settled).then(() => {
    if (answers() > 0) fail('unanswered', 408, `nobody answered within ${seconds} s`);
    else fail('silent', 0, `nothing came back from ${place} within ${seconds} s`);
  });
  if (order.to.transport === 'tcp') return;
  void clock
    .sleepUntil(after(begun, PROBE_AFTER), settled)
    .then(() => answers() === 0 && !settled.aborted && refusesUdp(order.to.host, order.to.port ?? 5060, settled))
    .then((refused) => {
      if (refused) fail('unreachable', 0, `nobody listens on UDP port ${place}`);
    });
}

/** sip.js reports a time-out and a broken connection as responses of its own making: those never had a Via. */
function verdict(
  message: Core.IncomingResponseMessage,
  answers: number,
  to: SipUri,
): [NotPlaced['why'], number, string] {
  const status = message.statusCode ?? 0;
  const place = `${to.host}:${to.port ?? 5060}`;
  if (message.hasHeader('via')) return ['final', status, `${status} ${message.reasonPhrase ?? ''}`.trim()];
  if (status !== 408) return ['unreachable', 0, `cannot connect to ${place}`];
  return answers > 0
    ? ['unanswered', 408, 'the call was never answered']
    : ['silent', 0, `nothing ever came back from ${place}`];
}

function headerLines(order: CallOrder): string[] {
  const lines = Object.entries(order.headers).map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}`);
  return order.context === undefined ? lines : [...lines, `${UUI_HEADER}: ${encodeUui(order.context)}`];
}
