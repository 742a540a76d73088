import type { Person } from '../../harness/model/person.ts';

const insistentGrace: Person = {
  summary: 'speaks into everything the agent says, and always means it',
  facts: { name: 'grace thompson', phone: '5550183' },
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  habits: [{ name: 'interrupts', with: { count: 4, sham: 0 } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 5, askedAgain: 3 },
};

export default insistentGrace;
