import type { Person } from '../../harness/model/person.ts';

const croakyThomas: Person = {
  summary: 'clears his throat before he answers, and takes his time',
  facts: { name: 'thomas baker', phone: '5550108' },
  voice: { engine: 'flite', name: 'kal16', rate: 1 },
  habits: [{ name: 'clears-her-throat', with: { count: 2 } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
};

export default croakyThomas;
