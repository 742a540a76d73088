import type { Person } from '../../harness/model/person.ts';

const lostLaura: Person = {
  summary: 'swallows a line however often she is asked: somebody has to fetch a person',
  facts: { name: 'laura nelson', phone: '5550143' },
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  habits: [{ name: 'mumbles', with: { lines: 1, times: 3 } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 5 },
};

export default lostLaura;
