import type { Person } from '../../harness/model/person.ts';

const mumblingMartin: Person = {
  summary: 'swallows a line until he is asked to speak up',
  facts: { name: 'martin green', phone: '5550119' },
  voice: { engine: 'flite', name: 'awb', rate: 1 },
  habits: [{ name: 'mumbles' }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMA', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 4 },
};

export default mumblingMartin;
