import type { Claim } from '../../harness/model/office.ts';
import type { News } from '../news.ts';
import type { RtviMessage } from './protocol.ts';

/** What of a call has to be remembered to tell the rest of it. */
export interface Telling {
  readonly callerSpeaks: boolean;
  readonly agentSpeaks: boolean;
  /** Stages of the reply in the making, by name, seconds; undefined when no turn of hers is being answered. */
  readonly stages: Readonly<Record<string, number>> | undefined;
  /** Utterances that were over. */
  readonly segments: number;
}

/** Nothing has happened yet. */
export const untold: Telling = { callerSpeaks: false, agentSpeaks: false, stages: undefined, segments: 0 };

type Step = readonly [Telling, readonly RtviMessage[]];

const told = (telling: Telling, ...messages: readonly RtviMessage[]): Step => [telling, messages];

/** The stages that follow one another from the end of her speech to the first sound of the reply. */
const BUDGET: readonly string[] = ['endpointing', 'ear', 'brain', 'voice', 'playout'];

/** News as RTVI has it. */
export function tellNews(telling: Telling, news: News): Step {
  switch (news.what) {
    case 'caller-began':
      if (telling.callerSpeaks) return told(telling);
      return told({ ...telling, callerSpeaks: true }, { type: 'user-started-speaking' });
    case 'caller-stopped':
      if (!telling.callerSpeaks) return told(telling);
      return told({ ...telling, callerSpeaks: false }, { type: 'user-stopped-speaking' });
    case 'words':
      return told(telling, { type: 'bot-llm-text', data: { text: news.text } });
    case 'agent-began':
      if (telling.agentSpeaks) return told(telling);
      return told({ ...telling, agentSpeaks: true }, { type: 'bot-started-speaking' });
    case 'agent-stopped':
      if (!telling.agentSpeaks) return told(telling);
      return told({ ...telling, agentSpeaks: false }, { type: 'bot-stopped-speaking' });
    case 'interrupted':
      return told(telling, { type: 'bot-interrupted' });
    case 'hands-over':
      return told(telling, { type: 'server-message', data: { type: 'handing-over', desk: news.desk } });
  }
}

/**
 * Claims as RTVI has them. `timestamp` is when it is told, ISO 8601. `bot-output` comes once its words have been played,
 * and holds those alone; `metrics` when the voice of a reply to her is on its way, in seconds.
 */
export function tellClaim(telling: Telling, claim: Claim, timestamp: string): Step {
  const { what, name, text = '' } = claim;
  if (what === 'stage') return tellStage(telling, name, (claim.endMs - claim.startMs) / 1000);
  if (what === 'transcript') {
    return told(telling, { type: 'user-transcription', data: { text, user_id: 'caller', timestamp, final: true } });
  }
  if (what === 'said') {
    const segment = telling.segments + 1;
    const data = { text, spoken: true, aggregated_by: 'sentence', segment_id: segment };
    return told({ ...telling, segments: segment }, { type: 'bot-output', data });
  }
  return name === 'trouble' ? told(telling, trouble(text)) : told(telling);
}

/** Trouble of one call, over which it goes on. */
const trouble = (error: string): RtviMessage => ({ type: 'error', data: { error, fatal: false } });

function tellStage(telling: Telling, name: string, seconds: number): Step {
  if (name === 'endpointing') return told({ ...telling, stages: { endpointing: seconds } });
  if (!telling.stages || !BUDGET.includes(name)) return told(telling);
  const stages = { ...telling.stages, [name]: seconds };
  if (name === 'playout') return told({ ...telling, stages: undefined }, metrics({ playout: seconds }));
  return name === 'voice' ? told({ ...telling, stages }, metrics(stages)) : told({ ...telling, stages });
}

const metrics = (stages: Readonly<Record<string, number>>): RtviMessage => ({
  type: 'metrics',
  data: {
    ttfb: BUDGET.flatMap((processor) => {
      const value = stages[processor];
      return value === undefined ? [] : [{ processor, value }];
    }),
  },
});
