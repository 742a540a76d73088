import { runCaller } from '../caller/caller.ts';
import type { CallerResult } from '../caller/caller.ts';
import type { DeskTalk } from '../caller/desk.ts';
import type { Mind } from '../caller/mind.ts';
import { CallFault } from '../model/errors.ts';
import { DialFailed } from '../model/line.ts';
import type { CallContext, Ending, Line, Target, Transport } from '../model/line.ts';
import type { MetronomeProgramme } from '../model/metronome.ts';
import type { Plan } from '../model/plan.ts';
import type { CallEvent, CallHead, CallRecord, Tracks } from '../model/record.ts';
import type { CallOver } from '../office/over.ts';
import type { Rendered } from '../model/rendered.ts';
import { after, ms } from '../model/time.ts';
import type { Clock, Ms } from '../model/time.ts';
import { pacingOf, rebased, tracksOf } from './record.ts';
import { TRACEPARENT, traceparent } from './trace.ts';

/** Where and with whom one call takes place. */
export interface Setting {
  readonly head: CallHead;
  readonly target: Target;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly mind: Mind;
  readonly desks: DeskTalk;
  /** What the office, and a hook into the agent's own world, know of this call: asked for when it is over. */
  readonly office: (over: CallOver) => readonly CallEvent[] | Promise<readonly CallEvent[]>;
  /** Id of the run it belongs to, told to the agent; undefined outside a run. */
  readonly run?: string | undefined;
  /** Aborting hangs up; what was recorded so far is kept. */
  readonly signal: AbortSignal;
  /** For a call to the metronome: what it is told to do, beside the plan. */
  readonly programme?: MetronomeProgramme;
}

/**
 * Places one call and freezes it as a record. Trouble is an event in the record, not an exception:
 * a call that never came about has the ending of its dialling.
 */
export async function placeCall(plan: Plan, rendered: Rendered, setting: Setting): Promise<CallRecord> {
  const { clock } = setting;
  const limit = limited(plan, setting);
  const dialled = clock.now();
  try {
    const line = await setting.transport.dial(setting.target, contextOf(plan, rendered, setting, limit.signal));
    const answered: CallEvent = { source: 'wire', kind: 'answered', at: clock.now() };
    const result = await runCaller(plan, rendered, line, clock, setting.mind, limit.signal, setting.desks);
    const wire = [answered, await endedEvent(line)];
    return freeze(plan, setting, result, [...wire, ...(await setting.office(overOf(setting, result)))]);
  } catch (error) {
    if (error instanceof CallFault) return notPlaced(plan, setting, error, dialled);
    if (!(error instanceof DialFailed)) throw error;
    return unanswered(plan, setting, error.ending, dialled);
  } finally {
    limit.stop();
  }
}

const overOf = ({ run, head, signal }: Setting, { events }: CallerResult): CallOver => ({
  traceparent: traceparent(run ?? '', head.id),
  events,
  signal,
});

/** The plan's own limit and the run's signal, as one. */
function limited(plan: Plan, { clock, signal }: Setting): { readonly signal: AbortSignal; stop(): void } {
  const tooLong = new AbortController();
  const over = new AbortController();
  void clock.sleepUntil(after(clock.now(), plan.maxMs), over.signal).then(() => {
    if (!over.signal.aborted) tooLong.abort();
  });
  return { signal: AbortSignal.any([signal, tooLong.signal]), stop: () => over.abort() };
}

function contextOf(plan: Plan, rendered: Rendered, setting: Setting, signal: AbortSignal): CallContext {
  const { clock, head, run } = setting;
  const programme = setting.programme && Buffer.from(JSON.stringify(setting.programme)).toString('base64url');
  return {
    clock,
    signal,
    phone: plan.phone,
    seed: plan.seed,
    headers: {
      'X-Hangup-Call': head.id,
      ...(run === undefined ? {} : { 'X-Hangup-Run': run }),
      [TRACEPARENT]: traceparent(run ?? '', head.id),
      ...(programme === undefined ? {} : { 'X-Metronome': programme }),
    },
    ...(rendered.bed ? { bed: rendered.bed } : {}),
  };
}

async function endedEvent(line: Line): Promise<CallEvent> {
  const ending = await line.ended;
  return { source: 'wire', kind: 'ended', at: ending.at, ending };
}

function freeze(plan: Plan, setting: Setting, result: CallerResult, others: readonly CallEvent[]): CallRecord {
  const zero = result.leg.sent[0]?.at ?? others[0]?.at ?? ms(0);
  const events = [...others, ...unheard(others), ...result.events].map((event) => rebased(event, zero));
  events.push(pacingOf(result.leg.sent, zero));
  return {
    schema: 'hangup.call/1',
    head: setting.head,
    plan,
    events: events.sort((a, b) => a.at - b.at),
    tracks: tracksOf(result.leg, zero),
    desk: result.desk && tracksOf(result.desk, zero),
    ...(result.leg.fates?.length && { network: result.leg.fates }),
  };
}

/** No call came about, and that says nothing about the agent: nobody was reached, or in no codec it has. */
const OURS: readonly Ending['reason'][] = ['unreachable', 'aborted', 'no-codec'];

/** A call in which nothing could be heard says nothing about the agent either. */
function unheard(wire: readonly CallEvent[]): readonly CallEvent[] {
  return wire.flatMap((event) =>
    event.kind === 'ended' && event.ending.reason === 'no-media'
      ? [{ source: 'caller', kind: 'fault', at: event.at, reason: 'no-media', detail: event.ending.detail }]
      : [],
  );
}

function unanswered(plan: Plan, setting: Setting, ending: Ending, dialled: Ms): CallRecord {
  const ended: CallEvent = { source: 'wire', kind: 'ended', at: ending.at, ending };
  const ours = OURS.includes(ending.reason);
  const fault: CallEvent = {
    source: 'caller',
    kind: 'fault',
    at: ending.at,
    reason: ending.reason,
    detail: `${ending.reason === 'no-codec' ? 'no call came about with' : 'nobody was reached at'} ${setting.target.address}: ${ending.detail}`,
  };
  return silent(plan, setting, ours ? [ended, fault] : [ended], dialled);
}

/** Our own side was not ready for it: nobody was called. */
function notPlaced(plan: Plan, setting: Setting, { reason, message }: CallFault, dialled: Ms): CallRecord {
  const at = setting.clock.now();
  const ending: Ending = { by: 'us', reason: 'aborted', at, detail: message };
  const fault: CallEvent = { source: 'caller', kind: 'fault', at, reason, detail: message };
  return silent(plan, setting, [{ source: 'wire', kind: 'ended', at, ending }, fault], dialled);
}

/** The record of a call in which nothing was heard. */
function silent(plan: Plan, { head }: Setting, events: readonly CallEvent[], zero: Ms): CallRecord {
  const tracks: Tracks = {
    rate: 8000,
    caller: new Int16Array(0),
    callerOrigin: ms(0),
    agent: new Int16Array(0),
    maps: [],
    lost: [],
  };
  return {
    schema: 'hangup.call/1',
    head,
    plan,
    events: events.map((event) => rebased(event, zero)),
    tracks,
    desk: undefined,
  };
}
