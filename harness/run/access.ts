import { readFileSync } from 'node:fs';
import { isIP, isIPv4, isIPv6 } from 'node:net';
import { mustReadTarget } from '../lines/webrtc/address.ts';
import { UsageError } from '../model/errors.ts';
import type { Access, Target } from '../model/line.ts';
import type { FromEnvironment, SuiteSip, SuiteWebRtc } from '../model/suite.ts';
import type { Venue } from './session.ts';

/**
 * The target of `venue` with what it takes to reach it. Only here do secrets leave the environment; nothing keeps them.
 * Throws UsageError for an address that is none or is not allowed, a variable that is not set, and a CA that cannot be read.
 */
export function targetOf({
  target,
  allow,
  sip = {},
  webrtc = {},
}: Pick<Venue, 'target' | 'allow' | 'sip' | 'webrtc'>): Target {
  mustBeAllowed(target, allow);
  if (/^webrtc\b/i.test(target)) mustReadTarget(target);
  if (sip.registrar !== undefined) mustBeAllowed(sip.registrar, allow);
  if (sip.outboundProxy !== undefined) mustBeAllowed(sip.outboundProxy, allow);
  const headers = Object.entries(sip.headers ?? {}).map(([name, value]) => [name, secret(value, `header ${name}`)]);
  return {
    address: target,
    ...accessOf(sip),
    ...webAccessOf(webrtc),
    ...(sip.headers && { headers: Object.fromEntries(headers) as Record<string, string> }),
  };
}

/** What a suite's `sip` part, and the environment where that is silent, say about how to call and to be called. */
export function accessOf({ user, password, registrar, outboundProxy, ca, mediaAddress }: SuiteSip): Access {
  if (mediaAddress !== undefined && isIP(mediaAddress) === 0) {
    throw new UsageError(`--media-address takes an IP address that the agent can reach, not "${mediaAddress}"`);
  }
  const { SIP_USER, SIP_PASSWORD } = process.env;
  const name = user === undefined ? SIP_USER : secret(user, 'sip.user');
  const word = password === undefined ? SIP_PASSWORD : secret(password, 'sip.password');
  return {
    ...(name && { user: name }),
    ...(word && { password: word }),
    ...(registrar !== undefined && { registrar }),
    ...(outboundProxy !== undefined && { proxy: outboundProxy }),
    ...(mediaAddress !== undefined && { mediaAddress }),
    ...(ca !== undefined && { ca: pem(ca, 'the CA', '--ca or sip.ca') }),
  };
}

/** What a suite's `webrtc` part says about how to reach a web service. */
function webAccessOf({ token, iceServers, relayOnly }: SuiteWebRtc): Access {
  return {
    ...(token && { token: secret(token, 'webrtc.token') }),
    ...(iceServers && {
      iceServers: iceServers.map(({ url, user, password }) => ({
        url,
        ...(user !== undefined && { user: secret(user, `user of ${url}`) }),
        ...(password && { password: secret(password, `password of ${url}`) }),
      })),
    }),
    ...(relayOnly && { relayOnly }),
  };
}

/** Text of a PEM file. Throws UsageError when there is none, naming `what` it should hold and `where` it was named. */
export function pem(file: string, what: string, where: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UsageError(`${what} ${file} cannot be read (${code}); name a PEM file with ${where}`);
  }
  if (text.includes('-----BEGIN ')) return text;
  throw new UsageError(`${what} ${file} is no PEM file: it has no line -----BEGIN ...; name another one with ${where}`);
}

function secret(value: string | FromEnvironment, whose: string): string {
  if (typeof value === 'string') return value;
  const found = process.env[value.env];
  if (found === undefined || found === '') {
    throw new UsageError(`${whose} is the environment variable ${value.env}, which is not set; set it and run again`);
  }
  return found;
}

function mustBeAllowed(address: string, allow: readonly string[]): void {
  const host = hostIn(address);
  if (host === undefined) {
    throw new UsageError(
      `"${address}" is no address to call; write sip:user@host, sip:user@host:port or webrtc+whip:https://host/path`,
    );
  }
  if (isNear(host) || allow.some((allowed) => allowed.replace(/^\[|\]$/g, '') === host)) return;
  throw new UsageError(`${host} is outside loopback and private ranges; add it to the suite's allow list to call it`);
}

/** The line that takes addresses such as `address`; undefined for a target that is no address. */
export const lineFor = (address: string): string | undefined => LINES.find(([scheme]) => scheme.test(address))?.[1];

const LINES: readonly (readonly [RegExp, string])[] = [
  [/^sips?:/i, 'sip'],
  [/^webrtc-browserlike\+/i, 'webrtc-browserlike'],
  [/^webrtc[+:]/i, 'webrtc'],
  [/^browser\+/i, 'browser'],
];

/** The host of a SIP, WebRTC or browser address, IPv6 without its brackets; undefined when the address is none. */
export function hostIn(address: string): string | undefined {
  const [, url = ''] = /^(?:webrtc(?:-browserlike)?(?:\+[a-z]+)?:|browser\+)(https?:\/\/.+)$/i.exec(address) ?? [];
  if (URL.canParse(url)) return new URL(url).hostname.replace(/^\[|\]$/g, '');
  const [, six, other] = /^sips?:(?:[^@]*@)?(?:\[([^\]]+)\]|([^:;>?\s[\]]+))/i.exec(address) ?? [];
  return six ?? other;
}

/** Loopback (RFC 1122, 4291), private (RFC 1918, 4193) and link-local (RFC 3927, 4291) addresses. */
function isNear(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  if (isIPv6(host)) return /^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/i.test(host);
  if (!isIPv4(host)) return false;
  const [a = 0, b = 0] = host.split('.').map(Number);
  return (
    a === 127 || a === 10 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32) || (a === 169 && b === 254)
  );
}
