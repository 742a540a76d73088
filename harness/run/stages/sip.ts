import { isIP, isIPv4 } from 'node:net';
import { noDesk } from '../../caller/desk.ts';
import { realClock } from '../../clock/real.ts';
import { UsageError } from '../../model/errors.ts';
import type { LineKind, Target, Transport } from '../../model/line.ts';
import type { Plan } from '../../model/plan.ts';
import type { Clock } from '../../model/time.ts';
import { openDesks } from '../../office/desks.ts';
import type { Desks } from '../../office/desks.ts';
import type { DeskSpeech } from '../../office/desk-voice.ts';
import { serveOffice } from '../../office/http.ts';
import { openOffice } from '../../office/office.ts';
import type { Office } from '../../office/office.ts';
import { startAgent } from '../agent-process.ts';
import { deskTalk } from '../desk-talk.ts';
import type { Venue } from '../session.ts';
import type { Stage, World } from '../stage.ts';

/** Real calls over `kind`, in real time: to the reference agent in a process of its own, or to somebody's agent. */
export async function sipStage(kind: LineKind, venue: Venue, speech: DeskSpeech): Promise<Stage> {
  const clock = realClock();
  const transport = await kind.open(clock);
  try {
    return venue.target === 'reference'
      ? await referenceStage(kind, venue, transport, clock, speech)
      : foreignStage(kind, venue, transport, clock);
  } catch (error) {
    await transport.close();
    throw error;
  }
}

/** What every call of a stage shares. */
const common = (kind: LineKind, venue: Venue): Pick<Stage, 'line' | 'timing' | 'time' | 'target'> => ({
  line: venue.line,
  timing: kind.timing,
  time: 'real',
  target: venue.target,
});

async function referenceStage(
  kind: LineKind,
  venue: Venue,
  transport: Transport,
  clock: Clock,
  speech: DeskSpeech,
): Promise<Stage> {
  const office = openOffice(clock);
  const server = await serveOffice(office);
  const desks = await openDesks(transport, office, speech, clock, {
    at: (name) => `${kind.scheme}:${name}@127.0.0.1:0`,
    // The discard port (RFC 863): nobody serves it any more.
    nowhere: (name) => `${kind.scheme}:${name}@127.0.0.1:9`,
  });
  const agent = await startAgent({ ...venue, office: server.url });
  return {
    ...common(kind, venue),
    evidence: ['wire', 'office', 'claims'],
    enter: (plan, callId) => {
      office.begin(callId, plan);
      const target = { address: plan.metronome ? agent.metronome : agent.agent };
      return Promise.resolve(worldOf(clock, transport, target, office, callId));
    },
    close: () => closeAll(desks, agent, server, transport),
  };
}

async function closeAll(desks: Desks, ...rest: readonly { close(): Promise<void> }[]): Promise<void> {
  await desks.close();
  for (const one of rest) await one.close();
}

function worldOf(clock: Clock, transport: Transport, target: Target, office: Office, callId: string): World {
  return {
    clock,
    transport,
    target,
    desks: deskTalk(office, callId),
    officeEvents: () => office.events(callId),
    play: (work) => work,
    leave: () => {
      office.end(callId);
      return Promise.resolve();
    },
  };
}

/** Somebody's own agent: it makes no claims and knows no office, so only the wire is seen. */
function foreignStage(kind: LineKind, venue: Venue, transport: Transport, clock: Clock): Stage {
  const target = credentialed(venue);
  const world: World = {
    clock,
    transport,
    target,
    desks: noDesk,
    officeEvents: () => [],
    play: (work) => work,
    leave: () => Promise.resolve(),
  };
  return {
    ...common(kind, venue),
    evidence: ['wire'],
    enter: (plan: Plan) => {
      if (plan.metronome) throw new UsageError('a metronome plan calls the reference metronome only');
      return Promise.resolve(world);
    },
    close: () => transport.close(),
  };
}

/** Credentials come from the environment only (SIP_USER, SIP_PASSWORD) and are never written down. */
function credentialed({ target, allow, mediaAddress }: Venue): Target {
  const host = /^sips?:(?:[^@]*@)?([^:;>]+|\[[^\]]+\])/.exec(target)?.[1];
  if (host === undefined)
    throw new UsageError(`"${target}" is no address to call; write sip:user@host or sip:user@host:port`);
  if (!isNear(host) && !allow.includes(host)) {
    throw new UsageError(`${host} is outside loopback and private ranges; add it to the suite's allow list to call it`);
  }
  if (mediaAddress !== undefined && isIP(mediaAddress) === 0) {
    throw new UsageError(`--media-address takes an IP address that the agent can reach, not "${mediaAddress}"`);
  }
  const { SIP_USER: user, SIP_PASSWORD: password } = process.env;
  return {
    address: target,
    ...(user ? { user } : {}),
    ...(password ? { password } : {}),
    ...(mediaAddress ? { mediaAddress } : {}),
  };
}

/** Loopback (RFC 1122), private (RFC 1918) and link-local (RFC 3927) addresses. */
function isNear(host: string): boolean {
  if (host === 'localhost' || host === '[::1]') return true;
  if (!isIPv4(host)) return false;
  const [a = 0, b = 0] = host.split('.').map(Number);
  return (
    a === 127 || a === 10 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32) || (a === 169 && b === 254)
  );
}
