import type { Core, URI } from 'sip.js';
import { within } from '../clock/within.ts';
import { after, ms, type Ms } from '../model/time.ts';
import type { SipAgent } from './agent.ts';
import { hopOf, placeIn, type Destination } from './destination.ts';
import { knock, silence } from './knock.ts';
import { brokenOff, NotPlaced, unproven } from './not-placed.ts';
import type { SipUri } from './uri.ts';

/** A standing registration (RFC 3261 10): whoever calls our address of record at the registrar rings here. */
export interface Registration {
  /** Takes it back; resolves when the registrar agrees, or has not within two seconds. */
  end(): Promise<void>;
}

/** What a registration is asked with. */
export interface Registering {
  readonly registrar: SipUri;
  /** `registrar` as sip.js writes it, without a user. */
  readonly uri: URI;
  /** The first hop of the REGISTER: the outbound proxy, or the registrar itself. */
  readonly hop: Destination;
  /** Told in a sentence when a refresh fails; it is tried again. */
  readonly trouble: (sentence: string) => void;
}

/** How long we ask to be registered, in seconds: a refresh also keeps a connection from being closed as idle. */
const EXPIRES = 120;
const PATIENCE = ms(8_000);
const PARTING_PATIENCE = ms(2_000);
const RETRY_AFTER = ms(10_000);

/** Registers `agent` and keeps it registered until `end`. Rejects with NotPlaced, in words that say what to mend. */
export async function register(agent: SipAgent, registering: Registering): Promise<Registration> {
  const { clock } = agent;
  const binding = new Binding(agent, registering);
  const over = new AbortController();
  // Without it nothing that follows can come about: it is for somebody to mend, whatever the network said.
  let granted = await binding.ask(EXPIRES).catch((error: unknown) => {
    throw error instanceof NotPlaced ? new NotPlaced('configuration', error.status, error.message) : error;
  });
  const keep = async (): Promise<void> => {
    let wait = refreshAfter(granted);
    for (;;) {
      await clock.sleepUntil(after(clock.now(), wait), over.signal);
      if (over.signal.aborted) return;
      try {
        granted = await binding.ask(EXPIRES);
        wait = refreshAfter(granted);
      } catch (error) {
        if (!(error instanceof NotPlaced)) throw error;
        registering.trouble(`${error.message}; the registration is tried again in ${RETRY_AFTER / 1000} s`);
        wait = RETRY_AFTER;
      }
    }
  };
  const keeping = keep();
  return {
    end: async () => {
      over.abort();
      await within(clock, PARTING_PATIENCE, Promise.all([keeping, binding.ask(0).catch(() => undefined)]));
    },
  };
}

/** Well before the registrar forgets us, and never in a tight loop. */
const refreshAfter = (seconds: number): Ms => ms(Math.max(1_000, seconds * 800));

/** One Contact bound to one address of record: every REGISTER of it shares Call-ID, tag and counter (RFC 3261 10.2). */
class Binding {
  readonly #agent: SipAgent;
  readonly #to: Registering;
  #shared: { readonly callId: string; readonly fromTag: string } | undefined;
  #cseq = 1;

  constructor(agent: SipAgent, registering: Registering) {
    this.#agent = agent;
    this.#to = registering;
  }

  /** Asks to be known for so many seconds, 0 for no longer; resolves with the seconds that were granted. */
  async ask(seconds: number): Promise<number> {
    try {
      return await this.#ask(seconds);
    } catch (error) {
      if (!(error instanceof NotPlaced)) throw error;
      const aor = String(this.#agent.ua.configuration.uri);
      throw new NotPlaced(error.why, error.status, `cannot register ${aor}: ${error.message}`);
    }
  }

  async #ask(seconds: number): Promise<number> {
    const first = await this.#send(seconds);
    const least = Number(first.getHeader('min-expires'));
    const response = first.statusCode === 423 && least > seconds ? await this.#send(least) : first;
    const { statusCode = 0 } = response;
    if (statusCode < 200 || statusCode >= 300) throw this.#refused(response);
    return grantedIn(response, this.#agent) ?? seconds;
  }

  async #send(seconds: number): Promise<Core.IncomingResponseMessage> {
    const { clock, ua } = this.#agent;
    const { hop } = this.#to;
    await this.#agent.reach(hop);
    const settled = new AbortController();
    const answer = this.#request(ua.userAgentCore, seconds);
    try {
      const waiting = { clock, hop, settled: settled.signal, heard: () => false };
      const response = await within(clock, PATIENCE, Promise.race([answer, knock(waiting)]));
      // sip.js reports time-outs and broken connections as responses of its own making, which never had a Via.
      if (response?.hasHeader('via') === true) return response;
      throw response && response.statusCode !== 408 ? brokenOff(hop) : silence(hop, PATIENCE / 1000);
    } finally {
      settled.abort();
    }
  }

  #request(core: Core.UserAgentCore, seconds: number): Promise<Core.IncomingResponseMessage> {
    const { aor, contact } = core.configuration;
    const message = core.makeOutgoingRequestMessage(
      'REGISTER',
      this.#to.uri,
      aor,
      aor,
      { ...this.#shared, cseq: this.#cseq },
      [`Contact: ${contact.toString()}`, `Expires: ${seconds}`],
    );
    this.#shared = { callId: message.callId, fromTag: message.fromTag };
    return new Promise((resolve) => {
      const settle = ({ message: response }: Core.IncomingResponse): void => {
        // A challenge that was answered has counted on.
        this.#cseq = message.cseq + 1;
        resolve(response);
      };
      core.register(message, { onAccept: settle, onRedirect: settle, onReject: settle });
    });
  }

  #refused(response: Core.IncomingResponseMessage): NotPlaced {
    const { statusCode: status = 0, reasonPhrase = '' } = response;
    const words = `${status} ${reasonPhrase}`.trim();
    const { hop, registrar } = this.#to;
    if (status === 401 || status === 407) {
      return new NotPlaced('configuration', status, `${unproven({ hop, user: this.#agent.user })} (${words})`);
    }
    const where = `${placeIn(hopOf(registrar))} refuses (${words})`;
    return new NotPlaced('configuration', status, `${where}; check user and host of --register or sip.registrar`);
  }
}

/** The seconds our Contact, or the whole response, was granted (RFC 3261 10.2.4). */
function grantedIn(response: Core.IncomingResponseMessage, { ua }: SipAgent): number | undefined {
  const { host, port } = ua.contact.uri;
  const all = response.getHeaders('contact').flatMap((value) => value.split(/,\s*(?=[^;<]{0,256}<)/));
  const ours = all.length === 1 ? all[0] : all.find((contact) => contact.includes(`${host}:${port}`));
  const seconds = /;\s*expires=(\d+)/i.exec(ours ?? '')?.[1] ?? response.getHeader('expires');
  return seconds === undefined ? undefined : Number(seconds);
}
