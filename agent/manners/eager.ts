import { soundManners } from '../manners.ts';
import type { NamedManners } from '../manners.ts';

const eager: NamedManners = {
  summary: 'answers as soon as it may: quicker replies, and callers who think are cut into',
  manners: {
    ...soundManners,
    completeMs: 140,
    answeredMs: 260,
    refusedMs: 600,
    openMs: 280,
    unclearMs: 400,
    unfinishedMs: 700,
  },
};

export default eager;
