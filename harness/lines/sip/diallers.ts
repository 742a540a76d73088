import type { Access } from '../../model/line.ts';
import type { Clock } from '../../model/time.ts';
import { openSipAgent, type SipAgent } from '../../sip/agent.ts';
import type { Drops } from '../../sip/drops.ts';
import { hopOf } from '../../sip/destination.ts';
import { troubleWith } from '../../sip/trouble.ts';
import { localAddressTowards } from '../../sip/udp.ts';
import type { SipUri } from '../../sip/uri.ts';
import { accountOf, tlsOf } from './account.ts';

/** The user agents that dial: one for everybody who leaves by the same address on behalf of the same account. */
export class Diallers {
  readonly #clock: Clock;
  readonly #drops: Drops;
  readonly #agents = new Map<string, Promise<SipAgent>>();

  constructor(clock: Clock, drops: Drops) {
    this.#clock = clock;
    this.#drops = drops;
  }

  /**
   * The one to call `to` with; `user` is whose password `access` holds when it does not say.
   * Rejects with NotPlaced when there is no way there, or the registrar refuses us.
   */
  async towards(to: SipUri, access: Access, user: string | undefined): Promise<SipAgent> {
    const account = accountOf(access, user);
    const hop = hopOf(account.proxy ?? to);
    const host = await localAddressTowards(hop.host, hop.port).catch((error: unknown) => {
      throw troubleWith(error, hop);
    });
    const tls = tlsOf(access);
    const key = JSON.stringify([host, account, tls]);
    const known = this.#agents.get(key);
    if (known) return known;
    const plan = { clock: this.#clock, host, port: 0, user: 'hangup', drops: this.#drops, tls };
    const opened = openSipAgent(plan, account);
    this.#agents.set(key, opened);
    // What could not be opened may be tried again by the next call.
    opened.catch(() => this.#agents.delete(key));
    return opened;
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#agents.values());
    this.#agents.clear();
    await Promise.all(opened.flatMap((agent) => (agent.status === 'fulfilled' ? [agent.value.close()] : [])));
  }
}
