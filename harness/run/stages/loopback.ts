import { answerCall } from '../../../agent/agent.ts';
import { answerMetronome } from '../../../agent/metronome/metronome.ts';
import { programmeOf } from '../../../agent/metronome/programme.ts';
import type { AgentWorld } from '../../../agent/agent.ts';
import { realClock } from '../../clock/real.ts';
import { VirtualClock } from '../../clock/virtual.ts';
import loopback from '../../lines/loopback.ts';
import type { IncomingCall } from '../../model/line.ts';
import type { Plan } from '../../model/plan.ts';
import type { Clock } from '../../model/time.ts';
import { openDesks } from '../../office/desks.ts';
import type { Addresses } from '../../office/desks.ts';
import type { DeskSpeech } from '../../office/desk-voice.ts';
import { openOffice } from '../../office/office.ts';
import type { Reference } from '../reference.ts';
import { deskTalk } from '../desk-talk.ts';
import type { Stage, World } from '../stage.ts';

/** The reference agent in this process, a world of its own for each call, in real or virtual time. */
export function loopbackStage(time: 'real' | 'virtual', reference: Reference, deskSpeech: DeskSpeech): Stage {
  return {
    line: 'loopback',
    timing: loopback.timing,
    time,
    target: 'reference',
    evidence: ['wire', 'office', 'claims'],
    enter: (plan, callId) => enter(time, plan, callId, reference, deskSpeech),
    close: () => reference.close(),
  };
}

/** Nobody ever listens at a name with a dot. */
const PLACES: Addresses = { at: (name) => `loopback:${name}`, nowhere: (name) => `loopback:${name}.gone` };

/** A clock and the way to let something happen on it. */
function timeOf(time: 'real' | 'virtual'): { readonly clock: Clock; play<T>(work: Promise<T>): Promise<T> } {
  if (time === 'real') return { clock: realClock(), play: (work) => work };
  const clock = new VirtualClock();
  return { clock, play: (work) => clock.run(work) };
}

async function enter(
  time: 'real' | 'virtual',
  plan: Plan,
  callId: string,
  reference: Reference,
  deskSpeech: DeskSpeech,
): Promise<World> {
  const { clock, play } = timeOf(time);
  const transport = await loopback.open(clock);
  const office = openOffice(clock);
  office.begin(callId, plan);
  const desks = await openDesks(transport, office, deskSpeech, clock, PLACES);
  const closing = new AbortController();
  const world: AgentWorld = {
    clock,
    transport,
    office: (id) => office.door(id),
    seed: plan.seed,
    signal: closing.signal,
    trouble: (message) => void process.stderr.write(`reference agent: ${message}\n`),
  };
  const answered: Promise<void>[] = [];
  const answer = async (call: IncomingCall): Promise<void> => {
    if (!plan.metronome) return answerCall(call, reference.parts, world);
    const { voice } = reference.parts;
    return answerMetronome(call, programmeOf(call.headers), { ...world, office: office.door(callId), voice });
  };
  const agent = await transport.listen('loopback:agent', (call) => void answered.push(answer(call)));
  return {
    clock,
    transport,
    target: { address: 'loopback:agent' },
    desks: deskTalk(office, callId),
    officeEvents: () => office.events(callId),
    play,
    async leave() {
      closing.abort();
      await play(Promise.all([...answered, agent.close(), desks.close()]));
      await transport.close();
    },
  };
}
