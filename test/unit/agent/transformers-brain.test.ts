import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import transformers, { chatModel } from '../../../agent/brains/transformers.ts';
import type { ChatMessage, ChatModel, Piece } from '../../../agent/chat/model.ts';
import { taggedUses } from '../../../agent/chat/tagged-uses.ts';
import { startModel } from '../../../harness/speech/transformers/engine.ts';
import type { ModelEngine } from '../../../harness/speech/transformers/engine.ts';
import { INSTRUCT, installedModel } from '../../../harness/speech/transformers/models.ts';
import { tinyWriter, writerSettings } from '../speech/transformers/tiny-model.ts';

/** What follows a caller's word; a star tells that the model knows of the tools. */
const SEQUEL = {
  'hours*': ['We', 'open', 'at', 'eight.'],
  'bye*': ['Goodbye.', '<tool_call>', '{"name":"hang_up","arguments":{}}', '</tool_call>'],
  'on*': ['and', 'and'],
};

let folder: string;
let engine: ModelEngine;
let model: ChatModel;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hangup-models-'));
  vi.stubEnv('HANGUP_MODELS', folder);
  const files = { ...writerSettings(SEQUEL), 'onnx/model.onnx': tinyWriter(SEQUEL) };
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, 'tiny/writer', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  engine = await startModel({ ...installedModel(INSTRUCT, { model: 'tiny/writer' }), task: 'write' });
  model = chatModel(engine);
});
afterAll(async () => {
  await engine.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const chat = (text: string): readonly ChatMessage[] => [
  { role: 'system', text: 'You are the front desk.' },
  { role: 'user', text },
];
const never = new AbortController().signal;

async function all(pieces: AsyncIterable<Piece>): Promise<readonly Piece[]> {
  const got: Piece[] = [];
  for await (const piece of pieces) got.push(piece);
  return got;
}
const words = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');

test('a model on this machine is spoken only when all of its answer is there, or is not told of the tools', async () => {
  const pieces = await all(model.answer(chat('hours'), never));
  expect(words(pieces).trim()).toBe('We open at eight.');
  expect(pieces.length).toBeGreaterThan(1);
});

test('a tool that the model uses is read out to her', async () => {
  const pieces = await all(model.answer(chat('bye'), never));
  expect(words(pieces).trim()).toBe('Goodbye.');
  expect(pieces.at(-1)).toEqual({ kind: 'use', id: 'use-1', use: { name: 'hang_up', arguments: '{}' } });
});

test('a model goes on with an answer that she has cut off, and the next one waits for it', async () => {
  const cutIn = new AbortController();
  const cutOff = (async () => {
    for await (const _ of model.answer(chat('on'), cutIn.signal)) cutIn.abort();
  })();
  await expect(cutOff).rejects.toThrow(/given up/);
  expect(words(await all(model.answer(chat('hours'), never))).trim()).toBe('We open at eight.');
});

test('a call is led by a model that is not there, or not on this machine', async () => {
  expect(await transformers.missing({ engine: 'transformers' })).toMatch(
    /Qwen2.5-0.5B-Instruct is not in .*`hangup fetch transformers:qwen2.5-0.5b`/,
  );
  expect(await transformers.missing({ engine: 'transformers', url: 'http://x' })).toMatch(/leave @http:\/\/x out/);
  expect(await transformers.missing({ engine: 'transformers', model: 'tiny/writer' })).toBeUndefined();
  await expect(transformers.open({ engine: 'transformers' })).rejects.toThrow(/hangup fetch/);
});

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

test.each([1, 3, 7, 1000])('a tag that comes in pieces of %i letters is spoken', async (size) => {
  const text = 'One moment. <tool_call>\n{"name": "office_free", "arguments": {"day": "monday"}}\n</tool_call> a < b';
  const pieces = await all(taggedUses(inPieces(text, size)));
  expect(words(pieces).replaceAll(/\s+/g, ' ')).toBe('One moment. a < b');
  expect(pieces.filter(({ kind }) => kind === 'use')).toEqual([
    { kind: 'use', id: 'use-1', use: { name: 'office_free', arguments: '{"day":"monday"}' } },
  ]);
});

test.each(['Yes. <tool_call>{"name": "office_fr', 'Yes. <tool_call>hang up</tool_call>'])(
  'half a tool, or one in no JSON, is taken for an answer: %s',
  async (text) => {
    await expect(all(taggedUses(inPieces(text, 5)))).rejects.toThrow(/tool/);
  },
);
