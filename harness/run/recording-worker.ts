import { parentPort } from 'node:worker_threads';
import { UsageError } from '../model/errors.ts';
import { speechRegions } from '../speech/vad.ts';
import type { Answer } from '../speech/workers.ts';
import type { Instruments } from './measure.ts';
import { scoreRecording } from './recording-score.ts';
import type { RecordingSource } from './recording-sides.ts';
import { metrics } from './registry.ts';

// A thread of its own: scores one recording after the other, with its own instruments.
const tools: Promise<Instruments> = metrics().then((found) => ({ metrics: found, regions: speechRegions }));
let last: Promise<unknown> = Promise.resolve();

parentPort?.on('message', (source: RecordingSource) => {
  last = last.then(() => answer(source)).then((found) => parentPort?.postMessage(found));
});

async function answer(source: RecordingSource): Promise<Answer> {
  try {
    return { value: await scoreRecording(source, await tools) };
  } catch (error) {
    if (error instanceof UsageError) return { value: { refused: error.message } };
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
