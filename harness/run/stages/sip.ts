import { noDesk } from '../../caller/desk.ts';
import { realClock } from '../../clock/real.ts';
import type { LineKind, Target, Transport } from '../../model/line.ts';
import type { Clock } from '../../model/time.ts';
import type { DeskSpeech } from '../../office/desk-voice.ts';
import type { Office } from '../../office/office.ts';
import { startAgent } from '../agent-process.ts';
import { targetOf } from '../access.ts';
import type { AgentProcess } from '../agent-process.ts';
import { deskTalk } from '../desk-talk.ts';
import { openReceiver } from '../../office/otlp/receiver.ts';
import type { Receiver } from '../../office/otlp/receiver.ts';
import { listenAt } from '../office-ask.ts';
import type { Venue } from '../session.ts';
import type { Stage, World } from '../stage.ts';
import { openFront } from './front.ts';

/** Real calls over `kind`, in real time: to the reference agent in a process of its own, or to somebody's agent. */
export async function sipStage(kind: LineKind, venue: Venue, speech: DeskSpeech): Promise<Stage> {
  const clock = realClock();
  const transport = await kind.open(clock);
  try {
    return venue.target === 'reference'
      ? await referenceStage(kind, venue, transport, clock, speech)
      : await foreignStage(kind, venue, transport, clock, speech);
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
  const front = await openFront(kind, transport, clock, speech);
  const { office } = front;
  const orders = { ...venue, scheme: kind.answeredOn ?? kind.scheme, office: front.door.url };
  const agent = await startAgent(orders).catch(async (error: unknown) => {
    await front.close();
    throw error;
  });
  return {
    ...common(kind, venue),
    evidence: ['wire', 'office', 'claims'],
    enter: (plan, callId) => {
      office.begin(callId, plan);
      const target = { address: plan.metronome ? agent.metronome : agent.agent };
      return Promise.resolve(worldOf(clock, transport, target, office, callId));
    },
    close: () => closeAll(agent, front, transport),
  };
}

async function closeAll(...all: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const one of all) await one.close();
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

/** The world of a call whose agent may also tell of itself in spans. */
function telling(world: World, otlp: Receiver | undefined, callId: string): World {
  if (!otlp) return world;
  otlp.begin(callId);
  return {
    ...world,
    officeEvents: async (over) => [...(await world.officeEvents(over)), ...(await otlp.over(callId, over))],
  };
}

/**
 * Somebody's own agent: its sound is seen, and what it does at the office where the suite opens it to the agent. The
 * instrument is checked against our own metronome, started with its first call.
 */
async function foreignStage(
  kind: LineKind,
  venue: Venue,
  transport: Transport,
  clock: Clock,
  speech: DeskSpeech,
): Promise<Stage> {
  const target = targetOf(venue);
  const at = venue.office && listenAt(venue.office, venue.allow);
  const front = await openFront(kind, transport, clock, speech, at);
  const { office } = front;
  const otlp = venue.otlp && (await openReceiver(clock, listenAt(venue.otlp, venue.allow, 'otlp'), venue.otlp.graceMs));
  const alone: World = {
    clock,
    transport,
    target,
    desks: noDesk,
    officeEvents: () => [],
    play: (work) => work,
    leave: () => Promise.resolve(),
  };
  let instrument: Promise<AgentProcess> | undefined;
  const metronome = async (): Promise<Target> => {
    instrument ??= startAgent({
      faults: [],
      earWorkers: 1,
      scheme: kind.answeredOn ?? kind.scheme,
      office: front.door.url,
    });
    return { address: (await instrument).metronome };
  };
  return {
    ...common(kind, venue),
    evidence: ['wire'],
    ...(venue.office ? { office: { url: venue.office.url ?? front.door.url, asked: front.door.asked } } : {}),
    ...(otlp ? { otlp: { url: otlp.url, tally: () => otlp.tally() } } : {}),
    async enter(plan, callId) {
      if (!plan.metronome && !venue.office) return telling(alone, otlp, callId);
      office.begin(callId, plan);
      if (plan.metronome) return worldOf(clock, transport, await metronome(), office, callId);
      return telling(worldOf(clock, transport, target, office, callId), otlp, callId);
    },
    close: async () => closeAll(...(instrument ? [await instrument] : []), ...(otlp ? [otlp] : []), front, transport),
  };
}
