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

/** The program in memory, as it was before its first run. */
interface Loaded {
  readonly instance: WebAssembly.Instance;
  readonly memory: WebAssembly.Memory;
  readonly fresh: Uint8Array;
}

/** Whose files and arguments the program sees: another one every run. */
let world: WASI | undefined;
let loaded: Promise<Loaded> | undefined;

/** Making an instance costs more than many a sentence, so there is one, and its memory is put back before each run. */
async function load(): Promise<Loaded> {
  const names = WebAssembly.Module.imports(module).map((one) => one.name);
  const calls = names.map((call) => [call, (...args: readonly unknown[]): unknown => callWorld(call, args)]);
  const imports = { wasi_snapshot_preview1: Object.fromEntries(calls) as WebAssembly.ModuleImports };
  const instance = await WebAssembly.instantiate(module, imports);
  const memory = instance.exports['memory'] as WebAssembly.Memory;
  return { instance, memory, fresh: new Uint8Array(memory.buffer).slice() };
}

function callWorld(call: string, args: readonly unknown[]): unknown {
  const calls = world?.wasiImport as Record<string, (...args: readonly unknown[]) => unknown>;
  return calls[call]?.(...args);
}

function restore({ memory, fresh }: Loaded): void {
  const now = new Uint8Array(memory.buffer);
  now.set(fresh);
  now.fill(0, fresh.length);
}

async function run({ args, wave }: FliteRequest): Promise<FliteReply> {
  loaded ??= load();
  const program = await loaded;
  const printed = openSync(printedPath, 'w+');
  try {
    world = new WASI({
      version: 'preview1',
      args: ['flite', ...args, ...(wave ? [waveName] : ['none'])],
      preopens: { '.': dir },
      stdout: printed,
      returnOnExit: true,
    });
    restore(program);
    const code = world.start(program.instance);
    if (code !== 0) throw new Error(`flite ended with code ${code}`);
  } catch (error) {
    // What broke off may have left more than its memory behind.
    loaded = undefined;
    throw error;
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
