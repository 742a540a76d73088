import { Invitation, Inviter, SessionState, SIPExtension, UserAgent, type Session } from 'sip.js';
import { descriptionOf } from './description.ts';
import { guardSession } from './guard.ts';
import { WireTransport } from './transport.ts';
import { bareHost } from './uri.ts';
import { openWire, type WirePlan } from './wire.ts';

/** Digest credentials (RFC 2617, MD5). */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** A SIP user agent on a port of its own. It answers for whatever user it is called by. */
export interface SipAgent {
  readonly ua: UserAgent;
  readonly host: string;
  readonly port: number;
  readonly clock: WirePlan['clock'];
  /** Who takes incoming calls; without anybody they are refused as busy. */
  onInvite: (invitation: Invitation) => void;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/** Binds a port and starts a user agent on it. `host` is the address others reach us at. Throws UsageError as `openWire` does. */
export async function openSipAgent(plan: WirePlan, credentials?: Credentials): Promise<SipAgent> {
  const wire = await openWire(plan);
  const viaHost = bareHost(plan.host).includes(':') ? `[${bareHost(plan.host)}]` : plan.host;
  const user = credentials?.user ?? plan.user;
  const uri = UserAgent.makeURI(`sip:${user}@${viaHost}`);
  if (!uri) throw new Error(`no SIP URI can be made for ${user} at ${viaHost}`);
  const ua = new UserAgent({
    uri,
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
    ...(credentials && { authorizationUsername: credentials.user, authorizationPassword: credentials.password }),
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
  let closed: Promise<void> | undefined;
  const agent: SipAgent = {
    ua,
    host: plan.host,
    port: wire.port,
    clock: plan.clock,
    onInvite: (invitation) => void invitation.reject({ statusCode: 486 }),
    close: () => (closed ??= leave(ua).then(() => wire.close())),
  };
  await ua.start();
  return agent;
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
