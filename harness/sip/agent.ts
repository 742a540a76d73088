import { Invitation, Inviter, SessionState, SIPExtension, UserAgent, type Session, type URI } from 'sip.js';
import { authenticate } from './authentication.ts';
import { descriptionOf } from './description.ts';
import { hopOf, type Destination } from './destination.ts';
import type { Credentials } from './digest.ts';
import { guardSession } from './guard.ts';
import { register, type Registering, type Registration } from './register.ts';
import { lowerSips } from './sips.ts';
import { WireTransport } from './transport.ts';
import { bareHost, uriHost, writeUri, type SipUri } from './uri.ts';
import { openWire, type WirePlan } from './wire.ts';

/** On whose behalf an agent calls and answers; empty for nobody in particular. */
export interface Account {
  readonly credentials?: Credentials;
  /** The user we call ourselves; the one of the credentials without it. */
  readonly name?: string;
  /** Where every request outside a dialog goes first (RFC 3261 8.1.2). */
  readonly proxy?: SipUri;
  /** Where to register, and by whose domain we then go. */
  readonly registrar?: SipUri;
  /** Told, in a sentence, when a registration that stood could not be refreshed. */
  readonly trouble?: (sentence: string) => void;
}

/** A SIP user agent on a port of its own. It answers for whatever user it is called by. */
export interface SipAgent {
  readonly ua: UserAgent;
  readonly host: string;
  readonly port: number;
  readonly clock: WirePlan['clock'];
  /** Whose password is at hand; undefined without credentials. */
  readonly user: string | undefined;
  /** The first hop of a call to `to`: the outbound proxy when there is one. */
  hopTo(to: SipUri): Destination;
  /** Makes sure of a connection to `hop`, or of its name over UDP, which has none. Rejects with NotPlaced. */
  reach(hop: Destination): Promise<void>;
  /** Who takes incoming calls; without anybody they are refused as busy. */
  onInvite: (invitation: Invitation) => void;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Binds a port, starts a user agent on it, and registers it where `account` says so. `host` is the address others reach
 * us at. Throws UsageError as `openWire` does; rejects with NotPlaced when the registrar cannot be reached or refuses.
 */
export async function openSipAgent(plan: WirePlan, account: Account = {}): Promise<SipAgent> {
  const { credentials, proxy, registrar, name = credentials?.user ?? plan.user } = account;
  const wire = await openWire(plan);
  const viaHost = uriHost(plan.host);
  const ua = new UserAgent({
    uri: uriFrom(`sip:${name}@${registrar?.host ?? viaHost}`),
    viaHost,
    contactName: plan.user,
    contactParams: {},
    forceRport: true,
    gracefulShutdown: false,
    logBuiltinEnabled: false,
    logConfiguration: false,
    sendInitialProvisionalResponse: false,
    // An INVITE with Replaces (RFC 3891) that matches no call of ours is answered 481.
    sipExtensionReplaces: SIPExtension.Supported,
    // Whoever rings decides how long: the caller's ring timeout, not ours.
    noAnswerTimeout: 180,
    transportConstructor: WireTransport,
    transportOptions: { wire },
    sessionDescriptionHandlerFactory: (session: Session) => descriptionOf(session),
    userAgentString: 'Hangup',
    preloadedRouteSet: proxy ? [`<${lowerSips(writeUri(proxy))};lr>`] : [],
    delegate: {
      onInvite: (invitation) => {
        guardSession(invitation);
        const { replacee } = invitation;
        // A call of ours that does not stand yet, or no longer, cannot be replaced (RFC 3891 3).
        if (replacee && replacee.state !== SessionState.Established) void invitation.reject({ statusCode: 481 });
        else agent.onInvite(invitation);
      },
    },
  });
  ua.contact.uri.port = wire.port;
  if (credentials) authenticate(ua, credentials);
  let registration: Registration | undefined;
  let closed: Promise<void> | undefined;
  const agent: SipAgent = {
    ua,
    host: bareHost(plan.host),
    port: wire.port,
    clock: plan.clock,
    user: credentials?.user,
    hopTo: (to) => hopOf(proxy ?? to),
    reach: (hop) => wire.reach(hop),
    onInvite: (invitation) => void invitation.reject({ statusCode: 486 }),
    close: () =>
      (closed ??= (async () => {
        await registration?.end();
        await leave(ua);
        await wire.close();
      })()),
  };
  await ua.start();
  try {
    if (registrar) registration = await register(agent, registering(registrar, agent, account));
  } catch (error) {
    await agent.close();
    throw error;
  }
  return agent;
}

function registering(registrar: SipUri, agent: SipAgent, { trouble = () => undefined }: Account): Registering {
  const uri = uriFrom(lowerSips(writeUri({ ...registrar, user: undefined })));
  return { registrar, uri, hop: agent.hopTo(registrar), trouble };
}

function uriFrom(text: string): URI {
  const uri = UserAgent.makeURI(text);
  if (!uri) throw new Error(`no SIP URI can be made of ${text}`);
  return uri;
}

/** Stops the user agent. What still rings is refused or given up: sip.js would keep its timers running. */
async function leave(ua: UserAgent): Promise<void> {
  const { _sessions: sessions } = ua;
  for (const session of Object.values(sessions)) {
    if (session?.state !== SessionState.Initial && session?.state !== SessionState.Establishing) continue;
    if (session instanceof Invitation) session.reject({ statusCode: 480 }).catch(() => undefined);
    if (session instanceof Inviter) session.cancel().catch(() => undefined);
  }
  await ua.stop();
}
