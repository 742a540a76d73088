import type { UsageError } from '../model/errors.ts';
import type { FromEnvironment, SuiteWebRtc } from '../model/suite.ts';

const KNOWN: Readonly<Record<keyof SuiteWebRtc, true>> = { token: true, iceServers: true, relayOnly: true };

const named = (value: unknown): value is FromEnvironment =>
  typeof value === 'object' && value !== null && 'env' in value && typeof value.env === 'string';

/** The `webrtc` part of a suite. Throws what `wrong` makes of a mistake. */
export function checkedWebRtc(webrtc: SuiteWebRtc, wrong: (what: string) => UsageError): SuiteWebRtc {
  for (const key of Object.keys(webrtc)) {
    if (key in KNOWN) continue;
    throw wrong(`has webrtc.${key}, which means nothing; it knows ${Object.keys(KNOWN).join(', ')}`);
  }
  const { token, iceServers = [], relayOnly } = webrtc;
  if (token !== undefined && !named(token)) throw wrong("writes webrtc.token down; write token: env('AGENT_TOKEN')");
  if (!Array.isArray(iceServers)) throw wrong("has webrtc.iceServers that are no [{ url: 'stun:host:3478' }]");
  for (const server of iceServers) checkServer(server, wrong);
  if (relayOnly && !iceServers.some(({ url }) => /^turns?:/.test(url))) {
    throw wrong('asks for webrtc.relayOnly and names no TURN server to relay; add one to webrtc.iceServers');
  }
  return webrtc;
}

/** Suites are written in JavaScript too. */
interface Loose {
  readonly url?: unknown;
  readonly password?: unknown;
}

function checkServer({ url, password }: Loose, wrong: (what: string) => UsageError): void {
  if (typeof url !== 'string' || !/^(?:stun|turns?):[^@\s]+$/.test(url)) {
    throw wrong(
      `has the ICE server ${JSON.stringify(url)}; write stun:host:port or turn:host:port, its account beside it`,
    );
  }
  if (password !== undefined && !named(password)) {
    throw wrong(`writes the password of an ICE server down; write password: env('TURN_PASSWORD')`);
  }
}
