import { Inviter, SessionState, type Session } from 'sip.js';
import { ms, type Clock } from '../model/time.ts';
import { within } from '../clock/within.ts';
import { Referred } from './referred.ts';
import type { Along } from './refer-to.ts';
import { sendRefer } from './refer.ts';
import { ReferNews } from './refer-news.ts';
import type { TransferOutcome } from '../model/line.ts';

/** How the signalling of a call came to its end. */
export interface CallOver {
  readonly by: 'us' | 'them' | 'line';
  readonly detail: string;
}

/** How long a BYE may stay unanswered before we stop waiting; it goes on being repeated meanwhile. */
const BYE_PATIENCE = ms(4_000);

/** A session from its first INVITE to its end: signalling only. */
export class SipCall {
  /** Resolves when the other side is known to know that the call stands: at once for the caller, with the ACK for the callee. */
  readonly confirmed: Promise<void>;
  /** Resolves once. */
  readonly over: Promise<CallOver>;
  /** The other side asks us to call somebody (REFER). */
  onRefer: (referred: Referred) => void = (referred) => referred.refuse();
  readonly #session: Session;
  readonly #clock: Clock;
  #by: CallOver = { by: 'line', detail: 'the signalling broke off' };
  readonly #news = new ReferNews();

  constructor(session: Session, clock: Clock) {
    this.#session = session;
    this.#clock = clock;
    const confirmed = Promise.withResolvers<void>();
    this.confirmed = confirmed.promise;
    if (session instanceof Inviter) confirmed.resolve();
    session.delegate = {
      onAck: () => confirmed.resolve(),
      onBye: (bye) => {
        this.#by = { by: 'them', detail: 'BYE' };
        void bye.accept();
      },
      onRefer: (referral) => this.onRefer(new Referred(referral, session, clock)),
      onNotify: (notification) => {
        void notification.accept();
        this.#news.hear(notification.request.getHeader('event') ?? '', notification.request.body);
      },
    };
    this.over = new Promise((resolve) => {
      session.stateChange.addListener((state) => {
        if (state === SessionState.Terminated) resolve(this.#by);
      });
    });
  }

  /** Ends the call; resolves when the other side has agreed, or has not within four seconds. Safe to call twice. */
  async bye(): Promise<void> {
    if (this.#session.state !== SessionState.Established) return;
    this.#by = { by: 'us', detail: 'BYE' };
    const answered = new Promise<void>((resolve) => {
      const settle = (): void => resolve();
      this.#session.bye({ requestDelegate: { onAccept: settle, onRedirect: settle, onReject: settle } }).catch(settle);
    });
    await within(this.#clock, BYE_PATIENCE, answered);
  }

  /** This call as a Replaces header names it to the other side (RFC 3891 6.1); undefined when it does not stand. */
  get replaces(): string | undefined {
    const { dialog, state } = this.#session;
    if (!dialog || state !== SessionState.Established) return undefined;
    return `${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`;
  }

  /** Whether `session` is this call. */
  is(session: Session): boolean {
    return session === this.#session;
  }

  /** Asks the other side to call `address` with `along` and tells how that went (RFC 3515). */
  async refer(address: string, along: Along): Promise<TransferOutcome> {
    const dialog = this.#session.dialog;
    if (!dialog || this.#session.state !== SessionState.Established) {
      return { accepted: false, status: 481, detail: 'the call was over before it could be transferred' };
    }
    const { contact, configuration } = this.#session.userAgent;
    return sendRefer({
      dialog,
      contact: contact.toString(),
      from: String(configuration.uri),
      address,
      along,
      clock: this.#clock,
      over: this.over,
      news: this.#news,
    });
  }
}
