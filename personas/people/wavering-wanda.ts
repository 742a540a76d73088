import type { Person } from '../../harness/model/person.ts';

const waveringWanda: Person = {
  summary: 'says one day, then another',
  facts: { name: 'wanda miller', phone: '5550188' },
  voice: { engine: 'flite', name: 'slt', rate: 0.95 },
  habits: [{ name: 'changes-her-mind' }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
};

export default waveringWanda;
