/** A folder and what its files may import. Packages not listed in `onlyThere` are free to all but `strict` folders. */
export interface Room {
  readonly folder: string;
  /** Folders or files of the project it may import, besides itself. `*` is everything. */
  readonly may: readonly string[];
  /** Pure: no file, socket, clock or package may come in. */
  readonly strict?: true;
}

const model = 'harness/model';
const clock = 'harness/clock';
const lines = 'harness/lines';
const speech = 'harness/speech';
const rtp = 'harness/rtp';

/** Who may import whom; type-only imports count, and everything not listed is forbidden. Deepest folder wins. */
export const rooms: readonly Room[] = [
  { folder: model, may: [], strict: true },
  { folder: clock, may: [model] },
  { folder: 'harness/plan', may: [model] },
  { folder: rtp, may: [model] },
  // The clock: what a service or another process takes is bounded in the host's time.
  { folder: speech, may: [model, clock] },
  { folder: 'harness/render', may: [model, speech] },
  { folder: 'harness/sip', may: [model, clock, rtp] },
  { folder: 'harness/webrtc', may: [model, clock, rtp] },
  { folder: lines, may: [model, clock, rtp, 'harness/sip', 'harness/webrtc'] },
  { folder: 'harness/hooks', may: [model, clock] },
  { folder: 'harness/office', may: [model, clock, lines, speech] },
  { folder: 'harness/caller', may: [model, clock, speech] },
  { folder: 'harness/call', may: [model, clock, lines, 'harness/office', 'harness/caller'] },
  { folder: 'harness/run', may: ['*'] },
  { folder: 'harness/cli', may: ['*'] },
  { folder: 'personas', may: [model] },
  { folder: 'personas/places', may: [model, 'personas'] },
  { folder: 'agent', may: [model, clock, lines, speech, 'harness/rtp/g711.ts'] },
  { folder: 'metrics/activity', may: [model, speech] },
  { folder: 'metrics/statistics', may: [model], strict: true },
  { folder: 'metrics/turns', may: [model, 'metrics/statistics'], strict: true },
  { folder: 'metrics/measures', may: [model, 'metrics/statistics', 'metrics/turns'], strict: true },
  { folder: 'metrics/judges', may: [model, 'metrics/statistics', 'metrics/turns'], strict: true },
  { folder: 'metrics/fidelity', may: [model, 'metrics/statistics', 'metrics/turns'], strict: true },
  {
    folder: 'metrics/gate',
    may: [model, 'metrics/statistics', 'metrics/turns', 'metrics/measures', 'metrics/judges', 'metrics/fidelity'],
    strict: true,
  },
  { folder: 'metrics/store', may: [model, 'metrics'] },
  { folder: 'metrics', may: [model, 'metrics'], strict: true },
  { folder: 'reports', may: [model, 'metrics'] },
  { folder: 'train', may: [model, speech, 'personas/places'] },
];

/** Nobody imports these but each other. */
export const topFloor: readonly string[] = ['harness/run', 'harness/cli'];

/** Packages that live in one place. A name that ends in `/` is a whole scope. */
export const onlyThere: Readonly<Record<string, readonly string[]>> = {
  'onnxruntime-node': [speech],
  '@echogarden/': [speech],
  soundswallower: [speech, 'train'],
  '@huggingface/': [speech],
  openai: [speech, 'agent'],
  protobufjs: ['harness/office'],
  ws: [speech, 'agent', lines, 'harness/webrtc'],
  selfsigned: ['agent', 'harness/run'],
  '@evan/': [rtp, 'reports'],
  'sip.js': ['harness/sip'],
  'node-datachannel': ['harness/webrtc'],
  '@roamhq/': ['harness/webrtc'],
  playwright: [lines, 'reports'],
  '@opentelemetry/': ['agent', 'harness/office'],
  '@duckdb/': ['metrics/store'],
  '@observablehq/': ['reports'],
  d3: ['reports'],
  esbuild: ['reports'],
  commander: ['harness/run', 'harness/cli'],
};

/** The one door for time: the only files that may name it. */
export const timekeepers: readonly RegExp[] = [/^harness\/clock\//, /^harness\/rtp\/[^/]*worker[^/]*\.ts$/];

/** Folders in which every file is a public name with one default export. Their parts live in a folder of their own. */
export const registries: readonly string[] = [
  'personas/people',
  'personas/scenarios',
  'personas/attacks',
  'personas/habits',
  'personas/places',
  'agent/brains',
  'agent/wholes',
  'agent/faults',
  'agent/manners',
  'harness/lines',
  'harness/speech/voices',
  'harness/speech/ears',
  'metrics/measures',
  'metrics/judges',
];
