import type { Person } from '../../harness/model/person.ts';

const ruefulAlice: Person = {
  summary: 'has it booked, and then thinks better of the day',
  facts: { name: 'alice king', phone: '5550147' },
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  habits: [
    { name: 'changes-her-mind', with: { slot: 'day', where: 'after-confirmation' } },
    { name: 'hesitates', with: { shortest: 150, longest: 1000, ums: 1 } },
    { name: 'barges-in', with: { count: 1, sham: 0.08, into: 'greeting', length: 'short' } },
  ],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 4 },
};

export default ruefulAlice;
