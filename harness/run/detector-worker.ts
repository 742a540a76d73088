import { parentPort } from 'node:worker_threads';
import { detectActivity } from '../../metrics/activity/detect.ts';
import { yieldToMedia } from '../speech/gentle.ts';
import { speechRegions } from '../speech/vad.ts';
import type { Answer } from '../speech/workers.ts';
import type { Heard } from './detector.ts';

yieldToMedia();

let last: Promise<unknown> = Promise.resolve();

parentPort?.on('message', (call: Heard) => {
  last = last.then(() => answer(call)).then((found) => parentPort?.postMessage(found));
});

async function answer({ tracks, desk, events }: Heard): Promise<Answer> {
  try {
    return { value: await detectActivity(tracks, desk, events, speechRegions) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
