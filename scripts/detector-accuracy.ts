// How exact the detector is: every known clip at every noise level through both laws of G.711, measured against its
// own samples. `node scripts/detector-accuracy.ts [held-out|fitted]` prints the table of metrics/README.md.
import type { Sounding } from '../harness/model/activity.ts';
import { ms } from '../harness/model/time.ts';
import { speechRegions } from '../harness/speech/vad.ts';
import { detectActivity } from '../metrics/activity/detect.ts';
import { channelOf, knownClips, RATE, type KnownChannel, type KnownClip } from './detector/truth.ts';

const NOISE_DB = [undefined, -65, -55, -45, -40, -36] as const;

interface Found {
  readonly error: number;
  readonly u: number;
}

interface Boundaries {
  readonly onset: Found;
  readonly stop: Found;
  readonly end: Found;
}

async function measured({ agent, onset, stop, end }: KnownChannel): Promise<Boundaries | undefined> {
  const maps = [{ ssrc: 0, from: 0, to: agent.length, originMs: ms(0), msPerSample: 1000 / RATE }];
  const tracks = { rate: RATE, caller: new Int16Array(0), callerOrigin: ms(0), agent, maps, lost: [] };
  const { agent: heard } = await detectActivity(tracks, undefined, [], speechRegions);
  const [first, last] = [heard[0], heard.at(-1)];
  if (!first || !last) return undefined;
  const off = (sounding: Sounding, edge: 'onset' | 'stop' | 'end', truth: number): Found => ({
    error: sounding[edge] - (truth * 1000) / RATE,
    u: sounding.u[edge],
  });
  return { onset: off(first, 'onset', onset), stop: off(last, 'stop', stop), end: off(last, 'end', end) };
}

function row(what: string, found: readonly Found[]): string {
  const errors = found.map(({ error }) => Math.abs(error)).sort((a, b) => a - b);
  const wide = found.map(({ u }) => u).sort((a, b) => a - b);
  const at = (values: readonly number[], share: number): string =>
    (values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? Number.NaN).toFixed(1).padStart(7);
  const bias = found.reduce((sum, { error }) => sum + error, 0) / found.length;
  const held = found.filter(({ error, u }) => Math.abs(error) <= u).length / found.length;
  const figures = [bias.toFixed(1).padStart(7), at(errors, 0.5), at(errors, 0.95), at(wide, 0.5), at(wide, 0.95)];
  return `  ${what.padEnd(14)}${String(found.length).padStart(4)}${figures.join('')}${(100 * held).toFixed(1).padStart(9)} %`;
}

async function table(clips: readonly KnownClip[], noiseDb: number | undefined): Promise<void> {
  const found: { readonly cut: boolean; readonly at: Boundaries | undefined }[] = [];
  for (const [i, clip] of clips.entries()) {
    const channel = channelOf(clip, noiseDb, i % 4 < 2 ? 'PCMU' : 'PCMA', 7 * i + (noiseDb ?? 0));
    found.push({ cut: clip.cut, at: await measured(channel) });
  }
  const heard = (cut?: boolean): readonly Boundaries[] =>
    found.flatMap((one) => (one.at && (cut === undefined || one.cut === cut) ? [one.at] : []));
  console.log(`noise ${noiseDb === undefined ? 'none' : `${noiseDb} dBov`}, ${found.length - heard().length} missed`);
  console.log(
    row(
      'onset',
      heard().map(({ onset }) => onset),
    ),
  );
  console.log(
    row(
      'stop, cut',
      heard(true).map(({ stop }) => stop),
    ),
  );
  console.log(
    row(
      'stop, natural',
      heard(false).map(({ stop }) => stop),
    ),
  );
  console.log(
    row(
      'end, natural',
      heard(false).map(({ end }) => end),
    ),
  );
}

const clips = await knownClips(process.argv[2] === 'fitted' ? 'fitted' : 'held-out');
console.log('                   n   bias median    p95   u p50  u p95  |error| <= u    (ms; speech at -26 dBov)');
for (const noiseDb of NOISE_DB) await table(clips, noiseDb);
process.exit(0);
