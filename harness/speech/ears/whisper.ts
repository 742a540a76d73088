import { earOf } from '../transformers/ear.ts';
import { WHISPER } from '../transformers/models.ts';

/**
 * Whisper on this machine, through transformers.js: `whisper[:tiny|base|small|tiny.en|base_timestamped|OWNER/REPOSITORY]`.
 * Hears any words; written down with their own times by the `_timestamped` ones, spread by length by the others.
 */
export default earOf(
  WHISPER,
  'Whisper on this machine, any words: whisper:tiny, base, small, ...; fetched by `hangup fetch whisper:base`',
);
