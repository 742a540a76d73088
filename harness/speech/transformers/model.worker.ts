import { yieldToMedia } from '../gentle.ts';
import { loadRecogniser, loadSpeaker } from './load.ts';
import type { Recogniser, Speaker } from './load.ts';
import type { FoundModel } from './models.ts';
import { loadWriter } from './writer.ts';
import type { ChatToWrite, Writer } from './writer.ts';

/** What a model's process is started with. */
export type ModelStart = FoundModel & { readonly task: 'recognise' | 'speak' | 'write' };

/** What is asked of it: `read` of one that recognises, `speak` of one that speaks, `write` of one that writes. */
export type ModelRequest =
  | { readonly kind: 'read'; readonly samples: Float32Array; readonly timed: boolean }
  | { readonly kind: 'speak'; readonly phonemes: string; readonly voice: Float32Array; readonly speed: number }
  | { readonly kind: 'write'; readonly chat: ChatToWrite };

/** Messages to the process: one asks, the other takes it back. */
export type ToModel = { readonly id: number; readonly request: ModelRequest } | { readonly cancel: number };

/** Messages from it: `id` 0 is the loading. Pieces of an answer may come before it. */
export type FromModel = { readonly id: number } & (
  { readonly value: unknown } | { readonly error: string } | { readonly piece: string }
);

interface Loaded {
  readonly recogniser?: Recogniser;
  readonly speaker?: Speaker;
  readonly writer?: Writer;
}

const cancelled = new Set<number>();
let running = 0;
let model: Loaded = {};
/** One at a time, in order. */
let last: Promise<unknown> = Promise.resolve();

async function load({ task, ...found }: ModelStart): Promise<void> {
  if (task === 'recognise') model = { recogniser: await loadRecogniser(found) };
  else if (task === 'speak') model = { speaker: await loadSpeaker(found) };
  else model = { writer: await loadWriter(found) };
}

async function answer(id: number, request: ModelRequest): Promise<unknown> {
  if (request.kind === 'read') return model.recogniser?.read(request.samples, request.timed);
  if (request.kind === 'write') return model.writer?.write(request.chat, (piece) => send({ id, piece }));
  return model.speaker?.speak(request.phonemes, request.voice, request.speed);
}

function send(message: FromModel): void {
  if (process.connected) process.send?.(message);
}

function take(id: number, work: () => Promise<unknown>): void {
  last = last.then(async () => {
    if (cancelled.delete(id)) return;
    running = id;
    try {
      send({ id, value: await work() });
    } catch (error) {
      send({ id, error: error instanceof Error ? error.message : String(error) });
    }
    running = 0;
    cancelled.delete(id);
  });
}

yieldToMedia();
process.on('disconnect', () => process.exit());
process.on('message', (message: ToModel | { readonly start: ModelStart }) => {
  if ('start' in message) return take(0, () => load(message.start));
  if ('request' in message) return take(message.id, () => answer(message.id, message.request));
  cancelled.add(message.cancel);
  if (running !== message.cancel) return;
  model.recogniser?.interrupt();
  model.writer?.interrupt();
});
