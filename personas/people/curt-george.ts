import type { Person } from '../../harness/model/person.ts';

const curtGeorge: Person = {
  summary: 'asks about prices from a cafe: barges in twice, sets things down, somebody is with him',
  facts: { name: 'george baker', phone: '5550133' },
  voice: { engine: 'flite', name: 'kal16', rate: 1 },
  habits: [
    { name: 'barges-in', with: { count: 2, sham: 0.08, into: 'long' } },
    { name: 'drops-things', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 330 } },
    { name: 'has-company', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 330, voice: 'slt' } },
  ],
  place: { name: 'cafe', snrDb: 20 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 4 },
};

export default curtGeorge;
