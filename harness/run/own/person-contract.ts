import { z } from 'zod';
import { networkOf } from '../../model/line.ts';
import type { Person } from '../../model/person.ts';
import { networkComplaint } from '../network.ts';
import { complaintAbout } from './complaint.ts';
import type { Complaint } from './complaint.ts';
import { first, summary, unknownName } from './contract.ts';
import type { Known } from './contract.ts';

const patience = z.looseObject({ deadAirMs: z.number(), talkedOver: z.number(), askedAgain: z.number() });

const personShape = z.looseObject({
  summary,
  voice: z.looseObject({ engine: z.string(), name: z.string(), rate: z.number() }),
  habits: z.array(z.looseObject({ name: z.string() })),
  place: z.looseObject({ name: z.string(), snrDb: z.number() }),
  phone: z.looseObject({ codec: z.string(), loss: z.number().min(0).max(1) }),
  patience,
});

/** A person's contract: its shape, and that its habits, place and voice exist. */
export function personComplaint(person: Person, known: Known): Complaint | undefined {
  const { engine, name } = person.voice ?? {};
  const speaks = (): Complaint | undefined => {
    const names = known.voices.get(engine) ?? [];
    return names.length === 0 ? undefined : unknownName(['voice', 'name'], `voice of ${engine}`, name, names);
  };
  return (
    complaintAbout(personShape, person) ??
    reachable(person) ??
    first(person.habits, (habit, i) => unknownName(['habits', i, 'name'], 'habit', habit.name, known.habits)) ??
    unknownName(['place', 'name'], 'place', person.place.name, known.places) ??
    unknownName(['voice', 'engine'], 'voice engine', engine, [...known.voices.keys()]) ??
    speaks()
  );
}

function reachable({ phone }: Person): Complaint | undefined {
  const says = networkComplaint(networkOf(phone));
  return says === undefined ? undefined : { path: ['phone'], says };
}
