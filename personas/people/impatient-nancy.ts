import type { Person } from '../../harness/model/person.ts';

const impatientNancy: Person = {
  summary: 'presses 0 over the greeting: she wants a person',
  facts: { name: 'nancy king', phone: '5550186' },
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  habits: [{ name: 'presses-zero' }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
};

export default impatientNancy;
