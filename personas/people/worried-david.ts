import type { Person } from '../../harness/model/person.ts';

const worriedDavid: Person = {
  summary: 'has a matter for a person and wants to be heard out',
  facts: { name: 'david parker', phone: '5550141' },
  voice: { engine: 'flite', name: 'awb', rate: 1 },
  habits: [{ name: 'coughs', with: { count: 1, sham: 0.2, into: 'long', from: 150, to: 600 } }],
  place: { name: 'quiet', snrDb: 60 },
  phone: { codec: 'PCMU', loss: 0 },
  patience: { deadAirMs: 9000, talkedOver: 6, askedAgain: 4 },
};

export default worriedDavid;
