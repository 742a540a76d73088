import type { Person } from '../../harness/model/person.ts';

const undecidedAnna: Person = {
  summary: 'books and wavers: another day over the reply, another time in the same breath',
  facts: { name: 'anna robinson', phone: '5550137' },
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  habits: [
    { name: 'changes-her-mind', with: { slot: 'day', where: 'over-reply' } },
    { name: 'changes-her-mind', with: { slot: 'time', where: 'in-turn', shortest: 150, longest: 1000 } },
    { name: 'hesitates', with: { shortest: 150, longest: 1000, ums: 1 } },
    { name: 'trails-off', with: { lines: 2, shortest: 150, longest: 1000 } },
    { name: 'barges-in', with: { count: 1, sham: 0.08, into: 'greeting', length: 'short' } },
    { name: 'laughs', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 600 } },
    { name: 'has-company', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 600, voice: 'rms' } },
  ],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 4 },
};

export default undecidedAnna;
