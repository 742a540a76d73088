import type { Person } from '../../harness/model/person.ts';

const directDiana: Person = {
  summary: 'knows whom she wants, and speaks into the greeting',
  facts: { name: 'diana mitchell', phone: '5550140' },
  voice: { engine: 'flite', name: 'slt', rate: 1.05 },
  habits: [{ name: 'barges-in', with: { count: 1, sham: 0.08, into: 'greeting', length: 'word' } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 4 },
};

export default directDiana;
