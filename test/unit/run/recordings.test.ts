import { expect, test } from 'vitest';
import { scoreRecordings } from '../../../harness/run/recordings.ts';
import type { RecordingSource } from '../../../harness/run/recording-sides.ts';
import { metrics } from '../../../harness/run/registry.ts';
import { speechRegions } from '../../../harness/speech/vad.ts';
import { CALLER, conversation, saved, wav } from './recorded.ts';

const tools = { metrics: await metrics(), regions: speechRegions };
const truth = { caller: CALLER.map((span) => ({ ...span, kind: 'turn' })) };
const stereo = (path: string): RecordingSource => ({ path, caller: 'left', told: true });

test('threads give what one recording alone gives, in the order named, and one that is broken stops no other', async () => {
  const long = conversation().map((channel) => {
    const tenfold = new Int16Array(channel.length * 10);
    tenfold.set(channel);
    return tenfold;
  });
  const paths = [
    saved(wav(long), 'long.wav', truth),
    saved(wav(conversation()).subarray(0, 5000), 'broken.wav'),
    saved(wav(conversation()), 'short.wav', truth),
  ];
  const said: number[] = [];
  const together = await scoreRecordings(paths.map(stereo), tools, (done) => said.push(done));
  expect(said).toEqual([1, 2, 3]);
  const alone = [];
  for (const path of paths) alone.push(...(await scoreRecordings([stereo(path)], tools, () => undefined)));
  expect(together).toEqual(alone);
  expect(together[1]).toEqual({ refused: expect.stringContaining('broken.wav breaks off') });
  expect(together[2]).toMatchObject({ details: { path: paths[2], truth: 'file' } });
});
