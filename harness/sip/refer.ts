import type { Core } from 'sip.js';
import type { TransferOutcome } from '../model/line.ts';
import { ms, type Clock } from '../model/time.ts';
import type { CallOver } from './call.ts';
import { within } from '../clock/within.ts';
import type { ReferNews } from './refer-news.ts';
import { REFERRED_BY_HEADER, referTo, type Along } from './refer-to.ts';

/** How long the transfer target may ring before we stop waiting for news. */
const REFER_PATIENCE = ms(60_000);

/** A REFER about to be sent. */
export interface ReferOrder {
  readonly dialog: Core.Session;
  readonly contact: string;
  readonly from: string;
  readonly address: string;
  readonly along: Along;
  readonly clock: Clock;
  readonly over: Promise<CallOver>;
  readonly news: ReferNews;
}

/** Sends a REFER and resolves with the last NOTIFY's verdict (RFC 3515 2.4.5), after a minute at most. */
export async function sendRefer(order: ReferOrder): Promise<TransferOutcome> {
  const told = new Promise<TransferOutcome>((resolve) => {
    const refused = (status: number, phrase: string): void => {
      followed.drop();
      resolve(outcome(status, phrase));
    };
    const sent = order.dialog.refer(
      {
        onReject: ({ message }) => refused(message.statusCode ?? 500, message.reasonPhrase ?? 'refused'),
        onRedirect: ({ message }) => refused(message.statusCode ?? 302, message.reasonPhrase ?? 'redirected'),
      },
      {
        extraHeaders: [
          `Refer-To: ${referTo(order.address, order.along)}`,
          `${REFERRED_BY_HEADER}: <${order.from}>`,
          `Contact: ${order.contact}`,
        ],
      },
    );
    const followed = order.news.follow(
      () => sent.message.cseq,
      ({ status, phrase }) => resolve(outcome(status, phrase)),
    );
    // Many phones hang up as soon as the new call stands and spare themselves the last NOTIFY.
    void order.over.then(({ by }) =>
      resolve(
        by === 'them'
          ? { accepted: true, status: 202, detail: 'the other side hung up to follow the transfer' }
          : { accepted: false, status: 481, detail: 'the call ended before the transfer was over' },
      ),
    );
  });
  const verdict = await within(order.clock, REFER_PATIENCE, told);
  return verdict ?? { accepted: false, status: 408, detail: 'no news of the transfer for a minute' };
}

const outcome = (status: number, phrase: string): TransferOutcome => ({
  accepted: status < 300,
  status,
  detail: `${status} ${phrase}`,
});
