import { wallTime } from '../clock/wall.ts';
import type { OpenHooks } from '../hooks/hooks.ts';
import { CallFault, UsageError } from '../model/errors.ts';
import type { CheckAnswer, HookCall } from '../model/hooks.ts';
import type { Transport } from '../model/line.ts';
import type { CallEvent } from '../model/record.ts';
import type { Ms } from '../model/time.ts';
import type { Stage, World } from './stage.ts';

/** Which run the hooks are asked for, and where they may send its calls. */
export interface HookedRun {
  readonly run: string;
  readonly allow: readonly string[];
}

/**
 * The stage with a suite's hooks: `before` is asked when a call's world is entered, `check` when the call is over. A hook
 * that fails is a fault of ours in the call's record. Where the first `before` of all fails no call can be right:
 * UsageError. Metronome calls go to our own instrument, and have no hooks.
 */
export function hooked(stage: Stage, hooks: OpenHooks, { run, allow }: HookedRun): Stage {
  let asked = 0;
  const at = stage.office ? { office: stage.office.url } : {};
  return {
    ...stage,
    async enter(plan, callId) {
      if (plan.metronome) return stage.enter(plan, callId);
      const isFirst = asked++ === 0;
      const call = { run, call: callId, persona: plan.persona, scenario: plan.scenario, target: stage.target, ...at };
      const startedAt = wallTime();
      const before = await reset(hooks, call, allow);
      if (before.fault && isFirst) throw noFirstCall(before.fault);
      const world = await stage.enter(plan, callId);
      if (before.fault) return refusing(world, before.fault);
      const check = (): Promise<CheckAnswer | undefined> =>
        hooks.check({ ...call, target: before.address ?? call.target, startedAt, endedAt: wallTime() });
      return watched(redirected(world, before.address), check, callId, before.address);
    },
  };
}

interface Reset {
  readonly address?: string;
  readonly fault?: CallFault;
}

async function reset(hooks: OpenHooks, call: HookCall, allow: readonly string[]): Promise<Reset> {
  try {
    const { address } = await hooks.before(call);
    if (address === undefined) return {};
    if (mayCall(address, call.target, allow)) return { address };
    const sentence = `the before hook sends the call to ${address}, which is not at the host of ${call.target}; add its host to the suite's allow list`;
    return { fault: new CallFault('hook-failed', sentence) };
  } catch (error) {
    if (error instanceof CallFault) return { fault: error };
    throw error;
  }
}

const noFirstCall = ({ message }: CallFault): UsageError =>
  new UsageError(`${message}; no call was placed, since none could begin from a known state`);

const hostOf = (address: string): string | undefined =>
  /^\w+:(?:[^@]*@)?(\[[^\]]+\]|[^:;>?]+)/.exec(address)?.[1]?.toLowerCase();

function mayCall(address: string, target: string, allow: readonly string[]): boolean {
  const host = hostOf(address);
  return host !== undefined && (host === hostOf(target) || allow.includes(host));
}

/** A world in which nobody can be called. */
function refusing(world: World, fault: CallFault): World {
  const transport: Transport = { ...world.transport, dial: () => Promise.reject(fault) };
  return { ...world, transport };
}

const redirected = (world: World, address: string | undefined): World =>
  address === undefined ? world : { ...world, target: { ...world.target, address } };

/** The world whose events end with what the `check` hook reports. Virtual time stands still for it. */
function watched(
  world: World,
  check: () => Promise<CheckAnswer | undefined>,
  callId: string,
  address: string | undefined,
): World {
  const { clock } = world;
  const entered = clock.now();
  return {
    ...world,
    async officeEvents(call) {
      const known = await world.officeEvents(call);
      const over = clock.now();
      const sent: readonly CallEvent[] =
        address === undefined ? [] : [{ source: 'hook', kind: 'redirected', at: entered, to: address }];
      return [...sent, ...known, ...(await clock.hold(reported(check, callId, over)))];
    },
  };
}

async function reported(
  check: () => Promise<CheckAnswer | undefined>,
  callId: string,
  at: Ms,
): Promise<readonly CallEvent[]> {
  try {
    const answer = await check();
    return answer ? eventsOf(answer, callId, at) : [];
  } catch (error) {
    if (!(error instanceof CallFault)) throw error;
    return [{ source: 'caller', kind: 'fault', at, reason: error.reason, detail: error.message }];
  }
}

function eventsOf({ committed, handedTo, packet }: CheckAnswer, callId: string, at: Ms): CallEvent[] {
  const done = committed === null ? [] : 'action' in committed ? [committed] : committed;
  const hook = { source: 'hook', at } as const;
  return [
    ...done.map(({ action, values }, index) => ({
      ...hook,
      kind: 'commit' as const,
      action,
      values: Object.fromEntries(Object.entries(values).map(([slot, value]) => [slot, String(value)])),
      id: `${callId}#check-${index + 1}`,
    })),
    ...(handedTo === undefined ? [] : [{ ...hook, kind: 'handed-to' as const, desk: handedTo }]),
    ...(packet
      ? [{ ...hook, kind: 'packet' as const, id: `${callId}/check`, packet: packetOf(packet, handedTo) }]
      : []),
  ];
}

/** A packet as far as it was reported; what was left out is empty, not guessed. */
const packetOf = (
  packet: NonNullable<CheckAnswer['packet']>,
  handedTo: string | undefined,
): Extract<CallEvent, { kind: 'packet' }>['packet'] => ({
  intent: '',
  reason: '',
  done: [],
  pending: [],
  ...packet,
  desk: packet.desk ?? handedTo ?? '',
});
