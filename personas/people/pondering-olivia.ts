import type { Person } from '../../harness/model/person.ts';

const ponderingOlivia: Person = {
  summary: 'has to think in the middle of everything, in a cafe',
  facts: { name: 'olivia scott', phone: '5550139' },
  voice: { engine: 'flite', name: 'slt', rate: 0.95 },
  habits: [
    { name: 'hesitates', with: { shortest: 150, longest: 1000, ums: 1 } },
    { name: 'trails-off', with: { lines: 2, shortest: 150, longest: 1000 } },
    { name: 'barges-in', with: { count: 1, sham: 0.08, into: 'greeting', length: 'short' } },
    { name: 'has-company', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 600, voice: 'awb' } },
    { name: 'coughs', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 600, shortest: 180, longest: 500 } },
  ],
  place: { name: 'cafe', snrDb: 20 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 4 },
};

export default ponderingOlivia;
