import { earOf } from '../transformers/ear.ts';
import { MOONSHINE } from '../transformers/models.ts';

/**
 * Moonshine on this machine, through transformers.js: `moonshine[:tiny|base|OWNER/REPOSITORY]`. English, any words; what it
 * costs goes with the length of what is said, where Whisper always hears 30 s. It tells no word times.
 */
export default earOf(
  MOONSHINE,
  'Moonshine on this machine, any English words: moonshine:tiny or base; fetched by `hangup fetch moonshine:base`',
);
