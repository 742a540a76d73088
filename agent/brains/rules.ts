import { thinkingLead } from '../brain/lead.ts';
import { stockPhrases } from '../brain/phrases.ts';
import type { BrainKind } from '../kinds.ts';

const rules: BrainKind = {
  summary: 'rules: slots with revisions, one question at a time, a read-back before anything is done; embedded',
  missing: async ({ model, url }) =>
    model === undefined && url === undefined
      ? undefined
      : 'the brain "rules" is embedded and has no models; leave out what follows its name',
  open: async () => ({ lead: thinkingLead, phrases: stockPhrases, close: async () => undefined }),
};

export default rules;
