/** Just enough of protocol buffers to write a model down: fields by number, messages inside messages. */
const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) + 128, ...varint(value >> 7)]);
const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, ...parts: readonly number[][]): number[] => {
  const body = parts.flat();
  return [...varint(field * 8 + 2), ...varint(body.length), ...body];
};
const text = (field: number, value: string): number[] => bytes(field, [...Buffer.from(value)]);

const FLOAT = 1;
const INT64 = 7;

/** A tensor of the graph: its name, type and sizes; a size of 0 may be any. */
const tensor = (field: number, name: string, type: number, sizes: readonly number[]): number[] =>
  bytes(
    field,
    text(1, name),
    bytes(
      2,
      bytes(1, number(1, type), bytes(2, ...sizes.map((size) => bytes(1, size > 0 ? number(1, size) : text(2, 'n'))))),
    ),
  );

/** ONNX with the inputs and outputs of Kokoro, whose sound is its style times its speed: 256 samples that tell both. */
export const tinySpeaker = (): Uint8Array =>
  Uint8Array.from([
    ...number(1, 8),
    ...bytes(8, text(1, ''), number(2, 17)),
    ...bytes(
      7,
      bytes(1, text(1, 'style'), text(1, 'speed'), text(2, 'waveform'), text(4, 'Mul')),
      text(2, 'tiny'),
      tensor(11, 'input_ids', INT64, [1, 0]),
      tensor(11, 'style', FLOAT, [1, 256]),
      tensor(11, 'speed', FLOAT, [1]),
      tensor(12, 'waveform', FLOAT, [1, 256]),
    ),
  ]);

/** ONNX of a recogniser that hears "a" in every sample above the mean, and "b" in every other. */
export const tinyRecogniser = (): Uint8Array =>
  Uint8Array.from([
    ...number(1, 8),
    ...bytes(8, text(1, ''), number(2, 17)),
    ...bytes(
      7,
      bytes(1, text(1, 'input_values'), text(1, 'axes'), text(2, 'above'), text(4, 'Unsqueeze')),
      bytes(1, text(1, 'above'), text(2, 'below'), text(4, 'Neg')),
      bytes(
        1,
        text(1, 'above'),
        text(1, 'below'),
        text(2, 'logits'),
        text(4, 'Concat'),
        bytes(5, text(1, 'axis'), number(3, 2), number(20, 2)),
      ),
      text(2, 'tiny'),
      bytes(5, number(1, 1), number(2, INT64), bytes(7, [2]), text(8, 'axes')),
      tensor(11, 'input_values', FLOAT, [1, 0]),
      tensor(12, 'logits', FLOAT, [1, 0, 2]),
    ),
  ]);

/** Settings of such a recogniser. */
export const recogniserSettings: Readonly<Record<string, string>> = {
  'config.json': '{"model_type":"wav2vec2","architectures":["Wav2Vec2ForCTC"]}',
  'preprocessor_config.json': JSON.stringify({
    feature_extractor_type: 'Wav2Vec2FeatureExtractor',
    processor_class: 'Wav2Vec2Processor',
    sampling_rate: 16_000,
    do_normalize: true,
  }),
  'tokenizer.json': JSON.stringify({
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'Split', pattern: { Regex: '' }, behavior: 'Isolated', invert: false },
    post_processor: null,
    decoder: { type: 'CTC', pad_token: '<pad>', word_delimiter_token: '|', cleanup: true },
    model: { type: 'WordLevel', vocab: { a: 0, b: 1, '|': 2, '<pad>': 3 }, unk_token: '|' },
  }),
  'tokenizer_config.json': JSON.stringify({ tokenizer_class: 'Wav2Vec2CTCTokenizer', pad_token: '<pad>' }),
};

