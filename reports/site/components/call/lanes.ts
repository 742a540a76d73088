import type { CallEvent } from '../../../../harness/model/record.ts';
import type { CallFile } from '../../calls.ts';

/** A stretch on a lane. Instants in ms of the call. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** How it is coloured: who, or what it means. */
  readonly look: 'caller' | 'agent' | 'stimulus' | 'sham' | 'measured' | 'wire' | 'office';
  /** How far its end may be off, ms. */
  readonly u?: number;
}

/** A row of the timeline. */
export interface Lane {
  readonly name: string;
  readonly stretches: readonly Stretch[];
}

/** Everything that happened in a call, on one time axis. */
export function lanesOf(call: CallFile): readonly Lane[] {
  const lanes: readonly Lane[] = [
    { name: 'caller says', stretches: call.events.flatMap(said) },
    { name: 'done to the agent', stretches: call.events.flatMap(stimulus) },
    { name: 'agent sounds', stretches: sounds(call) },
    { name: 'agent says it said', stretches: call.events.flatMap(claimed) },
    { name: 'measured', stretches: measured(call) },
    { name: 'on the wire, at the office', stretches: call.events.flatMap(marks) },
  ];
  return lanes.filter(({ stretches }) => stretches.length > 0);
}

const said = (event: CallEvent): readonly Stretch[] =>
  event.kind === 'said' ? [{ from: event.onset, to: event.end, text: event.text, look: 'caller' }] : [];

/** Its words, or the keys that were pressed. */
const whatOf = ({ text, keys }: Extract<CallEvent, { kind: 'stimulus' }>): string =>
  keys ? ` ${keys.join(' ')}` : text === '' ? '' : `: ${text}`;

const stimulus = (event: CallEvent): readonly Stretch[] =>
  event.kind === 'stimulus'
    ? [
        {
          from: event.onset,
          to: Math.max(event.end, event.onset + 40),
          text: `${event.sham ? 'nothing was played for ' : ''}${event.stimulus}${whatOf(event)}`,
          look: event.sham ? 'sham' : 'stimulus',
        },
      ]
    : [];

const sounds = ({ activity }: CallFile): readonly Stretch[] =>
  [...(activity?.agent ?? []), ...(activity?.desk ?? [])].map(({ onset, end, levelDb, u }) => ({
    from: onset,
    to: end,
    text: `${levelDb.toFixed(0)} dBov, boundaries within ${Math.max(u.onset, u.end).toFixed(0)} ms`,
    look: 'agent',
    u: u.end,
  }));

const claimed = (event: CallEvent): readonly Stretch[] =>
  event.kind === 'claim' && event.claim.what === 'said'
    ? [{ from: event.claim.startMs, to: event.claim.endMs, text: event.claim.text ?? '', look: 'agent' }]
    : [];

/** Waits and stops as they were scored, from where each began. */
function measured({ scores }: CallFile): readonly Stretch[] {
  const names: Readonly<Record<string, string>> = { turn_latency: 'waited', stop_time: 'stopped after' };
  return scores.flatMap(({ metric, at, value, u, censored }) => {
    const name = names[metric];
    if (name === undefined) return [];
    const text = `${name} ${censored ? 'more than ' : ''}${Math.round(value)} ms, within ${u.toFixed(0)} ms`;
    return [{ from: at, to: at + Math.max(value, 20), text, look: 'measured' as const, u }];
  });
}

const MARK_MS = 60;

function marks(event: CallEvent): readonly Stretch[] {
  if (event.source !== 'wire' && event.source !== 'office' && event.source !== 'hook') return [];
  if (event.kind === 'pacing') return [];
  const look = event.source === 'wire' ? 'wire' : 'office';
  return [{ from: event.at, to: event.at + MARK_MS, text: markText(event), look }];
}

/** An event in a few words. */
export function markText(event: CallEvent): string {
  switch (event.kind) {
    case 'answered':
      return 'answered';
    case 'key':
      return `key ${event.key}`;
    case 'refer':
      return `REFER to ${event.to}`;
    case 'transfer-failed':
      return `transfer failed: ${event.detail}`;
    case 'desk-joined':
      return `${event.desk} picks up`;
    case 'ended':
      return `ended by ${event.ending.by}: ${event.ending.reason}`;
    case 'commit':
      return `${event.action}: ${factsText(event.values)}${reported(event)}`;
    case 'packet':
      return `context for ${event.packet.desk}: ${factsText(event.packet.facts)}${reported(event)}`;
    case 'redirected':
      return `the before hook had it call ${event.to}`;
    case 'handed-to':
      return `put through to ${event.desk}, as the check hook reports`;
    case 'desk-rang':
      return event.for === 'agent' ? `the agent rings ${event.desk}` : `${event.desk} rings`;
    case 'desk-reacted':
      return event.how === 'silent' ? `nobody takes it at ${event.desk}` : `${event.desk}: ${event.how}`;
    case 'desk-asked':
      return `${event.desk} asks for ${event.fact}${event.known ? ', which she had told' : ''}`;
    default:
      return event.kind;
  }
}

const reported = ({ source }: CallEvent): string => (source === 'hook' ? ', as the check hook reports' : '');

const factsText = (facts: Readonly<Record<string, string>>): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
