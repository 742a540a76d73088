import type { Person } from '../../harness/model/person.ts';

const secondThoughtSarah: Person = {
  summary: 'remembers a turn later that she meant another day',
  facts: { name: 'sarah allen', phone: '5550148' },
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  habits: [{ name: 'changes-her-mind', with: { where: 'next-turn', slot: 'day' } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
};

export default secondThoughtSarah;
