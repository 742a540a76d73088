import type { Metric } from '../../harness/model/metric.ts';
import { claimsOf } from '../turns/claims.ts';
import { score } from '../turns/observe.ts';
import { plainWords } from '../turns/words.ts';

const METRIC = 'ear_error';

/** Least number of words to put in, take out or exchange (Levenshtein 1966). */
function editDistance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  a.forEach((word, i) => {
    const next = [i + 1];
    b.forEach((other, j) => {
      next.push(Math.min((row[j] ?? 0) + (word === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    });
    row = next;
  });
  return row.at(-1) ?? 0;
}

/**
 * Word error of what the agent says it understood, against what she said: both are known exactly. An ear with a grammar
 * leaves out what it need not know, and errs by that. Her mumbled lines and those she broke off are left out.
 */
const earError: Metric = {
  summary: "word error of the agent's own transcript of the caller",
  unit: 'ratio',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['claims'],
  measure(call) {
    const transcripts = claimsOf(call, 'transcript');
    const lines = call.events.filter((event) => event.kind === 'said').filter(({ desk }) => !desk);
    return lines.flatMap(({ onset, line, text, mumbled, cut }, i) => {
      const said = plainWords(text);
      const until = lines[i + 1]?.onset ?? Infinity;
      const own = transcripts.filter(({ to }) => to > onset && to <= until);
      if (own.length === 0 || said.length === 0 || mumbled || cut) return [];
      const heard = plainWords(own.map((transcript) => transcript.text).join(' '));
      const wrong = editDistance(said, heard);
      const note = `${wrong} of ${said.length} words wrong: "${heard.join(' ')}" for "${said.join(' ')}"`;
      return [score(METRIC, wrong / said.length, { at: onset, of: line, note })];
    });
  },
};

export default earError;
