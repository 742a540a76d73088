import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { parentPort, workerData } from 'node:worker_threads';
import { yieldToMedia } from '../gentle.ts';

/** What a flite thread starts with. */
export interface FliteStart {
  readonly module: WebAssembly.Module;
  /** A directory of its own: flite is a WASI command that writes files. */
  readonly dir: string;
  readonly name: string;
}

/** One run of flite: its arguments; `wave` when it leaves a WAV file. */
export interface FliteRequest {
  readonly args: readonly string[];
  readonly wave: boolean;
}

/** What one run printed, and the bytes of its WAV file. */
export interface FliteReply {
  readonly printed: string;
  readonly wav: Uint8Array | undefined;
}

const { module, dir, name } = workerData as FliteStart;
const waveName = `${name}.wav`;
const printedPath = join(dir, `${name}.txt`);

async function run({ args, wave }: FliteRequest): Promise<FliteReply> {
  const printed = openSync(printedPath, 'w+');
  try {
    const wasi = new WASI({
      version: 'preview1',
      args: ['flite', ...args, ...(wave ? [waveName] : ['none'])],
      preopens: { '.': dir },
      stdout: printed,
      returnOnExit: true,
    });
    const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport });
    const code = wasi.start(instance);
    if (code !== 0) throw new Error(`flite ended with code ${code}`);
  } finally {
    closeSync(printed);
  }
  const wav = wave ? new Uint8Array(readFileSync(join(dir, waveName))) : undefined;
  if (wave) rmSync(join(dir, waveName), { force: true });
  return { printed: readFileSync(printedPath, 'utf8'), wav };
}

yieldToMedia();

/** Runs share file names, so one ends before the next begins. */
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (request: FliteRequest) => {
  last = last
    .then(() => run(request))
    .then(
      (value) => parentPort?.postMessage({ value }),
      (error: unknown) => parentPort?.postMessage({ error: String(error) }),
    );
});
