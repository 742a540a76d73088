import type { Person } from '../../harness/model/person.ts';

const interruptingInes: Person = {
  summary: 'in a hurry, speaks into what the agent says',
  facts: { name: 'ines garcia', phone: '5550173' },
  voice: { engine: 'flite', name: 'slt', rate: 1.1 },
  habits: [{ name: 'interrupts', with: { count: 2 } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 6000, talkedOver: 2, askedAgain: 2 },
};

export default interruptingInes;
