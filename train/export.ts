/** Turns what sphinxtrain made into a folder soundswallower loads: `export.ts TASK MODEL STATES CMN`. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dictionaryLines, readDictionary, STOCK_MODEL } from './language/dictionary.ts';
import { meanCepstrum } from './features.ts';
import { DOMAIN_WORDS } from './language/sentences.ts';
import { COMMON_WORDS } from './language/words.ts';

const [task = 'task', model = 'model', states = '400', cmn = 'none'] = process.argv.slice(2);
const trained = join(task, 'model_parameters', `ear.cd_cont_${states}`);

mkdirSync(model, { recursive: true });
for (const name of ['means', 'variances', 'mixture_weights', 'transition_matrices']) {
  copyFileSync(join(trained, name), join(model, name));
}
execFileSync('pocketsphinx_mdef_convert', ['-bin', join(trained, 'mdef'), join(model, 'mdef')], { stdio: 'ignore' });

const features = {
  samprate: 8000,
  nfft: 256,
  lowerf: 200,
  upperf: 3500,
  nfilt: 20,
  transform: 'dct',
  lifter: 22,
  feat: '1s_c_d_dd',
  cmn: cmn === 'none' ? 'none' : 'live',
  ...(cmn === 'none'
    ? {}
    : {
        cmninit: meanCepstrum(join(task, 'feat'))
          .map((value) => value.toFixed(2))
          .join(','),
      }),
  varnorm: false,
  remove_noise: true,
};
writeFileSync(join(model, 'feat_params.json'), `${JSON.stringify(features, null, 2)}\n`);

const words = readFileSync(join(task, 'etc', 'ear.dic'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (line.split(' ')[0] ?? '').replace(/\(\d+\)$/, ''));
const lines = dictionaryLines(readDictionary(), [...words, ...DOMAIN_WORDS, ...COMMON_WORDS]);
writeFileSync(join(model, 'dict.txt'), lines.map((line) => `${line}\n`).join(''));
writeFileSync(join(model, 'noisedict.txt'), '<s> SIL\n</s> SIL\n<sil> SIL\n');
copyFileSync(join(STOCK_MODEL, 'phoneset.json'), join(model, 'phoneset.json'));
