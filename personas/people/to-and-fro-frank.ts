import type { Person } from '../../harness/model/person.ts';

const toAndFroFrank: Person = {
  summary: 'says one day, then another, and then the first one after all',
  facts: { name: 'frank wright', phone: '5550181' },
  voice: { engine: 'flite', name: 'rms', rate: 1 },
  habits: [{ name: 'changes-her-mind', with: { where: 'twice' } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
};

export default toAndFroFrank;
