import type { Person } from '../../harness/model/person.ts';

const cafeCarla: Person = {
  summary: 'calls from a cafe and says uh huh while she listens',
  facts: { name: 'carla adams', phone: '5550164' },
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  habits: [{ name: 'backchannels', with: { count: 3 } }],
  place: { name: 'cafe', snrDb: 20 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
};

export default cafeCarla;
