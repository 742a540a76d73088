import type { HeardWord } from '../../harness/model/activity.ts';
import type { Metric, Score, Turn } from '../../harness/model/metric.ts';
import { afterFillers } from '../turns/lexicon.ts';
import { combined, inMs, score, STAMP_ERROR } from '../turns/observe.ts';
import { WORDS, wordsBetween, wordsOf } from '../turns/words.ts';

const METRIC = 'substantive_latency';

/** Words apart by this much belong to different stretches; a stretch shorter than it, before a longer one, is no substance yet (ms). */
const CONTINUES = 400;

/** The first word that says something: what is left after fillers, at the first stretch that goes on for 400 ms, or at the only one. */
function firstOfSubstance(spoken: readonly HeardWord[]): HeardWord | undefined {
  const rest = afterFillers(spoken);
  const starts = rest.filter((word, i) => i === 0 || word.from - (rest[i - 1] as HeardWord).to >= CONTINUES);
  return (
    starts.find((start, i) => {
      const last = rest.findLast(({ to }) => to <= (starts[i + 1]?.from ?? Infinity));
      return last !== undefined && last.to - start.from >= CONTINUES;
    }) ?? rest[0]
  );
}

function observe(turn: Turn, words: readonly HeardWord[]): Score[] {
  const about = { at: turn.callerEnd, of: turn.line, class: turn.topic };
  const missed = (note: string): Score =>
    score(METRIC, turn.limit.at - turn.callerEnd, {
      ...about,
      u: STAMP_ERROR,
      censored: true,
      lost: turn.limit.why === 'agent-hung-up',
      note,
    });
  if (!turn.reply) return turn.limit.at > turn.callerEnd ? [missed('no reply')] : [];
  const spoken = wordsBetween(words, turn.reply.onset - 100, turn.limit.at);
  if (spoken.length === 0) return [];
  const first = firstOfSubstance(spoken);
  if (!first) return [missed(`only fillers: "${spoken.map(({ text }) => text).join(' ')}"`)];
  // "Okay, Tuesday" in one breath is no stalling.
  const atOnce = first === spoken[0] || first.from - turn.reply.onset < CONTINUES;
  const value = (atOnce ? turn.reply.onset : first.from) - turn.callerEnd;
  const fillers = spoken.slice(0, spoken.indexOf(first)).map(({ text }) => text);
  const note = atOnce
    ? `to the point after ${inMs(value)}`
    : `to the point after ${inMs(value)}, behind "${fillers.join(' ')}"`;
  return [score(METRIC, value, { ...about, u: combined(atOnce ? turn.reply.u.onset : first.u, STAMP_ERROR), note })];
}

/**
 * From the end of her turn to the first word of the reply that is no filler, so that a filler neither cheats nor is
 * punished: `turn_latency` counts it, this does not. One that the substance follows within 400 ms is part of it. A reply of fillers alone is censored where a reply would be.
 */
const substantiveLatency: Metric = {
  summary: "from the end of the caller's turn to the first word of the reply that is no filler",
  unit: 'ms',
  better: 'lower',
  kind: 'latency',
  version: 1,
  needs: ['wire'],
  anyOf: WORDS,
  measure(call) {
    const words = wordsOf(call);
    if (!words) return [];
    return call.turns
      .filter(
        ({ desk, cut, agentSpeaking, reply, topic }) =>
          !desk && !cut && !agentSpeaking && (reply || topic !== 'goodbye'),
      )
      .flatMap((turn) => observe(turn, words));
  },
};

export default substantiveLatency;
