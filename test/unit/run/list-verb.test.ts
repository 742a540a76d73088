import { expect, test, vi } from 'vitest';
import { run } from '../../../harness/cli/verbs/list.ts';

async function listed(what: string): Promise<string> {
  const written = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  try {
    expect(await run([what], {})).toBe(0);
    return written.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    written.mockRestore();
  }
}

test.each([
  ['ears', 'soundswallower'],
  ['brains', 'rules'],
  ['voices', 'flite'],
  ['wholes', 'realtime'],
])('engines that --ear, --brain, --voice and --whole take cannot be looked up: %s', async (what, engine) => {
  expect(await listed(what)).toMatch(new RegExp(`^${engine} +\\S`, 'm'));
});

test('what cannot be listed is answered with what can', async () => {
  await expect(run(['nonsense'], {})).rejects.toThrow(/"nonsense" cannot be listed; say one of .*brains, wholes$/);
});
