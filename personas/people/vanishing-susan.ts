import type { Person } from '../../harness/model/person.ts';

const vanishingSusan: Person = {
  summary: 'is called away in the middle of the call, and never comes back',
  facts: { name: 'susan hill', phone: '5550195' },
  voice: { engine: 'flite', name: 'slt', rate: 1 },
  habits: [{ name: 'falls-silent', with: { for: 60_000, ends: 'hangs-up' } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
};

export default vanishingSusan;
