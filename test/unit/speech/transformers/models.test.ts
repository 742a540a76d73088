import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import whisper from '../../../../harness/speech/ears/whisper.ts';
import { startModel } from '../../../../harness/speech/transformers/engine.ts';
import { libraryFor, loadOptions } from '../../../../harness/speech/transformers/load.ts';
import {
  findModel,
  installedModel,
  KOKORO,
  wantedModel,
  WHISPER,
} from '../../../../harness/speech/transformers/models.ts';
import kokoro from '../../../../harness/speech/voices/kokoro.ts';
import { recogniserSettings, tinyRecogniser, tinySettings, tinySpeaker } from './tiny-model.ts';

let folder: string;

function put(repo: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, repo, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-models-'));
  vi.stubEnv('HANGUP_MODELS', folder);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('weights that ship with us are not loaded by the code that loads a model, or come from somewhere else', async () => {
  const silero = fileURLToPath(new URL('../../../../harness/speech/models/silero-vad-v5.onnx', import.meta.url));
  put('silero/vad', { 'config.json': '{"model_type":"custom"}', 'onnx/keep': '' });
  copyFileSync(silero, join(folder, 'silero/vad/onnx/model.onnx'));
  const library = await libraryFor(folder);
  const load = (repo: string) =>
    library.AutoModel.from_pretrained(repo, {
      ...loadOptions({ dtype: 'fp32' }),
      config: { model_type: 'custom' } as never,
    });
  const vad = await load('silero/vad');
  const state = new library.Tensor('float32', new Float32Array(256), [2, 1, 128]);
  const sr = new library.Tensor('int64', [8000n], []);
  const ask = async (input: Float32Array): Promise<number> => {
    const { output } = (await vad({ input: new library.Tensor('float32', input, [1, 288]), sr, state })) as {
      output: { data: Float32Array };
    };
    return output.data[0] ?? Number.NaN;
  };
  const silence = await ask(new Float32Array(288));
  expect(silence).toBeGreaterThanOrEqual(0);
  expect(silence).toBeLessThan(0.2);
  await expect(load('nobody/nothing')).rejects.toThrow(/locally/);
});

test('a model that is missing is not named, nor where it was looked for, nor how to get it', async () => {
  const told = await whisper.missing({ engine: 'whisper', model: 'tiny.en' });
  expect(told).toContain('onnx-community/whisper-tiny.en is not in');
  expect(told).toContain(folder);
  expect(told).toContain('`hangup fetch whisper:tiny.en`');
  await expect(whisper.open(1, undefined, { engine: 'whisper', model: 'a/b' })).rejects.toThrow(/a\/b.*hangup fetch/);
  put('a/b', { 'onnx/encoder_model.onnx': '', 'onnx/decoder_model_merged_quantized.onnx': '' });
  expect(findModel(wantedModel(WHISPER, { model: 'a/b' })), 'half of it at each precision').toBeUndefined();
});

test('a voice of a model is not where it was fetched to', async () => {
  const { repo } = wantedModel(KOKORO);
  const style = Float32Array.from({ length: 4 * 256 }, (_, i) => Math.sin(i / 2) / 4);
  put(repo, {
    ...tinySettings('həlˈO, '),
    'onnx/model_quantized.onnx': tinySpeaker(),
    'voices/af_test.bin': new Uint8Array(style.buffer),
  });
  expect(await kokoro.voices()).toEqual(['af_test']);
  expect(await kokoro.missing({ engine: 'kokoro', model: 'af_other' })).toContain('`hangup fetch kokoro:af_other`');
  const voice = await kokoro.open(undefined, { engine: 'kokoro', model: 'af_test' });
  await expect(voice.speak('Hello', { engine: 'kokoro', name: 'am_other', rate: 1 })).rejects.toThrow(/am_other/);
  await expect(voice.speak('Hello', { engine: 'kokoro', name: '../../x', rate: 1 })).rejects.toThrow(/hangup/);
  const spoken = await voice.speak('Hello, hello', { engine: 'kokoro', name: 'af_test', rate: 1 });
  expect(spoken.words.map(({ word }) => word)).toEqual(['hello', 'hello']);
  expect(spoken.samples.length).toBeGreaterThan(100);
  expect((await voice.speak('?!', { engine: 'kokoro', name: 'af_test', rate: 1 })).samples).toHaveLength(0);
  await voice.close();
});

test('the style does not go by the length of what is said; a request given up is answered, or holds up the next', async () => {
  const found = installedModel(KOKORO, { model: 'af_test' });
  const engine = await startModel({ ...found, task: 'speak' });
  const voice = Float32Array.from({ length: 3 * 256 }, (_, i) => Math.floor(i / 256));
  const say = async (phonemes: string, speed: number, signal?: AbortSignal): Promise<unknown> =>
    ((await engine.ask({ kind: 'speak', phonemes, voice, speed }, signal)) as Float32Array)[5];
  expect(await say('h', 1)).toBe(1);
  expect(await say('həlˈO həlˈO', 1)).toBe(2);
  const stop = new AbortController();
  const [first, given, last] = [say('hə', 1), say('hə', 2, stop.signal), say('hə', 3)];
  stop.abort();
  await expect(given).rejects.toThrow(/given up/);
  await expect(say('hə', 4, stop.signal)).rejects.toThrow(/given up/);
  expect(await first).toBe(2);
  expect(await last).toBe(6);
  await Promise.all([expect(say('hə', 1)).rejects.toThrow(/closed/), engine.close()]);
  await expect(say('h', 1)).rejects.toThrow(/closed/);
});

test('a recogniser in its own process hears nothing, or another thing than it was given', async () => {
  put('tiny/recogniser', { ...recogniserSettings, 'onnx/model.onnx': tinyRecogniser() });
  const engine = await startModel({ folder, repo: 'tiny/recogniser', dtype: 'fp32', files: [], task: 'recognise' });
  const samples = Float32Array.from({ length: 900 }, (_, i) => (i % 600 < 300 ? 0.1 : -0.1));
  expect(await engine.ask({ kind: 'read', samples, timed: false })).toEqual({ text: 'aba' });
  expect(await engine.ask({ kind: 'read', samples: samples.subarray(300), timed: true })).toMatchObject({ text: 'ba' });
  await engine.close();
});

test('a model that is broken keeps its caller waiting', async () => {
  put('broken/model', { ...tinySettings('h'), 'onnx/model_quantized.onnx': 'no graph' });
  const found = installedModel(KOKORO, { model: 'af_test' });
  await expect(startModel({ ...found, repo: 'broken/model', task: 'speak' })).rejects.toThrow(/protobuf|load/i);
});
