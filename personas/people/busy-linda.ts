import type { Person } from '../../harness/model/person.ts';

const busyLinda: Person = {
  summary: 'asks about prices from a loud cafe: barges in twice, coughs, a friend is with her',
  facts: { name: 'linda evans', phone: '5550134' },
  voice: { engine: 'flite', name: 'slt', rate: 1.1 },
  habits: [
    { name: 'barges-in', with: { count: 2, sham: 0.08, into: 'long' } },
    { name: 'has-company', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 330, voice: 'rms' } },
    { name: 'coughs', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 330, shortest: 180, longest: 500 } },
  ],
  place: { name: 'cafe', snrDb: 15 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 4 },
};

export default busyLinda;
