import { afterEach, expect, test, vi } from 'vitest';
import type { BrainKind } from '../../agent/kinds.ts';
import { brains, entry } from '../../harness/run/registry.ts';
import { scriptedModel } from '../calls/scripted-model.ts';

const all = [...(await brains())];
const brain = async (name: string): Promise<BrainKind> => entry(await brains(), name, 'brain');

afterEach(() => vi.unstubAllEnvs());

test.each(all)(
  '%s does not say what it is, or cannot say what is missing without asking anybody outside',
  async (name, kind) => {
    expect(kind.summary.length).toBeGreaterThan(10);
    const missing = await kind.missing({ engine: name, model: 'm', url: 'nonsense' });
    expect(missing).toMatch(/\S/);
    expect(missing).not.toMatch(/\n|[.!?] [A-Z]/);
  },
);

test('the rules need anything but their name', async () => {
  const rules = await brain('rules');
  expect(await rules.missing({ engine: 'rules' })).toBeUndefined();
  const open = await rules.open({ engine: 'rules' });
  expect(open.phrases.length).toBeGreaterThan(10);
  await open.close();
});

test('a model of OpenAI is asked for without its name or a key, and a phone rings before that is told', async () => {
  vi.stubEnv('OPENAI_API_KEY', '');
  vi.stubEnv('OPENAI_BASE_URL', undefined);
  const openai = await brain('openai');
  expect(await openai.missing({ engine: 'openai' })).toMatch(/--brain openai:/);
  expect(await openai.missing({ engine: 'openai', model: 'm' })).toMatch(/OPENAI_API_KEY/);
  vi.stubEnv('OPENAI_API_KEY', 'k');
  expect(await openai.missing({ engine: 'openai', model: 'm' })).toBeUndefined();
});

test('a server of one own needs a key or a model', async () => {
  vi.stubEnv('OPENAI_API_KEY', '');
  vi.stubEnv('OPENAI_BASE_URL', undefined);
  const openai = await brain('openai');
  expect(await openai.missing({ engine: 'openai', url: 'http://127.0.0.1:9/v1' })).toBeUndefined();
  vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9/v1');
  expect(await openai.missing({ engine: 'openai' })).toBeUndefined();
});

test('a model that refuses us, or that nobody serves, is found out by the first caller', async () => {
  vi.stubEnv('OPENAI_API_KEY', '');
  const openai = await brain('openai');
  const server = await scriptedModel({ status: 404 });
  await expect(openai.open({ engine: 'openai', model: 'm', url: server.url })).rejects.toThrow(
    /openai:m at .* cannot be used: 404/,
  );
  await server.close();
  await expect(openai.open({ engine: 'openai', url: server.url })).rejects.toThrow(/hangup-rules at .* nobody answers/);
});

test('a model that is there is opened with a whole conversation, or not at all', async () => {
  const server = await scriptedModel({ says: ['Hello.'] });
  const open = await (await brain('openai')).open({ engine: 'openai', model: 'm', url: server.url });
  expect(server.seen).toHaveLength(1);
  expect(server.seen[0]?.messages).toHaveLength(1);
  await open.close();
  await server.close();
});
