import { UsageError } from '../../model/errors.ts';
import type { CallContext, IncomingCall, Line, Listening, Target, Transport } from '../../model/line.ts';
import { wirePair } from '../../rtp/wire.ts';
import { addressOf, nameIn } from './address.ts';
import { LoopbackLine, type Along, type Party } from './line.ts';
import { dialFailed, REFUSED, unreachable } from './refusal.ts';
import { type Connected, type Invitation, Ringing, type Settled } from './ringing.ts';

/** The header that says which of the harness's calls this is; it survives a transfer. */
const CALL_HEADER = 'x-hangup-call';

/** Connects everybody who listens and dials inside one process. */
export class Switchboard implements Transport {
  readonly name = 'loopback';
  readonly time = 'any';
  readonly #listeners = new Map<string, (call: IncomingCall) => void>();
  readonly #lines = new Set<LoopbackLine>();
  readonly #closing = new AbortController();
  #unnamed = 0;

  async dial(target: Target, ctx: CallContext): Promise<Line> {
    const party: Party = {
      ctx,
      address: addressOf('caller'),
      headers: ctx.headers,
      call: (to, follower, along) => this.#call(to, follower, along, undefined),
    };
    const settled = await this.#call(target.address, party, { context: ctx.context }, ctx.ringTimeout);
    if ('line' in settled) return settled.line;
    throw dialFailed(settled.refusal, ctx.clock.now());
  }

  async listen(address: string, onCall: (call: IncomingCall) => void): Promise<Listening> {
    const name = nameIn(address) || `line-${++this.#unnamed}`;
    if (this.#listeners.has(name)) {
      throw new UsageError(`somebody listens at ${addressOf(name)} already; close it first or choose another name`);
    }
    this.#listeners.set(name, onCall);
    return {
      address: addressOf(name),
      close: async () => {
        if (this.#listeners.get(name) === onCall) this.#listeners.delete(name);
      },
    };
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    this.#closing.abort();
    for (const line of this.#lines) line.drop();
  }

  async #call(to: string, caller: Party, along: Along, ringTimeout: CallContext['ringTimeout']): Promise<Settled> {
    const onCall = this.#listeners.get(nameIn(to));
    if (caller.ctx.signal.aborted || this.#closing.signal.aborted) return { refusal: REFUSED.aborted };
    if (!onCall) return { refusal: unreachable(to) };
    const { replaces } = along;
    if (replaces && !replaces.standsAt(to)) return { refusal: REFUSED[481] };
    const signal = AbortSignal.any([caller.ctx.signal, this.#closing.signal]);
    const ctx = { ...caller.ctx, headers: caller.headers, signal, ...(ringTimeout && { ringTimeout }) };
    const headers = lowerCased(caller.headers);
    const ringing = new Ringing(ctx, (calleeCtx) => {
      replaces?.giveWay();
      const callee = { ...caller, ctx: calleeCtx, address: to, headers: onlyCallHeader(headers) };
      return this.#connect({ ...caller, headers: onlyCallHeader(headers) }, callee);
    });
    return ringing.at(onCall, { from: caller.address, to, headers, ...known(along) });
  }

  #connect(caller: Party, callee: Party): Connected {
    const ends = LoopbackLine.join([caller, callee], wirePair());
    for (const line of [ends.caller, ends.callee]) {
      this.#lines.add(line);
      void line.ended.then(() => this.#lines.delete(line));
    }
    return ends;
  }
}

/** What of it there is. */
const known = ({ context, referredBy, replaces }: Along): Pick<Invitation, 'context' | 'referredBy' | 'replaces'> => ({
  ...(context !== undefined && { context }),
  ...(referredBy !== undefined && { referredBy }),
  ...(replaces && { replaces }),
});

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function onlyCallHeader(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const id = headers[CALL_HEADER];
  return id === undefined ? {} : { [CALL_HEADER]: id };
}
