/** What a verb's file exports: runs it and returns the exit code. */
export interface VerbCode {
  run(args: (string | string[] | undefined)[], options: Record<string, unknown>): Promise<number>;
}

/** A verb of the command line; its code is loaded when it is called. */
export interface Verb {
  /** Name and arguments, as commander writes them. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly (readonly [flags: string, says: string])[];
  readonly examples: readonly string[];
  load(): Promise<VerbCode>;
}

const JSON_OPTION = ['--json', 'print one JSON document on stdout'] as const;
const RUN_OPTIONS = [
  ['--target <uri>', 'the agent to call, e.g. sip:agent@10.0.0.5, or "reference"'],
  ['--line <name>', 'how to call: sip or loopback'],
  ['--time <kind>', 'real or virtual; virtual uses the loopback line'],
  ['--fault <name...>', 'break the reference agent on purpose: NAME or NAME=ARG'],
  ['--manners <name>', 'how patient the reference agent is: usual, eager or patient'],
  ['--only <pattern>', 'only calls whose id contains this'],
  ['--seed <n>', 'the seed of every chance in the run'],
  ['--trials <n>', 'each call so many times'],
  ['--jobs <n>', 'so many calls at once'],
  ['--max-calls <n>', 'refuse to place more calls'],
  ['--max-minutes <n>', 'place no further call after so many minutes'],
  ['--out <dir>', 'where runs are kept (default: runs)'],
  ['--resume <run>', 'go on with a run that was stopped'],
  JSON_OPTION,
] as const;

/** All verbs, in the order of the help. */
export const VERBS: readonly Verb[] = [
  {
    usage: 'demo',
    summary: 'the shipped demo: twelve SIP calls, a report, and a broken agent caught',
    options: [['--out <dir>', 'where runs are kept (default: runs)']],
    examples: ['hangup demo'],
    load: () => import('./verbs/demo.ts'),
  },
  {
    usage: 'plan [suite]',
    summary: 'decide every call of a suite and write it as JSON',
    options: [['--seed <n>', 'the seed'], ['--out <dir>', 'a folder for one file a call'], JSON_OPTION],
    examples: ['hangup plan demo', 'hangup plan hangup.config.ts --out plans'],
    load: () => import('./verbs/plan.ts'),
  },
  {
    usage: 'run [suite]',
    summary: 'place the calls of a suite, measure, store, and give a verdict',
    options: RUN_OPTIONS,
    examples: [
      'hangup run demo',
      'hangup run demo --time virtual',
      'hangup run demo --fault deaf-to-barge-in --time virtual',
      'hangup run exam --time virtual --only hasty-helen',
      'hangup run exam --manners patient',
      'hangup run hangup.config.ts --target sip:agent@10.0.0.5 --json',
    ],
    load: () => import('./verbs/run.ts'),
  },
  {
    usage: 'dial <uri>',
    summary: 'one call, watched live',
    options: [
      ['--persona <name>', 'who calls (default: plain-paula)'],
      ['--scenario <name>', 'why (default: book-cleaning)'],
      ['--plan <file>', 'replay a plan'],
      ['--seed <n>', 'the seed'],
      ['--out <dir>', 'where runs are kept (default: runs)'],
      JSON_OPTION,
    ],
    examples: ['hangup dial sip:agent@127.0.0.1:5060 --persona interrupting-ines'],
    load: () => import('./verbs/dial.ts'),
  },
  {
    usage: 'score <path...>',
    summary: 'score stored calls or runs again, or recordings of your own',
    options: [
      ['--caller <which>', "recordings: left (default) or right, or the caller's own mono file beside the agent's"],
      JSON_OPTION,
    ],
    examples: [
      'hangup score runs/demo-20261122-101500',
      'hangup score call.wav --caller right --json',
      'hangup score --caller caller.wav agent.wav',
      'hangup score recordings/',
    ],
    load: () => import('./verbs/score.ts'),
  },
  {
    usage: 'gate [run]',
    summary: 'the verdict of a stored run',
    options: [JSON_OPTION, ['--junit <file>', 'also write JUnit XML']],
    examples: ['hangup gate', 'hangup gate runs/demo-20261122-101500 --junit gate.xml'],
    load: () => import('./verbs/gate.ts'),
  },
  {
    usage: 'bounds <run...>',
    summary: 'gates proposed from three runs of your own agent, to paste into its suite',
    options: [JSON_OPTION],
    examples: ['hangup bounds runs/mine-20261122-1015* runs/mine-20261123-090000'],
    load: () => import('./verbs/bounds.ts'),
  },
  {
    usage: 'report [run...]',
    summary: 'build the static site of one or more runs',
    options: [
      ['--out <dir>', 'where to (default: RUN/report)'],
      ['--audio <which>', 'recordings that go along: failed (and ten others; the default), all, none'],
    ],
    examples: ['hangup report', 'hangup report runs/* --out site'],
    load: () => import('./verbs/report.ts'),
  },
  {
    usage: 'calibrate',
    summary: 'how exact the instrument is: its accuracy table, from the metronome',
    options: [
      ['--only <pattern>', 'only cells whose name contains this, e.g. snr'],
      ['--events <n>', 'replies a cell, at least (default: 100)'],
      ['--jobs <n>', 'so many calls at once (default: 16)'],
      ['--seed <n>', 'the seed of every chance'],
      ['--out <dir>', 'where runs are kept (default: runs)'],
      JSON_OPTION,
    ],
    examples: ['hangup calibrate', 'hangup calibrate --only snr --events 20'],
    load: () => import('./verbs/calibrate.ts'),
  },
  {
    usage: 'agent',
    summary: 'start the reference agent',
    options: [
      ['--sip <address>', 'where it listens (default: 127.0.0.1:5060)'],
      ['--office <url>', 'where its calendar and desks are'],
      ['--fault <name...>', 'break it on purpose: NAME or NAME=ARG'],
      ['--manners <name>', 'how patient it is: usual, eager or patient'],
      ['--ear-workers <n>', 'threads that listen (default: 2)'],
      ['--until-stdin-closes', 'end with the program that started it'],
    ],
    examples: ['hangup agent --sip 127.0.0.1:5060', 'hangup agent --sip 127.0.0.1:0 --fault slow=900'],
    load: () => import('./verbs/agent.ts'),
  },
  {
    usage: 'selftest',
    summary: 'every fault of the reference agent caught, and no false alarm',
    options: [
      ['--trials <n>', 'each fault and each sound call so many times (default: 1)'],
      ['--sweeps <n>', 'each argument of a sweep so many times, 0 for none (default: 1)'],
      ['--fault <name...>', 'only these faults'],
      ['--seed <n>', 'the seed'],
      ['--jobs <n>', 'so many calls at once (default: 3)'],
      ['--out <dir>', 'where findings are kept (default: runs)'],
      ['--resume', 'go on with the findings that are there'],
      JSON_OPTION,
    ],
    examples: ['hangup selftest', 'hangup selftest --trials 20', 'hangup selftest --fault slow deaf-to-barge-in'],
    load: () => import('./verbs/selftest.ts'),
  },
  {
    usage: 'list <what>',
    summary: 'personas, scenarios, attacks, habits, places, lines, metrics, faults, manners or voices',
    options: [JSON_OPTION],
    examples: ['hangup list personas', 'hangup list faults'],
    load: () => import('./verbs/list.ts'),
  },
  {
    usage: 'sql <query>',
    summary: 'read-only SQL over the store',
    options: [['--out <dir>', 'where runs are kept (default: runs)'], JSON_OPTION],
    examples: [`hangup sql "select metric, count(*) from scores group by 1"`],
    load: () => import('./verbs/sql.ts'),
  },
  {
    usage: 'doctor',
    summary: 'what is installed, what is missing, and how to get it',
    options: [JSON_OPTION],
    examples: ['hangup doctor'],
    load: () => import('./verbs/doctor.ts'),
  },
];
