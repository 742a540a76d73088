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

import { PRESENCE_OPTIONS, SIP_OPTIONS } from './sip-options.ts';

const JSON_OPTION = ['--json', 'print one JSON document on stdout'] as const;
const LINE_OPTION = ['--line <name>', 'how to call: sip, loopback, webrtc or browser'] as const;
const TIME_OPTION = ['--time <kind>', 'real or virtual; virtual uses the loopback line'] as const;
const FAULT_OPTION = ['--fault <name...>', 'break the reference agent on purpose: NAME or NAME=ARG'] as const;
const MANNERS_OPTION = ['--manners <name>', 'how patient the reference agent is: usual, eager or patient'] as const;
const MAKEUP_OPTIONS = [
  ['--ear <engine>', 'what it hears with: NAME[:MODEL][@URL], e.g. whisper:base'],
  ['--brain <engine>', 'what it thinks with, e.g. openai:gpt-4o-mini@http://127.0.0.1:8080/v1'],
  ['--voice <engine>', 'what it speaks with, e.g. kokoro:af_heart'],
  ['--whole <engine>', 'one engine in place of the three, e.g. realtime:gpt-realtime'],
  ['--simulate <stage...>', 'let a stage take as long as another would: brain=lognormal(350,0.4)'],
] as const;
const OUTPUT_OPTIONS = [
  ['--junit <file>', 'also write JUnit XML'],
  ['--markdown <file>', 'also write a summary in Markdown'],
] as const;
const MEDIA_OPTIONS = [
  ['--codec <list>', 'codecs to offer, in this order: of pcmu,pcma,g722,opus'],
  ['--srtp <how>', 'mandatory: encrypted audio or no call'],
  ['--network <settings>', 'what the network does to packets, e.g. loss=5%,burst=3,jitter=40,delay=20'],
] as const;
const RUN_OPTIONS = [
  ['--target <uri>', 'the agent to call, e.g. sip:agent@10.0.0.5, or "reference"'],
  LINE_OPTION,
  TIME_OPTION,
  FAULT_OPTION,
  MANNERS_OPTION,
  ...MAKEUP_OPTIONS,
  ['--matrix <axis...>', 'try several side by side: brain=rules,openai:MODEL, or simulate=brain=350,brain=900'],
  ...MEDIA_OPTIONS,
  ['--only <pattern>', 'only calls whose id contains this'],
  ['--failed <run>', 'only the calls that failed in a stored run, by the same plans'],
  ['--seed <n>', 'the seed of every chance in the run'],
  ['--trials <n>', 'each call so many times'],
  ['--jobs <n>', 'so many calls at once'],
  ['--max-calls <n>', 'refuse to place more calls, those placed once more among them'],
  ['--max-minutes <n>', 'place no further call after so many minutes'],
  ['--yes', 'do not ask before somebody else is called'],
  ['--out <dir>', 'where runs are kept (default: runs)'],
  ['--resume <run>', 'go on with a run that was stopped'],
  ...SIP_OPTIONS,
  JSON_OPTION,
  ...OUTPUT_OPTIONS,
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
    usage: 'init <address>',
    summary: 'call your own agent once, say what answered, and write a suite to begin with',
    options: [
      ['--yes', 'call without asking'],
      ['--out <dir>', 'where to write (default: here)'],
      ...SIP_OPTIONS,
      JSON_OPTION,
    ],
    examples: [
      'hangup init sip:agent@10.0.0.5',
      "SIP_USER=eval SIP_PASSWORD=... hangup init 'sip:agent@10.0.0.5:5060;transport=tcp' --yes --out my-agent",
    ],
    load: () => import('./verbs/init.ts'),
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
      "hangup run exam --time virtual --only price --simulate 'brain=lognormal(350,0.4)'",
      'hangup run brains --time virtual',
      'hangup run demo --matrix brain=rules,openai:gpt-4o-mini seeds=1,2',
      'hangup run demo --network "loss=5%,burst=3,jitter=40,delay=20"',
      'hangup run hangup.config.ts --target sip:agent@10.0.0.5 --json',
      'hangup run hangup.config.ts --target sips:agent@voice.example.org --ca company-ca.pem',
      'hangup run --yes --max-calls 20 --max-minutes 30 --junit hangup.xml',
      'hangup run --failed demo-20261122-101500',
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
      LINE_OPTION,
      TIME_OPTION,
      FAULT_OPTION,
      MANNERS_OPTION,
      ...MAKEUP_OPTIONS,
      ...MEDIA_OPTIONS,
      ['--seed <n>', 'the seed'],
      ['--out <dir>', 'where runs are kept (default: runs)'],
      ...SIP_OPTIONS,
      JSON_OPTION,
    ],
    examples: [
      'hangup dial sip:agent@127.0.0.1:5060 --persona interrupting-ines',
      'hangup dial "sip:agent@[2001:db8::5]:5060;transport=tcp"',
      'SIP_USER=paula SIP_PASSWORD=... hangup dial sip:600@pbx.example.org --register sip:pbx.example.org',
      'hangup dial sips:agent@voice.example.org --ca company-ca.pem',
      'hangup dial sip:agent@10.0.0.5 --plan runs/demo-20261122-101500/calls/plain-paula-book-cleaning-1/plan.json',
      'hangup dial reference --time virtual --fault deaf-to-barge-in --persona interrupting-ines',
    ],
    load: () => import('./verbs/dial.ts'),
  },
  {
    usage: 'answer',
    summary: "an agent phones us: it meets the suite's callers in order, and is scored as any call",
    options: [
      ['--sip <address>', 'where to listen (default: 127.0.0.1:5070)'],
      ['--suite <file>', 'the suite (default: hangup.config.ts)'],
      ['--only <pattern>', 'only callers whose call id contains this'],
      ['--trials <n>', 'each call so many times'],
      ['--jobs <n>', 'so many calls at once (default: 1; more go on ringing)'],
      ['--wait <s>', 'end when nobody has called for so long (default: 600)'],
      ['--seed <n>', 'the seed of every chance in the run'],
      ['--out <dir>', 'where runs are kept (default: runs)'],
      ...PRESENCE_OPTIONS,
      JSON_OPTION,
    ],
    examples: [
      'hangup answer --sip 127.0.0.1:5070',
      'hangup answer --sip 10.0.0.9:5060 --suite examples/reminder/hangup.config.ts --wait 120',
      'SIP_USER=paula SIP_PASSWORD=... hangup answer --sip 0.0.0.0:5070 --register sip:pbx.example.org',
    ],
    load: () => import('./verbs/answer.ts'),
  },
  {
    usage: 'listen <persona> <scenario>',
    summary: 'render what a caller will say, and list it with times; calls nobody',
    options: [
      ['--out <file>', 'the WAV (default: PERSONA-SCENARIO-1.wav)'],
      ['--suite <file>', 'a suite of your own: people, scenarios and voices beside it are found'],
      ['--all', 'also what she says only when asked, or asked again'],
      ['--seed <n>', 'the seed'],
      JSON_OPTION,
    ],
    examples: [
      'hangup listen interrupting-ines book-cleaning --out ines.wav',
      'hangup listen plain-paula parcel --suite hangup.config.ts --all',
    ],
    load: () => import('./verbs/listen.ts'),
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
    options: [JSON_OPTION, ...OUTPUT_OPTIONS],
    examples: [
      'hangup gate',
      'hangup gate runs/demo-20261122-101500 --junit gate.xml',
      'hangup gate --markdown gate.md',
    ],
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
    usage: 'compare [run...]',
    summary: 'hold runs, or the runs of a matrix, against each other: who answers sooner, and by how much',
    options: [
      ['--by <what>', 'sort the runs by what they were made of: brain, ear, voice, whole or simulate'],
      ['--out <dir>', 'where runs are kept (default: runs)'],
      JSON_OPTION,
    ],
    examples: [
      'hangup compare',
      'hangup compare runs/demo-20261122-101500 runs/demo-20261123-101500',
      'hangup compare brains-20261125-031500 --by brain --json',
    ],
    load: () => import('./verbs/compare.ts'),
  },
  {
    usage: 'report [run...]',
    summary: 'build the static site of one or more runs',
    options: [
      ['--out <dir>', 'where to (default: RUN/report)'],
      ['--audio <which>', 'recordings that go along, compressed: failed (and ten others; the default), all, none'],
      ['--watch', 'build again whenever a call was added, and show it on this machine until ctrl-C'],
      ['--port <n>', 'where --watch shows it (default: any that is free)'],
      ['--summary <file>', 'instead: the run as one HTML file'],
      ['--markdown <file>', 'instead: a summary in Markdown'],
      ['--card <file>', 'instead: the verdict card as a PNG'],
    ],
    examples: [
      'hangup report',
      'hangup report runs/* --out site',
      'hangup report --audio none --out site',
      'hangup report --watch --port 8080',
      'hangup report --summary verdict.html --card verdict.png',
    ],
    load: () => import('./verbs/report.ts'),
  },
  {
    usage: 'review <call> <verdict>',
    summary: 'what you, who listened to a call, think of our verdict on it: agree, disagree or our-fault',
    options: [
      ['--note <text>', 'why'],
      ['--out <dir>', 'where runs are kept (default: runs)'],
    ],
    examples: [
      'hangup review plain-paula-book-cleaning-1 agree',
      'hangup review demo-20261122-101500/plain-paula-book-cleaning-1 our-fault --note "her cough was cut off"',
    ],
    load: () => import('./verbs/review.ts'),
  },
  {
    usage: 'prune',
    summary:
      'which stored runs may go; the last of a suite and agent, and a baseline (a file of that name in its folder), stay',
    options: [
      ['--keep <n>', 'so many of each suite and agent stay (default: 10, with --older 1)'],
      ['--older <days>', 'only runs of more days than that'],
      ['--audio', 'only their recordings: scores, events and reviews stay'],
      ['--yes', 'remove them; without it nothing is removed'],
      ['--out <dir>', 'where runs are kept (default: runs)'],
    ],
    examples: ['hangup prune', 'hangup prune --keep 30 --yes', 'hangup prune --older 14 --audio --yes'],
    load: () => import('./verbs/prune.ts'),
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
      ['--sip <address>', 'where it listens for telephones (default: 127.0.0.1:5060)'],
      ['--webrtc <address>', 'where it listens for WebRTC: WHIP at /whip, and more; a page to talk to it at /'],
      ...PRESENCE_OPTIONS,
      ['--office <url>', 'where its calendar and desks are'],
      [
        '--otlp <url>',
        'where its stages go as OpenTelemetry spans (default: what OTEL_EXPORTER_OTLP_ENDPOINT says, if anything)',
      ],
      ['--fault <name...>', 'break it on purpose: NAME or NAME=ARG'],
      ['--manners <name>', 'how patient it is: usual, eager or patient'],
      ...MAKEUP_OPTIONS,
      ['--ear-workers <n>', 'threads that listen (default: 2)'],
      ['--until-stdin-closes', 'end with the program that started it'],
    ],
    examples: [
      'hangup agent --sip 127.0.0.1:5060',
      'hangup agent --sip 127.0.0.1:0 --fault slow=900',
      'hangup agent --webrtc 127.0.0.1:8080',
      'hangup agent --sip "127.0.0.1:5061;transport=tls" --tls-cert cert.pem --tls-key key.pem',
    ],
    load: () => import('./verbs/agent.ts'),
  },
  {
    usage: 'serve-openai',
    summary: "the reference agent's engines behind OpenAI's API: chat, speech, transcription and Realtime",
    options: [
      ['--listen <address>', 'where it listens (default: 127.0.0.1:8090)'],
      ['--tls', 'over TLS, with a certificate made for this start: the official Realtime client takes nothing else'],
      ['--latency <stage...>', 'let chat, transcription, speech or realtime take so long: chat=lognormal(350,0.4)'],
      ['--seed <n>', 'the seed of these times (default: 1)'],
      ['--ear-workers <n>', 'threads that listen (default: 2)'],
      ['--until-stdin-closes', 'end with the program that started it'],
    ],
    examples: ['hangup serve-openai', 'hangup serve-openai --listen 127.0.0.1:0 --tls --latency chat=350'],
    load: () => import('./verbs/serve-openai.ts'),
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
      ['--out <dir>', 'where findings and the calls that show them are kept (default: runs)'],
      ['--resume', 'go on with the findings that are there'],
      JSON_OPTION,
    ],
    examples: ['hangup selftest', 'hangup selftest --trials 20', 'hangup selftest --fault slow deaf-to-barge-in'],
    load: () => import('./verbs/selftest.ts'),
  },
  {
    usage: 'list <what>',
    summary:
      'personas, scenarios, attacks, habits, places, lines, metrics, faults, manners, voices, ears, brains or wholes',
    options: [
      ['--suite <file>', 'also what lies beside it (default: hangup.config.ts, where there is one)'],
      JSON_OPTION,
    ],
    examples: ['hangup list personas', 'hangup list faults', 'hangup list scenarios --suite parcel/hangup.config.ts'],
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
    usage: 'fetch <model>',
    summary: 'brings a model of an ear or a voice to this machine: whisper:NAME, moonshine:NAME, kokoro:VOICE',
    options: [JSON_OPTION],
    examples: ['hangup fetch whisper:base', 'hangup fetch kokoro:af_heart'],
    load: () => import('./verbs/fetch.ts'),
  },
  {
    usage: 'doctor',
    summary: 'what is installed, what is missing, and how to get it',
    options: [JSON_OPTION],
    examples: ['hangup doctor'],
    load: () => import('./verbs/doctor.ts'),
  },
];
