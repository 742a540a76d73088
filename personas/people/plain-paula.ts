import type { Person } from '../../harness/model/person.ts';

const plainPaula: Person = {
  summary: 'speaks plainly and waits for her turn: the control',
  facts: { name: 'paula jones', phone: '5550142' },
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  habits: [
    { name: 'interrupts', with: { count: 1, sham: 1 } },
    { name: 'backchannels', with: { count: 1, sham: 1 } },
  ],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
};

export default plainPaula;
