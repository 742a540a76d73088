import type { Person } from '../../harness/model/person.ts';

const briskRobert: Person = {
  summary: 'asks about prices beside a road: barges in twice, laughs, says mm-hm',
  facts: { name: 'robert hill', phone: '5550132' },
  voice: { engine: 'flite', name: 'rms', rate: 1.05 },
  habits: [
    { name: 'barges-in', with: { count: 2, sham: 0.08, into: 'long' } },
    { name: 'laughs', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 330 } },
    { name: 'backchannels', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 330, say: 'all' } },
  ],
  place: { name: 'street', snrDb: 20 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 4 },
};

export default briskRobert;
