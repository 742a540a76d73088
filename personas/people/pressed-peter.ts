import type { Person } from '../../harness/model/person.ts';

const pressedPeter: Person = {
  summary: 'asks about prices in a quiet office: barges in twice, laughs, lets things fall',
  facts: { name: 'peter allen', phone: '5550135' },
  voice: { engine: 'flite', name: 'awb', rate: 1 },
  habits: [
    { name: 'barges-in', with: { count: 2, sham: 0.08, into: 'long' } },
    { name: 'laughs', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 330 } },
    { name: 'drops-things', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 330 } },
  ],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMA', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 4 },
};

export default pressedPeter;
