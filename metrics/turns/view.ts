import type { Activity, Sounding } from '../../harness/model/activity.ts';
import type { CallView } from '../../harness/model/metric.ts';
import type { CallEvent, CallRecord } from '../../harness/model/record.ts';
import { ms, type Ms } from '../../harness/model/time.ts';
import { ledgerAt } from './ledger.ts';
import { reactionsOf } from './reactions.ts';
import { turnsOf } from './turns.ts';
import { isSpeech, utterancesOf } from './utterances.ts';

/** What measures look at: a call cut into turns, reactions and the ledger. Pure; the record is not changed. */
export function viewCall(record: CallRecord, activity: Activity): CallView {
  const events = record.events.toSorted((a, b) => a.at - b.at);
  const ended = endOf(events, activity);
  const over = conversationOver(events, ended);
  // A metronome speaks in tones.
  const speech = record.plan.metronome ? activity.agent : activity.agent.filter(isSpeech);
  const utterances = utterancesOf(before(speech, over));
  const desk = utterancesOf(activity.desk.filter(isSpeech));
  const [media] = record.tracks.maps;
  return {
    head: headOf(record, activity),
    plan: record.plan,
    events,
    activity,
    utterances,
    turns: turnsOf({ events, utterances, desk, over, ended }),
    reactions: reactionsOf(events, utterances),
    ledger: ledgerAt(events, ended),
    over,
    ...(media ? { mediaFrom: media.originMs } : {}),
  };
}

/** Words that an ear heard are evidence of their own. */
const headOf = ({ head }: CallRecord, { words }: Activity): CallRecord['head'] =>
  words && !head.evidence.includes('ear') ? { ...head, evidence: [...head.evidence, 'ear'] } : head;

/** When the call was over; a record that broke off ends with the last thing known of it. */
function endOf(events: readonly CallEvent[], activity: Activity): Ms {
  const ended = events.filter((event) => event.kind === 'ended').at(-1);
  if (ended) return ended.ending.at;
  const known = [
    ...events.map(({ at }) => at),
    ...activity.agent.map(({ end }) => end),
    ...activity.desk.map(({ end }) => end),
  ];
  return ms(Math.max(0, ...known));
}

/** The conversation with the agent is over at hang-up or at the desk's media, whichever comes first. */
function conversationOver(events: readonly CallEvent[], ended: Ms): Ms {
  const joined = events.find((event) => event.kind === 'desk-joined');
  return joined && joined.at < ended ? joined.at : ended;
}

const before = (soundings: readonly Sounding[], over: Ms): readonly Sounding[] =>
  soundings.filter(({ onset }) => onset < over);
