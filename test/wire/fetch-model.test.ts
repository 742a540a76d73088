import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { fetchModel } from '../../harness/speech/transformers/fetch.ts';
import { findModel, KOKORO, modelVersion, wantedModel, WHISPER } from '../../harness/speech/transformers/models.ts';

const REVISION = 'a1b2c3d4e5';
const SETTINGS = 'config tokenizer tokenizer_config preprocessor_config generation_config'.split(' ');
const TINY = [
  ...SETTINGS.map((name) => `${name}.json`),
  'onnx/encoder_model.onnx',
  'onnx/decoder_model_merged.onnx',
  'onnx/encoder_model_quantized.onnx',
  'onnx/decoder_model_merged_quantized.onnx',
  'onnx/encoder_model_quantized.onnx_data',
  'README.md',
  '../../escaped.json',
];
const VOICE = [
  'config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'onnx/model.onnx',
  'voices/af_x.bin',
  'voices/b.bin',
];
const REPOS: Readonly<Record<string, readonly string[]>> = {
  'onnx-community/whisper-tiny': TINY,
  'onnx-community/Kokoro-82M-v1.0-ONNX': VOICE,
  'onnx-community/whisper-half': SETTINGS.map((name) => `${name}.json`),
};

let hub: Server;
let folder: string;
let asked: string[] = [];
let cut = '';

function answer(path: string, response: ServerResponse): void {
  const repo = Object.keys(REPOS).find((name) => path.includes(name)) ?? 'none';
  if (path === `/api/models/${repo}`) {
    const siblings = REPOS[repo]?.map((rfilename) => ({ rfilename }));
    return void response.end(JSON.stringify({ sha: REVISION, siblings }));
  }
  const file = path.split(`/${repo}/resolve/${REVISION}/`)[1];
  if (file === undefined) return void response.writeHead(404).end();
  if (file === cut) {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => response.destroy());
    return;
  }
  response.end(`this is ${file}`);
}

beforeAll(async () => {
  hub = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request.url ?? '', response);
  });
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('HF_ENDPOINT', `http://127.0.0.1:${(hub.address() as AddressInfo).port}`);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-fetch-'));
  asked = [];
  cut = '';
  return () => rmSync(folder, { recursive: true, force: true });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => hub.close(resolve));
});

const tiny = wantedModel(WHISPER, { model: 'tiny' });
const fetched = (): Promise<unknown> => fetchModel(tiny, folder, () => undefined);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('a model is fetched in another precision than it is loaded in, or with files that nobody needs or that lie elsewhere', async () => {
  expect(findModel(tiny, folder)).toBeUndefined();
  const told: string[] = [];
  const card = await fetchModel(tiny, folder, (line) => told.push(line));
  const files = TINY.filter((name) => /^\w+\.json$|_quantized/.test(name));
  expect(Object.keys(card.sha256).toSorted()).toEqual(files.toSorted());
  expect(told).toHaveLength(files.length);
  expect(card).toMatchObject({ repo: 'onnx-community/whisper-tiny', revision: REVISION });
  expect(card.sha256['config.json']).toBe(sha256('this is config.json'));
  expect(findModel(tiny, folder)).toMatchObject({ dtype: 'q8', repo: tiny.repo });
  expect(existsSync(join(folder, '..', 'escaped.json'))).toBe(false);
  expect(asked.filter((path) => path.includes('escaped'))).toEqual([]);
});

test('a voice is fetched without its model, or with all others', async () => {
  const model = wantedModel(KOKORO, { model: 'af_x' });
  const card = await fetchModel(model, folder, () => undefined);
  expect(Object.keys(card.sha256)).toContain('voices/af_x.bin');
  expect(Object.keys(card.sha256)).not.toContain('voices/b.bin');
  expect(findModel(model, folder)?.dtype).toBe('fp32');
  asked = [];
  const more = await fetchModel(wantedModel(KOKORO, { model: 'b' }), folder, () => undefined);
  expect(asked).toHaveLength(2);
  expect(more.sha256).toMatchObject(card.sha256);
});

test('a run does not tell which files it used, or calls a changed file by the revision it was fetched at', async () => {
  await fetched();
  const found = findModel(tiny, folder);
  if (!found) throw new Error('it was fetched');
  expect(modelVersion(found)).toMatch(`onnx-community/whisper-tiny@${REVISION} config.json sha256:`);
  expect(modelVersion(found)).toContain(
    `onnx/encoder_model_quantized.onnx_data sha256:${sha256('this is onnx/encoder_model_quantized.onnx_data')}`,
  );
  writeFileSync(join(folder, tiny.repo, 'config.json'), 'other');
  expect(modelVersion(found)).toMatch(`@unknown revision config.json sha256:${sha256('other')}`);
});

test('a file that broke off is taken for a whole one, or all are fetched again', async () => {
  cut = 'onnx/encoder_model_quantized.onnx';
  await expect(fetched()).rejects.toThrow(/encoder_model_quantized.onnx.*broke off.*same command again/);
  expect(findModel(tiny, folder)).toBeUndefined();
  cut = '';
  await fetched();
  expect(readFileSync(join(folder, tiny.repo, 'onnx/encoder_model_quantized.onnx'), 'utf8')).toMatch('this is');
  asked = [];
  await fetched();
  expect(asked, 'only the revision is asked for').toHaveLength(1);
});

test('a name that the hub does not know, a hub that is not there: told in more than a sentence, or without a way out', async () => {
  const unknown = fetchModel(wantedModel(WHISPER, { model: 'nope' }), folder, () => undefined);
  await expect(unknown).rejects.toThrow(/^127\.0\.0\.1:\d+ has no model onnx-community\/whisper-nope for you \(404\)/);
  const half = fetchModel(wantedModel(WHISPER, { model: 'half' }), folder, () => undefined);
  await expect(half).rejects.toThrow(/has no onnx\/encoder_model.onnx, onnx\/decoder_model_merged.onnx/);
  const outside = fetchModel(wantedModel(WHISPER, { model: '../etc' }), folder, () => undefined);
  await expect(outside).rejects.toThrow(/OWNER\/REPOSITORY/);
  const endpoint = process.env['HF_ENDPOINT'];
  vi.stubEnv('HF_ENDPOINT', 'http://127.0.0.1:9');
  await expect(fetched()).rejects.toThrow(
    /127\.0\.0\.1:9 cannot be reached.*copy the folder onnx-community\/whisper-tiny/,
  );
  vi.stubEnv('HF_ENDPOINT', endpoint);
});
