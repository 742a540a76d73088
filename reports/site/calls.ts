import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Activity } from '../../harness/model/activity.ts';
import type { Outcome, Score, ScoredCall } from '../../harness/model/metric.ts';
import type { Plan } from '../../harness/model/plan.ts';
import type { CallEvent, CallHead } from '../../harness/model/record.ts';
import { needsInWords } from '../../metrics/gate/evidence.ts';
import { onCallClock } from '../../metrics/turns/claims.ts';
import { agentText } from '../agent.ts';
import { agentCalls } from '../report.ts';
import type { RunReport } from '../report.ts';
import { replayCommand } from '../replay.ts';
import { withoutSecrets } from '../secrets.ts';
import { believedOf } from './believed.ts';
import type { Believed } from './believed.ts';
import { callFile, fileName } from './components/address.ts';
import type { SiteData } from './data.ts';
import { compressed } from './opus.ts';
import { eventsOf } from './recorded.ts';

/** What the page of one call is made from, as `calls/RUN/CALL.json`. */
export interface CallFile {
  readonly run: string;
  readonly seed: number;
  readonly suite: string;
  readonly call: CallHead;
  readonly outcome: Outcome;
  readonly reasons: readonly string[];
  /** By metric, what it needs, in words. */
  readonly notSeen: Readonly<Record<string, string>>;
  readonly scores: readonly Score[];
  readonly plan: Plan;
  /** In order; the agent's claims have their instants on the call's clock, too. */
  readonly events: readonly CallEvent[];
  /** What was said, beside what the agent believes. */
  readonly believed: readonly Believed[];
  readonly activity: Activity | undefined;
  /** What somebody who listened to it thought. */
  readonly review: ScoredCall['review'];
  /** The command that places it again. */
  readonly replay: string;
  /** Below `calls/`; the first is the agent's leg. */
  readonly recordings: readonly string[];
}

/** Whose recordings go along: those of failed calls and ten others, of all, or of none. */
export type AudioChoice = 'failed' | 'all' | 'none';

/** How many calls beside the failed ones can be heard. */
const OTHERS = 10;

/** Calls with recordings on the site. */
export function heardCalls(report: RunReport, audio: AudioChoice): readonly ScoredCall[] {
  const calls = agentCalls(report).filter(({ outcome }) => outcome !== 'not-run');
  if (audio === 'none') return [];
  if (audio === 'all') return calls;
  const failed = calls.filter(({ outcome }) => outcome === 'failed');
  return [...failed, ...calls.filter(({ outcome }) => outcome !== 'failed').slice(0, OTHERS)];
}

/** Writes what the page of one call shows, and its recordings, beside the built pages: nothing is built per call. */
export async function copyCalls(
  site: SiteData,
  dist: string,
  audio: AudioChoice,
  progress: (step: string) => void,
): Promise<void> {
  for (const run of site.runs) {
    const heard = new Set(heardCalls(run, audio).map(({ head }) => head.id));
    const calls = run.calls.filter(({ outcome }) => outcome !== 'not-run');
    for (const [index, call] of calls.entries()) {
      progress(`report: call ${index + 1} of ${calls.length}`);
      await copyCall(run, call, dist, heard.has(call.head.id));
    }
  }
  await copyShown(site, dist, audio, progress);
}

/** The self-test's calls that the page of faults leads to. Each has an agent of its own, and so its own command. */
async function copyShown(
  { selftest, rows }: SiteData,
  dist: string,
  audio: AudioChoice,
  progress: (step: string) => void,
): Promise<void> {
  if (!selftest) return;
  const shown = await rows<{ fault: string; call_id: string }>(
    `SELECT DISTINCT fault, call_id FROM faults_caught WHERE call_id IS NOT NULL AND run_id = '${selftest.manifest.id}'`,
  );
  for (const [index, { fault, call_id }] of shown.entries()) {
    progress(`report: call ${index + 1} of ${shown.length} of the self-test`);
    const call = selftest.calls.find(({ head }) => head.id === call_id);
    const manifest = { ...selftest.manifest, faults: [fault] };
    if (call) await copyCall({ ...selftest, manifest }, call, dist, audio !== 'none');
  }
}

async function copyCall(run: RunReport, call: ScoredCall, dist: string, withAudio: boolean): Promise<void> {
  const from = join(run.paths.run, 'calls', call.head.id);
  const to = join(dist, 'calls', callFile(run.manifest.id, call.head.id));
  mkdirSync(dirname(to), { recursive: true });
  const recordings = ['audio.wav', 'desk.wav']
    .filter((file) => withAudio && existsSync(join(from, file)))
    .map((file) => copyRecording(join(from, file), `${to}-${file}`));
  const events = onCallClock(eventsOf(from));
  const activity = activityOf(from);
  const whole: CallFile = {
    run: run.manifest.id,
    seed: run.manifest.seed,
    suite: run.manifest.suite,
    call: { ...call.head, target: agentText(run.manifest) },
    outcome: call.outcome,
    reasons: call.reasons,
    notSeen: Object.fromEntries(Object.entries(call.notSeen).map(([name, needs]) => [name, needsInWords(needs)])),
    scores: call.scores,
    plan: call.plan,
    events,
    believed: believedOf(events, activity),
    activity,
    review: call.review,
    replay: replayCommand(run, call.head.id),
    recordings: recordings.map((file) => `${fileName(run.manifest.id)}/${basename(file)}`),
  };
  writeFileSync(`${to}.json`, withoutSecrets(JSON.stringify(whole)));
}

/** A compressed copy for the site, the WAV where it cannot be compressed; the recording itself stays in the run. */
function copyRecording(from: string, to: string): string {
  const small = compressed(readFileSync(from), from);
  const file = small ? to.replace(/\.wav$/, '.opus') : to;
  if (small) writeFileSync(file, small);
  else copyFileSync(from, file);
  return file;
}

function activityOf(folder: string): Activity | undefined {
  const path = join(folder, 'activity.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Activity) : undefined;
}
