import type { Person } from '../../harness/model/person.ts';

const coughingKevin: Person = {
  summary: 'has a cold, and coughs while the agent speaks',
  facts: { name: 'kevin brown', phone: '5550157' },
  voice: { engine: 'flite', name: 'kal16', rate: 1 },
  habits: [{ name: 'coughs', with: { count: 2 } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
};

export default coughingKevin;
