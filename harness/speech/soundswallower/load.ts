import type { Decoder, SoundSwallowerModule } from 'soundswallower';
import type { Automaton } from './automaton.ts';

/** What the engine exports beside its classes, as far as it is used here: pointers are numbers. */
interface Inside {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  _decoder_logmath(decoder: number): number;
  _decoder_set_fsg(decoder: number, machine: number): number;
  _logmath_log(logmath: number, probability: number): number;
  _fsg_model_init(name: number, logmath: number, languageWeight: number, states: number): number;
  _fsg_set_states(machine: number, start: number, end: number): void;
  _fsg_model_word_add(machine: number, word: number): number;
  _fsg_model_trans_add(machine: number, from: number, to: number, log: number, word: number): void;
  _fsg_model_null_trans_add(machine: number, from: number, to: number, log: number): number;
}

/** Makes `decoder` listen for what `automaton` allows. The engine keeps the machine. Its words must be known. */
export function load(engine: SoundSwallowerModule, decoder: Decoder, automaton: Automaton): void {
  const inside = engine as unknown as Inside;
  const { cdecoder } = decoder as unknown as { readonly cdecoder: number };
  const logmath = inside._decoder_logmath(cdecoder);
  const make = (name: number): number =>
    inside._fsg_model_init(name, logmath, Number(decoder.get_config('lw')), automaton.states);
  const machine = withText(inside, 'grammar', make);
  inside._fsg_set_states(machine, automaton.start, automaton.end);
  const words = new Map<string, number>();
  for (const { from, to, word, weight } of automaton.arcs) {
    const log = inside._logmath_log(logmath, weight);
    if (word === undefined) {
      inside._fsg_model_null_trans_add(machine, from, to, log);
      continue;
    }
    const id = words.get(word) ?? withText(inside, word, (text) => inside._fsg_model_word_add(machine, text));
    words.set(word, id);
    inside._fsg_model_trans_add(machine, from, to, log, id);
  }
  if (inside._decoder_set_fsg(cdecoder, machine) < 0) throw new Error('the ear refused a grammar');
}

/** Lends the engine `text` as a C string. */
function withText<T>(inside: Inside, text: string, use: (pointer: number) => T): T {
  const bytes = new TextEncoder().encode(`${text}\0`);
  const pointer = inside._malloc(bytes.length);
  try {
    inside.HEAPU8.set(bytes, pointer);
    return use(pointer);
  } finally {
    inside._free(pointer);
  }
}
