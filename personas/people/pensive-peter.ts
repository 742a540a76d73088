import type { Person } from '../../harness/model/person.ts';

const pensivePeter: Person = {
  summary: 'falls silent once for nine seconds, and answers then',
  facts: { name: 'peter scott', phone: '5550146' },
  voice: { engine: 'flite', name: 'rms', rate: 1 },
  habits: [{ name: 'falls-silent', with: { for: 9500 } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
};

export default pensivePeter;
