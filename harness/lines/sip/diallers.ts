import type { Clock } from '../../model/time.ts';
import { openSipAgent, type Credentials, type SipAgent } from '../../sip/agent.ts';
import type { Drops } from '../../sip/drops.ts';
import { NotPlaced } from '../../sip/not-placed.ts';
import { localAddressTowards } from '../../sip/udp.ts';
import type { SipUri } from '../../sip/uri.ts';

/** The user agents that dial: one for everybody who leaves by the same address with the same credentials. */
export class Diallers {
  readonly #clock: Clock;
  readonly #drops: Drops;
  readonly #agents = new Map<string, Promise<SipAgent>>();

  constructor(clock: Clock, drops: Drops) {
    this.#clock = clock;
    this.#drops = drops;
  }

  /** The one to call `to` with. Rejects with NotPlaced when there is no way there. */
  async towards(to: SipUri, credentials: Credentials | undefined): Promise<SipAgent> {
    const host = await localAddressTowards(to.host, to.port ?? 5060).catch((error: unknown) => {
      throw new NotPlaced('unreachable', 0, `cannot reach ${to.host}: ${String(error)}`);
    });
    const key = JSON.stringify([host, credentials?.user, credentials?.password]);
    const known = this.#agents.get(key);
    if (known) return known;
    const plan = { clock: this.#clock, host, port: 0, user: 'hangup', drops: this.#drops };
    const opened = openSipAgent(plan, credentials);
    this.#agents.set(key, opened);
    return opened;
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#agents.values());
    this.#agents.clear();
    await Promise.all(opened.flatMap((agent) => (agent.status === 'fulfilled' ? [agent.value.close()] : [])));
  }
}
