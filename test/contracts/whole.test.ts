import { afterEach, expect, test, vi } from 'vitest';
import { entry, wholes } from '../../harness/run/registry.ts';

const all = [...(await wholes())];

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

test('a session of OpenAI is asked for without a model or a key, and a phone rings before that is told', async () => {
  vi.stubEnv('OPENAI_API_KEY', '');
  vi.stubEnv('OPENAI_BASE_URL', undefined);
  const realtime = entry(await wholes(), 'realtime', 'whole agent');
  expect(await realtime.missing({ engine: 'realtime' })).toMatch(/--whole realtime:/);
  expect(await realtime.missing({ engine: 'realtime', model: 'gpt-realtime' })).toMatch(/OPENAI_API_KEY/);
  vi.stubEnv('OPENAI_API_KEY', 'k');
  expect(await realtime.missing({ engine: 'realtime', model: 'gpt-realtime' })).toBeUndefined();
  vi.stubEnv('OPENAI_API_KEY', '');
  expect(await realtime.missing({ engine: 'realtime', url: 'wss://127.0.0.1:9/v1' })).toBeUndefined();
});

test('an authority that cannot be read, or a server that nobody runs, is found out by the first caller', async () => {
  const realtime = entry(await wholes(), 'realtime', 'whole agent');
  const named = { engine: 'realtime', url: 'wss://127.0.0.1:1/v1' };
  await expect(realtime.open(named)).rejects.toThrow(/realtime:hangup-realtime at .* cannot be used: .*ECONNREFUSED/);
  vi.stubEnv('HANGUP_CA', '/nowhere/ca.pem');
  await expect(realtime.open(named)).rejects.toThrow(/HANGUP_CA names "\/nowhere\/ca.pem"/);
});
