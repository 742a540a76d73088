import type { Person } from '../../harness/model/person.ts';

const hastyHelen: Person = {
  summary: 'asks about prices in a hurry, at home: barges in twice, says mm-hm, coughs',
  facts: { name: 'helen white', phone: '5550131' },
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  habits: [
    { name: 'barges-in', with: { count: 2, sham: 0.08, into: 'long' } },
    { name: 'backchannels', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 330, say: 'all' } },
    { name: 'coughs', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 330, shortest: 180, longest: 500 } },
  ],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 4 },
};

export default hastyHelen;
