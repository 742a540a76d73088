// How fast stored audio is scored: minutes of a known conversation on one 8 kHz channel, in CPU time of this process, so
// that other work on the machine does not count. `node scripts/detector-speed.ts [minutes]` (default 20).
import { ms } from '../harness/model/time.ts';
import { speechRegions } from '../harness/speech/vad.ts';
import { detectActivity } from '../metrics/activity/detect.ts';
import { channelOf, knownClips, RATE } from './detector/truth.ts';

const minutes = Number(process.argv[2] ?? 20);
const turns = (await knownClips('held-out')).map((clip, i) => channelOf(clip, -66, 'PCMU', i).agent);
const agent = new Int16Array(minutes * 60 * RATE);
const caller = new Int16Array(agent.length);
let at = 0;
for (let i = 0; at < agent.length; i++) {
  // They take turns: what one says the other listens to.
  const said = turns[i % turns.length].subarray(0, agent.length - at);
  const listened = turns[0].subarray(0, RATE);
  (i % 2 === 0 ? agent : caller).set(said, at);
  const other = i % 2 === 0 ? caller : agent;
  for (let k = 0; k < said.length; k++) other[at + k] = listened[k % RATE];
  at += said.length;
}
const maps = [{ ssrc: 0, from: 0, to: agent.length, originMs: ms(0), msPerSample: 1000 / RATE }];
const tracks = { rate: RATE, caller, callerOrigin: ms(0), agent, maps, lost: [] };
const cpuSeconds = (): number => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;

await detectActivity({ ...tracks, agent: agent.subarray(0, 60 * RATE) }, undefined, [], speechRegions);
const before = { cpu: cpuSeconds(), memory: process.memoryUsage.rss() };
const { agent: heard } = await detectActivity(tracks, undefined, [], speechRegions);
const spent = cpuSeconds() - before.cpu;
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `${minutes} minutes, ${heard.length} soundings: ${spent.toFixed(2)} s of CPU, ${((minutes * 60) / spent).toFixed(0)} x real time`,
);
console.log(`memory: ${(before.memory / 2 ** 20).toFixed(0)} MB with the audio loaded, ${peak.toFixed(0)} MB at most`);
process.exit(0);
