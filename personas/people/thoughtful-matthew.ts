import type { Person } from '../../harness/model/person.ts';

const thoughtfulMatthew: Person = {
  summary: 'books while thinking aloud: another day in the same breath, another time a turn later',
  facts: { name: 'matthew carter', phone: '5550136' },
  voice: { engine: 'flite', name: 'rms', rate: 0.95 },
  habits: [
    { name: 'changes-her-mind', with: { slot: 'day', where: 'in-turn', shortest: 150, longest: 1000 } },
    { name: 'changes-her-mind', with: { slot: 'time', where: 'next-turn' } },
    { name: 'hesitates', with: { shortest: 150, longest: 1000, ums: 1 } },
    { name: 'trails-off', with: { lines: 2, shortest: 150, longest: 1000 } },
    { name: 'barges-in', with: { count: 1, sham: 0.08, into: 'greeting', length: 'word' } },
    { name: 'coughs', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 600, shortest: 180, longest: 500 } },
    { name: 'backchannels', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 600, say: 'all' } },
  ],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 4 },
};

export default thoughtfulMatthew;
