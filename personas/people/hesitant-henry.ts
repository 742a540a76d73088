import type { Person } from '../../harness/model/person.ts';

const hesitantHenry: Person = {
  summary: 'has to think in the middle of a number',
  facts: { name: 'henry clark', phone: '5550126' },
  voice: { engine: 'flite', name: 'rms', rate: 0.95 },
  habits: [{ name: 'hesitates', with: { shortest: 600, longest: 1100 } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 10000, talkedOver: 3, askedAgain: 3 },
};

export default hesitantHenry;
