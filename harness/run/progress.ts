import { styleText } from 'node:util';
import type { ScoredCall } from '../model/metric.ts';
import type { Plan } from '../model/plan.ts';

/** Where a run says how far it is. Everything goes to stderr; results go to stdout. */
export interface Progress {
  /** A step that takes a while, e.g. "rendering 3 of 14". Replaces the step before on a terminal. */
  step(text: string): void;
  began(plan: Plan): void;
  ended(plan: Plan, scored: ScoredCall, seconds: number): void;
  note(text: string): void;
}

const MARK = {
  passed: ['green', '✓'],
  failed: ['red', '✗'],
  invalid: ['yellow', '!'],
  'not-run': ['gray', '-'],
} as const;

/** Plain lines, one an event; on a terminal, steps overwrite each other and outcomes are coloured. */
export function progressTo(stream: NodeJS.WriteStream): Progress {
  let open = false;
  const line = (text: string): void => {
    stream.write(`${open ? '\r\u001b[K' : ''}${text.replaceAll(/[\r\n]+/g, ' ')}\n`);
    open = false;
  };
  let lastStep = '';
  return {
    step(text) {
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${text}`);
        open = true;
        return;
      }
      const kind = text.replaceAll(/\d+/g, '');
      if (kind !== lastStep) line(text);
      lastStep = kind;
    },
    began: (plan) => line(`  … ${plan.id}: ${doing(plan)}`),
    ended(plan, scored, seconds) {
      const [colour, sign] = MARK[scored.outcome];
      const mark = stream.isTTY ? styleText(colour, sign) : sign;
      line(`  ${mark} ${plan.id} (${seconds.toFixed(0)} s): ${did(scored)}`);
    },
    note: line,
  };
}

/** What the caller does to the agent, in a few words. */
export function doing(plan: Plan): string {
  if (plan.metronome) return 'checks the instrument against the metronome';
  const kinds = new Map<string, number>();
  for (const stimulus of plan.stimuli) {
    const kind = stimulus.sham ? 'sham' : stimulus.kind;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const parts = [...kinds].map(([kind, count]) => (count > 1 ? `${count} ${kind}s` : `1 ${kind}`));
  const pauses = plan.lines.flatMap((line) => line.pieces).filter((piece) => 'pauseMs' in piece).length;
  if (pauses > 0) parts.push(`${pauses} pauses`);
  if (plan.lines.some((line) => line.manner.mumbled)) parts.push('mumbles');
  if (plan.place.name !== 'quiet') parts.push(`${plan.place.name} at ${plan.place.snrDb} dB`);
  return parts.length > 0 ? parts.join(', ') : 'talks plainly';
}

/** What the agent did, in a few words. */
export function did(scored: ScoredCall): string {
  if (scored.reasons.length > 0) return scored.reasons.join('; ');
  const of = (metric: string): number[] =>
    scored.scores
      .filter((score) => score.metric === metric && !score.censored && !score.class.startsWith('sham:'))
      .map((score) => score.value);
  const latencies = of('turn_latency').sort((a, b) => a - b);
  const stops = of('stop_time');
  const parts: string[] = [];
  const middle = latencies[Math.floor(latencies.length / 2)];
  if (middle !== undefined) parts.push(`replied after ${Math.round(middle)} ms`);
  if (stops.length > 0) parts.push(`stopped after ${stops.map((value) => Math.round(value)).join(', ')} ms`);
  return parts.length > 0 ? parts.join(', ') : scored.outcome;
}