/** Settings of the speaker: every letter of `letters` is a token, and two silences go around them. */
export function tinySettings(letters: string): Readonly<Record<string, string>> {
  const vocab = Object.fromEntries(['$', ...letters].map((letter, i) => [letter, i]));
  const silence = { SpecialToken: { id: '$', type_id: 0 } };
  const tokenizer = {
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'Split', pattern: { Regex: '' }, behavior: 'Isolated', invert: false },
    post_processor: {
      type: 'TemplateProcessing',
      single: [silence, { Sequence: { id: 'A', type_id: 0 } }, silence],
      special_tokens: { $: { id: '$', ids: [0], tokens: ['$'] } },
    },
    decoder: null,
    model: { type: 'WordLevel', vocab, unk_token: '$' },
  };
  return {
    'config.json': '{"model_type":"style_text_to_speech_2"}',
    'tokenizer.json': JSON.stringify(tokenizer),
    'tokenizer_config.json': '{"tokenizer_class":"PreTrainedTokenizerFast","unk_token":"$","pad_token":"$"}',
  };
}

/** What a tiny writer says after the last word it is told, word by word; what is not here ends its message. */
export type Sequel = Readonly<Record<string, readonly string[]>>;

const wordsOf = (sequel: Sequel): readonly string[] => [
  ...new Set(['<unknown>', '<end>', ...Object.entries(sequel).flatMap(([from, words]) => [from, ...words])]),
];

/** The word after each word: the last of a sequel is followed by the end, or by itself where it is said twice. */
function successors(sequel: Sequel): ReadonlyMap<string, string> {
  const next = new Map<string, string>();
  for (const [from, words] of Object.entries(sequel)) {
    [from, ...words].forEach((word, i) => next.set(word, words[i] ?? (words.at(-2) === word ? word : '<end>')));
  }
  return next;
}

/** ONNX of a causal language model that knows of each word only which one follows it: a table, looked up. */
export function tinyWriter(sequel: Sequel): Uint8Array {
  const words = wordsOf(sequel);
  const next = successors(sequel);
  const table = new Float32Array(words.length ** 2);
  words.forEach((word, i) => (table[i * words.length + words.indexOf(next.get(word) ?? '<end>')] = 1));
  return Uint8Array.from([
    ...number(1, 8),
    ...bytes(8, text(1, ''), number(2, 17)),
    ...bytes(
      7,
      bytes(1, text(1, 'table'), text(1, 'input_ids'), text(2, 'logits'), text(4, 'Gather')),
      text(2, 'tiny'),
      bytes(
        5,
        number(1, words.length),
        number(1, words.length),
        number(2, FLOAT),
        text(8, 'table'),
        bytes(9, [...new Uint8Array(table.buffer)]),
      ),
      tensor(11, 'input_ids', INT64, [1, 0]),
      tensor(12, 'logits', FLOAT, [1, 0, words.length]),
    ),
  ]);
}

/** Settings of such a writer, whose prompt is the last message; a star on it tells that there are tools. */
export function writerSettings(sequel: Sequel): Readonly<Record<string, string>> {
  const words = wordsOf(sequel);
  const size = { num_hidden_layers: 1, num_attention_heads: 1, num_key_value_heads: 1, hidden_size: 4 };
  return {
    'config.json': JSON.stringify({
      model_type: 'llama',
      architectures: ['LlamaForCausalLM'],
      vocab_size: words.length,
      eos_token_id: 1,
      ...size,
    }),
    'generation_config.json': '{"eos_token_id":1}',
    'tokenizer.json': JSON.stringify({
      version: '1.0',
      added_tokens: [{ id: 1, content: '<end>', special: true, lstrip: false, rstrip: false, normalized: false }],
      normalizer: null,
      pre_tokenizer: { type: 'WhitespaceSplit' },
      post_processor: null,
      decoder: null,
      model: {
        type: 'WordLevel',
        vocab: Object.fromEntries(words.map((word, i) => [word, i])),
        unk_token: '<unknown>',
      },
    }),
    'tokenizer_config.json': JSON.stringify({
      tokenizer_class: 'PreTrainedTokenizerFast',
      unk_token: '<unknown>',
      eos_token: '<end>',
      chat_template: '{{ messages[-1].content }}{% if tools %}*{% endif %}',
    }),
  };
}
