// How the reference agent takes being spoken over: hundreds of events in virtual time, in two halves that share no word,
// voice or noise. Constants are chosen on the first half; the second says what they are worth.
// `node scripts/barge-in.ts [tuning|held-out] [--why] [--memory FILE]`
import { parseArgs } from 'node:util';
import soundswallower from '../harness/speech/ears/soundswallower.ts';
import { openVad } from '../harness/speech/vad.ts';
import flite from '../harness/speech/voices/flite.ts';
import { benchCall, readyEar } from '../test/calls/barge-in/bench.ts';
import type { Measured } from '../test/calls/barge-in/bench.ts';
import { heldOut, tuning } from '../test/calls/barge-in/halves.ts';
import { explained, tables } from '../test/calls/barge-in/tables.ts';

const CALLS = 8;
const EVENTS = 42;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    why: { type: 'boolean', default: false },
    memory: { type: 'string' },
    calls: { type: 'string', default: String(CALLS) },
  },
});
const halves = [tuning, heldOut].filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const [ear, voice, vad] = await Promise.all([soundswallower.open(2, values.memory), flite.open(), openVad()]);
await readyEar(ear);
for (const half of halves) {
  const calls = Array.from({ length: Number(values.calls) }, (_, nth) =>
    benchCall(half, nth, EVENTS, { voice, ear, vad: () => vad.stream() }),
  );
  const measured: readonly Measured[] = (await Promise.all(calls)).flat();
  console.log(`${half.name}\n${tables(measured)}`);
  if (values.why) console.log(explained(measured));
}
await Promise.all([ear.close(), voice.close(), vad.close()]);
