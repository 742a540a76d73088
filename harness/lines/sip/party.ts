import type { AnswerContext, Line } from '../../model/line.ts';
import { hashSeed } from '../../model/seed.ts';
import { NotPlaced } from '../../sip/not-placed.ts';
import type { Referred } from '../../sip/referred.ts';
import { dialFailed, statusFor } from './refusal.ts';

/** What one end of a call brings to it. */
export interface Party {
  readonly role: 'caller' | 'callee';
  readonly ctx: AnswerContext;
  /** Where the other side is told to send to, if not to the address we bind. */
  readonly mediaAddress?: string | undefined;
  /** Calls `to` for it, as it was asked to by `referred`. Rejects with NotPlaced. */
  call(to: string, ctx: AnswerContext, referred: Referred): Promise<Line>;
}

/**
 * Calls `to` for a party that was referred there, and tells the referrer when that fails (RFC 3515 2.4.4).
 * Rejects with DialFailed; the old line then stays up.
 */
export async function followReferral(referred: Referred, to: string, party: Party): Promise<Line> {
  const { ctx } = party;
  const follower = { ...ctx, seed: hashSeed(ctx.seed, 'follow', to) };
  await referred.accept();
  try {
    return await party.call(to, follower, referred);
  } catch (error) {
    if (!(error instanceof NotPlaced)) {
      await referred.report(500, 'the call could not be placed');
      throw error;
    }
    await referred.report(statusFor(error), error.message.replace(/^\d{3} /, ''));
    throw dialFailed(error, ctx.clock.now());
  }
}
