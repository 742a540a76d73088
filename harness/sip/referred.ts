import { SessionState, type Referral, type Session } from 'sip.js';
import { ms, type Clock } from '../model/time.ts';
import { within } from '../clock/within.ts';
import { writeSipfrag } from './sipfrag.ts';
import { readUri, writeUri, type SipUri } from './uri.ts';
import { decodeUui } from './uui.ts';

/** How long the referrer may take to answer a NOTIFY before we go on without. */
const NOTIFY_PATIENCE = ms(2_000);

/** A REFER that came in: whom we should call, and how to tell the referrer what became of it. */
export class Referred {
  readonly #referral: Referral;
  readonly #session: Session;
  readonly #clock: Clock;
  readonly #uri: SipUri | undefined;

  constructor(referral: Referral, session: Session, clock: Clock) {
    this.#referral = referral;
    this.#session = session;
    this.#clock = clock;
    this.#uri = readUri(referral.request.getHeader('refer-to') ?? '');
  }

  /** Whom to call; undefined when Refer-To holds no SIP URI. */
  get to(): string | undefined {
    return this.#uri && writeUri(this.#uri);
  }

  /** User-to-User inside Refer-To, decoded. */
  get context(): string | undefined {
    return decodeUui(this.#uri?.headers['user-to-user']);
  }

  /** Replaces inside Refer-To: the call whose place we are to take. */
  get replaces(): string | undefined {
    return this.#uri?.headers['replaces'];
  }

  /** Who refers us, for the call we are sent on: Referred-By (RFC 3892), or the other side when it does not say. */
  get by(): string {
    return this.#referral.request.getHeader('referred-by') ?? `<${String(this.#session.remoteIdentity.uri)}>`;
  }

  /** 603. */
  refuse(): void {
    void this.#referral.reject({ statusCode: 603 });
  }

  /** 202, and the NOTIFY that says we are trying (RFC 3515 2.4.4). */
  async accept(): Promise<void> {
    await this.#referral.accept();
    void this.#notify(100, 'Trying', 'active;expires=60');
  }

  /** Tells the referrer how the new call went; resolves when it has heard, or does not within two seconds. */
  async report(status: number, phrase: string): Promise<void> {
    await within(this.#clock, NOTIFY_PATIENCE, this.#notify(status, phrase, 'terminated;reason=noresource'));
  }

  #notify(status: number, phrase: string, subscription: string): Promise<void> {
    const dialog = this.#session.dialog;
    if (!dialog || this.#session.state !== SessionState.Established) return Promise.resolve();
    return new Promise((resolve) => {
      const heard = (): void => resolve();
      dialog.notify(
        { onAccept: heard, onReject: heard, onRedirect: heard },
        {
          extraHeaders: [
            `Event: refer;id=${this.#referral.request.cseq}`,
            `Subscription-State: ${subscription}`,
            `Contact: ${this.#session.userAgent.contact.toString()}`,
          ],
          body: {
            contentDisposition: 'render',
            contentType: 'message/sipfrag;version=2.0',
            content: writeSipfrag({ status, phrase }),
          },
        },
      );
    });
  }
}
