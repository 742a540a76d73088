import { soundManners } from '../manners.ts';
import type { NamedManners } from '../manners.ts';

const usual: NamedManners = {
  summary: 'waits as long as most callers need: the default',
  manners: soundManners,
};

export default usual;
