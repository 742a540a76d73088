import type { CallView, Metric } from '../../harness/model/metric.ts';
import { isSpeech } from '../turns/utterances.ts';
import { backAfter } from '../turns/attempts.ts';
import { handoffOf, type Handoff } from '../turns/handoff.ts';
import { score } from '../turns/observe.ts';
import { music } from '../turns/silences.ts';
import type { Span } from '../turns/spans.ts';

const METRIC = 'dead_air_in_transfer';

/** What she heard around the transfer, of the agent, of music and of the desk, in order. */
function heard(call: CallView): readonly Span[] {
  const desk = call.activity.desk.filter(isSpeech).map(({ onset, end }) => ({ from: onset, to: end }));
  const agent = call.activity.agent
    .filter((sounding) => isSpeech(sounding) && sounding.onset < call.over)
    .map(({ onset, end }) => ({ from: onset, to: end }));
  return [...agent, ...music(call), ...desk].toSorted((a, b) => a.from - b.from);
}

/** Longest silence between the agent's last sound before the transfer and the first voice after it. */
function longestSilence(call: CallView, handoff: Handoff): Span {
  const { at, joined, failed } = handoff;
  const sounds = heard(call);
  const before = sounds.findLast(({ from }) => from <= at)?.to ?? at;
  const ended = call.events.find(({ kind }) => kind === 'ended')?.at ?? call.over;
  const returned = failed && backAfter(call, handoff, failed)?.onset;
  const back = returned ?? sounds.find(({ from }) => from > (joined?.at ?? Infinity))?.from ?? ended;
  let longest: Span = { from: before, to: before };
  let silent = before;
  for (const { from, to } of [
    ...sounds.filter((sound) => sound.from > before && sound.from < back),
    { from: back, to: back },
  ]) {
    if (from - silent > longest.to - longest.from) longest = { from: silent, to: from };
    if (to > silent) silent = to;
  }
  return longest;
}

/** The longest silence she hears while she is put through: from the agent's last word to the desk's first, or to the agent's return. */
const deadAirInTransfer: Metric = {
  summary: 'longest silence while the caller is being put through',
  unit: 's',
  better: 'lower',
  kind: 'amount',
  version: 2,
  needs: ['wire'],
  measure(call) {
    const handoff = handoffOf(call);
    if (!handoff) return [];
    const { from, to } = longestSilence(call, handoff);
    const value = (to - from) / 1000;
    const of = handoff.joined?.desk ?? 'transfer';
    return [
      score(METRIC, value, {
        at: from,
        of,
        class: handoff.joined?.desk ?? '',
        note: `silence of ${value.toFixed(1)} s`,
      }),
    ];
  },
};

export default deadAirInTransfer;
