import { z } from 'zod';
import { CODECS, type Phone } from '../../model/line.ts';
import type { Person } from '../../model/person.ts';

const text = (example: string, says: string) =>
  z
    .string()
    .min(1)
    .meta({ description: says, examples: [example] });
const count = (example: number, says: string) =>
  z
    .number()
    .min(0)
    .meta({ description: says, examples: [example] });

const share = (example: number, says: string) => count(example, says).max(0.5).optional();

/** What her network does to packets, beside what it loses (harness/model/network.ts). */
const network = {
  burst: count(3, 'packets lost in a row, in the mean').optional(),
  delayMs: count(20, 'every packet is held back by this, ms').optional(),
  jitterMs: count(20, 'packets are held back by up to this, ms').optional(),
  jitter: z.enum(['even', 'tailed']).meta({ description: 'tailed: few are late' }).optional(),
  order: z.enum(['free']).meta({ description: 'free: packets overtake' }).optional(),
  reorder: share(0.02, 'share of packets that let the next one past'),
  duplicate: share(0.02, 'share of packets that come twice'),
  way: z.enum(['out', 'in']).meta({ description: 'only what she sends, or only what she gets' }).optional(),
};

/** A person as a YAML file holds her. Left out: a woman's flite voice in a quiet room, on mu-law, with ordinary patience. */
export const personFile = z.strictObject({
  summary: text('in a hurry, speaks before she is asked', 'who she is, in a few words'),
  facts: z
    .record(z.string(), text('ann miller', 'its value; put digits in quotes'))
    .meta({
      description: 'who she is: name, phone ...; fills {name} and {phone} in the lines',
      examples: [{ name: 'ann miller' }],
    })
    .default({}),
  voice: z
    .strictObject({
      engine: text('flite', 'a voice engine: hangup list voices').default('flite'),
      name: text('slt', "the engine's own name for it; of recorded clips: the folder in voices/").default('slt'),
      rate: z
        .number()
        .min(0.3)
        .max(3)
        .meta({ description: '1 is its own pace', examples: [1] })
        .default(1),
    })
    .default({ engine: 'flite', name: 'slt', rate: 1 }),
  habits: z
    .array(
      z.strictObject({
        name: text('interrupts', 'a habit: hangup list habits'),
        with: z
          .record(z.string(), z.union([z.number(), z.string()]))
          .meta({ description: 'its settings', examples: [{ count: 2 }] })
          .optional(),
      }),
    )
    .meta({ description: 'how she calls', examples: [[{ name: 'interrupts' }]] })
    .default([]),
  place: z
    .strictObject({
      name: text('quiet', 'where she calls from: hangup list places').default('quiet'),
      snrDb: z
        .number()
        .meta({ description: 'speech to noise on the line, dB', examples: [60] })
        .default(60),
    })
    .default({ name: 'quiet', snrDb: 60 }),
  phone: z
    .strictObject({
      codec: z.enum(CODECS).default('PCMU'),
      loss: z
        .number()
        .min(0)
        .max(0.5)
        .meta({ description: 'share of packets lost', examples: [0] })
        .default(0),
      band: z.enum(['wide']).meta({ description: 'wide: a phone of 16 kHz, for G722 and opus' }).optional(),
      ...network,
    })
    .default({ codec: 'PCMU', loss: 0 }),
  patience: z
    .strictObject({
      deadAirMs: count(9000, 'silence after which she hangs up, ms').default(9000),
      talkedOver: count(6, 'times the agent may talk over her').default(6),
      askedAgain: count(4, 'times the same may be asked again').default(4),
    })
    .meta({ description: 'when she gives up' })
    .default({ deadAirMs: 9000, talkedOver: 6, askedAgain: 4 }),
});

/** The person a file describes. Pure. */
export function toPerson({ habits, phone, ...rest }: z.output<typeof personFile>): Person {
  return {
    ...rest,
    habits: habits.map(({ name, with: settings }) => ({ name, ...(settings ? { with: settings } : {}) })),
    phone: given(phone),
  };
}

/** A phone without the settings that were left out. */
const given = (phone: z.output<typeof personFile>['phone']): Phone =>
  Object.fromEntries(Object.entries(phone).filter(([, value]) => value !== undefined)) as unknown as Phone;
