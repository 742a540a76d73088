import type { Person } from '../../harness/model/person.ts';

const fickleFrank: Person = {
  summary: 'books and wavers: another day a turn later, another time over the reply',
  facts: { name: 'frank lopez', phone: '5550138' },
  voice: { engine: 'flite', name: 'kal16', rate: 1 },
  habits: [
    { name: 'changes-her-mind', with: { slot: 'day', where: 'next-turn' } },
    { name: 'changes-her-mind', with: { slot: 'time', where: 'over-reply' } },
    { name: 'hesitates', with: { shortest: 150, longest: 1000, ums: 1 } },
    { name: 'trails-off', with: { lines: 2, shortest: 150, longest: 1000 } },
    { name: 'barges-in', with: { count: 1, sham: 0.08, into: 'greeting', length: 'word' } },
    { name: 'drops-things', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 600 } },
    { name: 'backchannels', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 600, say: 'all' } },
  ],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 4 },
};

export default fickleFrank;
