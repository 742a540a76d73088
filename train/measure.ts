/**
 * Prints how well a model hears, per voice and condition.
 *   node train/measure.ts                          the frozen list: own model and stock, all voices and conditions
 *   node train/measure.ts --list tuning --voices slt,rms --conditions clean --beams 1e-60/1e-40,1e-80/1e-50
 * Times are processor time, so a busy machine does not show in them.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { STOCK_MODEL } from './language/dictionary.ts';
import { openRecogniser, type Recogniser } from './measure/recogniser.ts';
import { mark, type Marks } from './measure/score.ts';
import { CONDITIONS, HELD_OUT_VOICES, lineOf, sentencesOf, testNoises } from './measure/trial.ts';
import { needEspeak } from './speech/espeak.ts';
import { FLITE_VOICES, openFlite } from './speech/flite.ts';

const OWN_MODEL = resolve(import.meta.dirname, '../harness/speech/models/ear-8k');

const { values } = parseArgs({
  options: {
    list: { type: 'string', default: 'frozen' },
    models: { type: 'string', default: 'own,stock' },
    beams: { type: 'string', default: '1e-60/1e-40' },
    voices: { type: 'string', default: [...FLITE_VOICES, ...HELD_OUT_VOICES].join(',') },
    conditions: { type: 'string', default: CONDITIONS.join(',') },
    settings: { type: 'string', default: '{}' },
    show: { type: 'string', default: '' },
  },
});

needEspeak();
const flite = await openFlite();
const noises = await testNoises(flite, 20);
const sentences = sentencesOf(values.list);
console.log('| model | beam/wbeam | condition | voice | WER % | slots % | invented | RTF | finish ms p95 |');
console.log('|---|---|---|---|---|---|---|---|---|');
for (const name of values.models.split(',')) {
  const model = name === 'own' ? OWN_MODEL : name === 'stock' ? STOCK_MODEL : resolve(name);
  for (const beams of values.beams.split(',')) {
    const [beam = 1e-60, wbeam = 1e-40] = beams.split('/').map(Number);
    const settings = { beam, pbeam: beam, wbeam, ...(JSON.parse(values.settings) as Record<string, number>) };
    const recogniser = await openRecogniser({ model, settings });
    for (const condition of values.conditions.split(',')) {
      const rows: Trial[] = [];
      for (const voice of values.voices.split(',')) {
        const trials = await trialsOf(recogniser, voice, condition);
        rows.push(...trials);
        printRow([name, beams, condition, voice], trials);
      }
      printRow([name, beams, condition, '**all**'], rows);
    }
  }
}
flite.close();

interface Trial {
  readonly marks: Marks;
  readonly cpuMs: number;
  readonly audioMs: number;
  readonly finishMs: number;
}

async function trialsOf(recogniser: Recogniser, voice: string, condition: string): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const { state, text } of sentences.toSorted((a, b) => (a.state < b.state ? -1 : 1))) {
    const line = await lineOf(flite, noises, text, voice, condition);
    const { text: heard, cpuMs, finishMs } = await recogniser.hear(state, line);
    const marks = mark(text, heard);
    if (values.show === 'wrong' && marks.rightSlots < marks.slots) console.log(`    ${state}: ${text} -> ${heard}`);
    trials.push({ marks, cpuMs, finishMs, audioMs: (line.samples.length / line.rate) * 1000 });
  }
  return trials;
}

function printRow(head: readonly string[], trials: readonly Trial[]): void {
  const sum = (of: (trial: Trial) => number): number => trials.reduce((total, trial) => total + of(trial), 0);
  const share = (part: number, whole: number): string => ((100 * part) / whole).toFixed(1);
  const finishes = trials.map((trial) => trial.finishMs).sort((a, b) => a - b);
  const cells = [
    ...head,
    share(
      sum((t) => t.marks.errors),
      sum((t) => t.marks.words),
    ),
    share(
      sum((t) => t.marks.rightSlots),
      sum((t) => t.marks.slots),
    ),
    String(sum((t) => t.marks.invented)),
    (sum((t) => t.cpuMs) / sum((t) => t.audioMs)).toFixed(3),
    (finishes[Math.floor(finishes.length * 0.95)] ?? 0).toFixed(0),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
