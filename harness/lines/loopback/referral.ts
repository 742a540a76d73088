import type { Clock } from '../../model/time.ts';
import { after } from '../../model/time.ts';
import type { TransferOutcome } from '../../model/line.ts';

/** A REFER nobody acts on is given up after this long (64 T1 of RFC 3261, the life of a transaction). */
const FOLLOW_WITHIN_MS = 32_000;

/** One REFER from its sending to its final NOTIFY (RFC 3515). */
export class Referral {
  readonly #outcome = Promise.withResolvers<TransferOutcome>();
  readonly #taken = new AbortController();

  /** Resolves with the final NOTIFY, or when it is clear that none will come. */
  get outcome(): Promise<TransferOutcome> {
    return this.#outcome.promise;
  }

  /** Somebody calls the target: from here on the ringing bounds it. */
  follow(): void {
    this.#taken.abort();
  }

  report(status: number, detail: string): void {
    this.#taken.abort();
    this.#outcome.resolve({ accepted: status >= 200 && status < 300, status, detail });
  }

  /** Gives up when nobody follows in time. */
  async expire(clock: Clock): Promise<void> {
    await clock.sleepUntil(after(clock.now(), FOLLOW_WITHIN_MS), this.#taken.signal);
    if (!this.#taken.signal.aborted) this.report(408, 'the other side did not follow the transfer');
  }
}
