import type { Metric } from '../../harness/model/metric.ts';
import { score } from '../turns/observe.ts';
import { callerSpeech } from '../turns/spans.ts';

const METRIC = 'silence_close';

/** A caller silent for this long at the end of a call has gone away (ms). */
const GONE_AFTER = 12_000;

/** Whether a caller who falls silent for good is asked at least once, and the call then ended by the agent instead of held open for ever. */
const silenceClose: Metric = {
  summary: 'share of calls gone silent that the agent asks after and then ends',
  unit: 'rate',
  better: 'higher',
  kind: 'rate',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const last = callerSpeech(call).at(-1)?.to ?? call.events.find(({ kind }) => kind === 'answered')?.at;
    const ended = call.events.find((event) => event.kind === 'ended');
    const joined = call.events.some(({ kind }) => kind === 'desk-joined');
    if (last === undefined || !ended || joined || call.over - last < GONE_AFTER) return [];
    const spoken = call.utterances.filter(({ onset }) => onset > last);
    // The first thing it says is the reply to her last words; what follows asks after her.
    const asked = spoken.length > 1;
    const closed = ended.ending.by === 'them';
    const note = `${asked ? 'asked after her' : 'never asked after her'}, ${closed ? 'ended the call' : 'left the call open'}`;
    return [score(METRIC, asked && closed ? 1 : 0, { at: last, of: 'call', note })];
  },
};

export default silenceClose;
