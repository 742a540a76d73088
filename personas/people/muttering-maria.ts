import type { Person } from '../../harness/model/person.ts';

const mutteringMaria: Person = {
  summary: 'cannot be understood, however often she is asked',
  facts: { name: 'maria lewis', phone: '5550177' },
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  habits: [{ name: 'mumbles', with: { times: 3 } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 6 },
};

export default mutteringMaria;
