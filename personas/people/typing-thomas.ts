import type { Person } from '../../harness/model/person.ts';

const typingThomas: Person = {
  summary: 'would rather type a number than say it aloud',
  facts: { name: 'thomas moore', phone: '5550145' },
  voice: { engine: 'flite', name: 'rms', rate: 1 },
  habits: [{ name: 'types-her-number' }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 8000, talkedOver: 3, askedAgain: 3 },
};

export default typingThomas;
