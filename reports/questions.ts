/** A question that a manager asks of a run, and the metric that answers it. */
export interface Question {
  readonly metric: string;
  /** The row's name. */
  readonly asks: string;
  /** Shown even when nothing was gated or seen. */
  readonly always: boolean;
  /**
   * How the sentence says it went wrong. `bad` and `n` count observations of a rate; `value` is the gated figure in words.
   */
  readonly wrong: (bad: number, n: number, value: string) => string;
}

const share =
  (says: string, of: string) =>
  (bad: number, n: number): string =>
    `${says} ${bad} of ${n} ${of}`;

/** In the order of the summary. */
export const QUESTIONS: readonly Question[] = [
  {
    metric: 'failed_call',
    asks: 'failed calls',
    always: false,
    wrong: share('the agent failed', 'calls'),
  },
  {
    metric: 'hang_up',
    asks: 'would have hung up',
    always: true,
    wrong: (bad, n) => `${bad} of ${n} callers would have hung up`,
  },
  {
    metric: 'turn_latency',
    asks: 'reply after caller',
    always: true,
    wrong: (_bad, _n, value) => `replies took ${value}`,
  },
  {
    metric: 'yield_rate',
    asks: 'stops when interrupted',
    always: true,
    wrong: share('the agent talked over', 'interruptions'),
  },
  {
    metric: 'stop_time',
    asks: 'time to stop',
    always: true,
    wrong: (_bad, _n, value) => `interrupted, the agent went on for ${value}`,
  },
  {
    metric: 'false_barge_in',
    asks: 'ignores mm-hm and noise',
    always: true,
    wrong: share('the agent stopped for', 'mm-hms, coughs and noises'),
  },
  {
    metric: 'cut_in',
    asks: 'waits out pauses',
    always: true,
    wrong: share('the agent cut in on', 'pauses'),
  },
  {
    metric: 'change_of_mind',
    asks: 'takes changes of mind',
    always: false,
    wrong: share('the agent lost', 'changes of mind'),
  },
  {
    metric: 'task_success',
    asks: 'right result',
    always: true,
    wrong: (bad, n) => `${bad} of ${n} calls ended without the right result`,
  },
  {
    metric: 'handoff_decision',
    asks: 'hands over when it should',
    always: false,
    wrong: share('the agent decided wrongly about', 'handoffs'),
  },
  {
    metric: 'route_accuracy',
    asks: 'to the right desk',
    always: false,
    wrong: share('the agent sent', 'callers to the wrong desk'),
  },
  {
    metric: 'context_recall',
    asks: 'handed over whole',
    always: true,
    wrong: (_bad, _n, value) => `of the facts a desk needed, ${value} arrived`,
  },
];

/** The question a metric answers; one made from its name when nobody asked. */
export const questionOf = (metric: string): Question =>
  QUESTIONS.find((question) => question.metric === metric) ?? {
    metric,
    asks: metric.replaceAll('_', ' '),
    always: false,
    wrong: (_bad, _n, value) => `${metric.replaceAll('_', ' ')} is ${value}`,
  };
