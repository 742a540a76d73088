import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import soundswallower from '../../../harness/speech/ears/soundswallower.ts';
import { startHand } from '../../../harness/speech/workers.ts';

const folder = mkdtempSync(join(tmpdir(), 'hangup-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = join(folder, 'hand.mjs');
writeFileSync(
  script,
  `import { parentPort } from 'node:worker_threads';
   parentPort.on('message', ({ what }) => {
     if (what === 'die') process.exit(1);
     if (what === 'answer') parentPort.postMessage({ value: 42 });
   });`,
);
const hand = () => startHand(pathToFileURL(script), {});

/** Rejections nobody handled while `work` went on: each would have ended the process. */
async function unhandled(work: () => Promise<void>): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => seen.push(reason));
  try {
    await work();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const other of others) process.on('unhandledRejection', other);
  }
  return seen;
}

test('closing a thread with a request outstanding ends the process', async () => {
  const seen = await unhandled(async () => {
    const one = hand();
    expect(await one.ask({ what: 'answer' })).toBe(42);
    void one.ask({ what: 'nothing' });
    const awaited = one.ask({ what: 'nothing' });
    await Promise.all([one.close(), expect(awaited).rejects.toThrow('the speech thread hand.mjs was closed')]);
    await one.close();
  });
  expect(seen).toEqual([]);
});

test('a thread that dies of itself goes unnoticed', async () => {
  const one = hand();
  await expect(one.ask({ what: 'die' })).rejects.toThrow('the speech thread hand.mjs ended');
  await expect(one.ask({ what: 'answer' })).rejects.toThrow('the speech thread hand.mjs ended');
  await expect(one.close()).rejects.toThrow('the speech thread hand.mjs ended');
});

test('closing an ear in the middle of an utterance ends the process', async () => {
  const seen = await unhandled(async () => {
    const ear = await soundswallower.open(1);
    await ear.prepare({ yes: '#JSGF V1.0; grammar yes; public <yes> = yes | no;' });
    const hearing = ear.listen('yes');
    await hearing.push(new Int16Array(800));
    const again = ear.listen('yes');
    await again.push(new Int16Array(800));
    const last = again.finish();
    hearing.abandon();
    const refused = 'the speech thread decoder.worker.ts was closed';
    await Promise.all([ear.close(), expect(last).rejects.toThrow(refused)]);
  });
  expect(seen).toEqual([]);
});
