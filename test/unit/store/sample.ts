import type { Programmed } from '../../../harness/model/metronome.ts';
import type { Outcome, Reaction, Score, ScoredCall, Turn } from '../../../harness/model/metric.ts';
import type { Plan } from '../../../harness/model/plan.ts';
import type { RunManifest } from '../../../harness/model/run.ts';
import { ms } from '../../../harness/model/time.ts';
import type { CallExtra } from '../../../metrics/store/store.ts';

/** A run as the harness would describe it. */
export const sampleRun = (id: string, calls: readonly string[] = ['maya-book-1']): RunManifest => ({
  schema: 'hangup.run-manifest/1',
  id,
  suite: 'demo',
  target: 'reference',
  line: 'sip',
  time: 'real',
  seed: 4_000_000_000,
  faults: [],
  startedAt: '2026-11-22T10:15:00.250Z',
  host: { platform: 'linux', arch: 'x64', cpu: 'some cpu', cores: 2, memoryMb: 4096 },
  versions: { hangup: '0.1.0', node: '24.21.0' },
  configHash: 'abc',
  calls: calls.map((call) => ({ id: call, plan: call })),
});

/** A plan with nothing special in it. */
export const samplePlan = (id: string, changes: Partial<Plan> = {}): Plan => ({
  schema: 'hangup.plan/1',
  id,
  seed: 7,
  persona: 'maya',
  scenario: 'book-cleaning',
  stakes: 'low',
  opens: 'agent',
  mind: 'script',
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  place: { name: 'quiet', snrDb: 40 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 6000, talkedOver: 3, askedAgain: 2 },
  lines: [],
  stimuli: [],
  expect: { commit: { action: 'book', slots: ['day'] }, handoff: { truth: 'must-not', facts: [] } },
  bounds: [],
  desks: 'answer',
  maxMs: 180_000,
  ...changes,
});

/** One observation. */
export const sampleScore = (metric: string, value: number, changes: Partial<Score> = {}): Score => ({
  metric,
  value,
  censored: false,
  u: 4,
  at: ms(14_200),
  of: 'reason',
  class: '',
  note: '',
  ...changes,
});

/** A scored call. */
export const sampleCall = (
  id: string,
  outcome: Outcome,
  scores: readonly Score[],
  changes: {
    readonly plan?: Partial<Plan>;
    readonly reasons?: readonly string[];
    readonly programmed?: Programmed;
  } = {},
): ScoredCall => ({
  head: {
    id,
    plan: id,
    line: 'sip',
    timing: 'exact',
    time: 'real',
    target: 'sip:agent@127.0.0.1:5060',
    evidence: ['wire', 'office', 'claims'],
  },
  plan: samplePlan(id, changes.plan),
  outcome,
  reasons: changes.reasons ?? [],
  scores,
  notSeen: {},
  ...(changes.programmed ? { programmed: changes.programmed } : {}),
});

const turn: Turn = {
  line: 'reason',
  topic: 'reason',
  callerOnset: ms(1000),
  callerEnd: ms(2500),
  pauses: [],
  reply: {
    onset: ms(2812.5),
    stop: ms(4000),
    end: ms(4020),
    u: { onset: 3, stop: 3, end: 3 },
    levelDb: -26,
    ducks: [],
  },
  waitedUntil: ms(2812.5),
  waitEnded: 'reply',
  limit: { at: ms(12_000), why: 'limit' },
  agentSpeaking: false,
  desk: false,
};

const reaction: Reaction = {
  event: {
    source: 'caller',
    kind: 'stimulus',
    at: ms(3200),
    id: 'barge-1',
    stimulus: 'interruption',
    sham: false,
    takesFloor: true,
    text: 'sorry, one thing',
    intended: ms(3200),
    onset: ms(3201),
    intent: ms(3500),
    end: ms(4100),
    facts: {},
  },
  into: turn.reply,
  stop: ms(3401),
  resumed: undefined,
};

/** What else is kept of a call: one answered turn, one turn without answer, one interruption. */
export const sampleExtra: CallExtra = {
  durationMs: 21_000,
  turns: [turn, { ...turn, line: 'day', reply: undefined, waitedUntil: ms(12_000), waitEnded: 'limit' }],
  reactions: [reaction],
  claims: [{ what: 'stage', name: 'brain', startMs: 2600, endMs: 2610 }],
};
