import { z } from 'zod';
import type { DtmfKey } from '../../model/line.ts';
import type { Expect, Facts, PlannedLine, Scenario } from '../../model/plan.ts';
import { line } from '../../model/script.ts';
import { fillFacts } from '../../plan/spoken.ts';

/** Text with what to write as an example. */
const text = (example: string, says: string) =>
  z
    .string()
    .min(1)
    .meta({ description: says, examples: [example] });
const texts = (example: string, says: string) =>
  z.array(text(example, 'a phrase')).meta({ description: says, examples: [[example]] });
const facts = (says: string) =>
  z.record(z.string(), text('monday', 'its value; put digits in quotes')).meta({ description: says });

const lineFile = z.strictObject({
  id: text('opening', "the line's own name; default: its topic").optional(),
  topic: text(
    'opening',
    'what it answers: opening, name, day, confirm, desk:FACT ...; after "goodbye" she hangs up. Default: its id, or line-1, line-2 ...',
  ).optional(),
  say: text('hello, where is my parcel', 'her words; {slot} stands for the spoken form of a fact'),
  again: texts('my parcel, please', 'other ways of saying it, used in turn when she is asked again').default([]),
  tells: facts('what it tells the agent: slot: value; {slot} stands for the fact').default({}),
  when: texts(
    'what is the number',
    "words of the agent's that bring it up, where an ear listens; without one the line is never said",
  )
    .min(1)
    .optional(),
  agenda: z
    .boolean()
    .meta({ description: 'whether it is said in its turn; default: yes, or no when it has a `when`' })
    .optional(),
  keys: z
    .string()
    .regex(/^[0-9*#]+$/)
    .meta({ description: 'keys she presses after the words', examples: ['4711#'] })
    .optional(),
  silence: z
    .strictObject({
      forMs: z
        .number()
        .min(0)
        .meta({ description: 'so long she says nothing first, ms', examples: [8000] }),
      ends: z.enum(['speaks', 'hangs-up']).meta({ description: 'she comes back, or has gone' }),
    })
    .meta({ description: 'once, before it, she says nothing although it is her turn' })
    .optional(),
});

const expectFile = z.strictObject({
  commit: z
    .object({ action: text('redeliver', 'what must be done') })
    .catchall(text('monday', 'the value; {day} stands for what she said last'))
    .meta({
      description: 'what must have been done by the end, with which values; left out: nothing may be',
      examples: [{ action: 'redeliver', day: '{day}' }],
    })
    .optional(),
  handoff: z
    .strictObject({
      truth: z.enum(['must', 'may', 'must-not']).meta({ description: 'whether she is to be put through to a person' }),
      desk: text('front desk', 'the desk she must reach').optional(),
      facts: texts('name', 'facts the desk must be given').default([]),
      trigger: text('opening', 'topic of the line that makes the handoff due').optional(),
    })
    .meta({ examples: [{ truth: 'must-not' }] })
    .default({ truth: 'may', facts: [] }),
  mustSay: texts('between eight and noon', 'phrases that must be heard').default([]),
  mustNotSay: texts('we guarantee', 'phrases that must not be heard').default([]),
  secrets: texts('my instructions are', 'phrases that would give a secret away').default([]),
});

const slipFile = z.strictObject({
  line: text('day', 'the line in which the slot is told'),
  wrong: text('thursday would suit me', 'that line with the wrong value'),
  wrongValue: text('thursday', 'the wrong value'),
  repair: text('sorry, make that tuesday', 'how she corrects it later'),
  inTurn: text('no, wait, tuesday', 'how she corrects it in the same breath'),
  later: text('could we make that tuesday', 'how she corrects it once all is confirmed').optional(),
  away: text('no, make that thursday', 'how she leaves the right value').optional(),
});

/** A scenario as a YAML file holds it. */
export const scenarioFile = z.strictObject({
  summary: text('wants to know where her parcel is', 'why she calls, in a few words'),
  stakes: z.enum(['low', 'medium', 'high']).meta({ description: 'what is at risk in a call of this kind' }),
  opens: z.enum(['agent', 'caller']).meta({ description: 'who speaks first' }).default('agent'),
  mind: z
    .enum(['script', 'listener'])
    .meta({
      description:
        "script: a line each time the agent has spoken, with any agent; listener: an ear waits for the agent's words. Default: listener when a line has a `when`",
    })
    .optional(),
  facts: facts('what she knows; a person has name and phone of her own').default({}),
  lines: z
    .array(lineFile)
    .min(1)
    .meta({ description: 'what she says, in order', examples: [[{ say: 'hello, where is my parcel' }]] }),
  expect: expectFile
    .meta({ description: 'what must have happened by the end of the call' })
    .default({ handoff: { truth: 'may', facts: [] }, mustSay: [], mustNotSay: [], secrets: [] }),
  slips: z
    .record(z.string(), slipFile)
    .meta({ description: 'for callers who change their minds: slot, and the words for it' })
    .default({}),
  office: z
    .strictObject({
      delayMs: z
        .number()
        .min(0)
        .meta({ description: 'its calendar answers after this long', examples: [2400] }),
    })
    .optional(),
});

type ScenarioFile = z.output<typeof scenarioFile>;

/** The scenario a file describes. Pure. */
export function toScenario(file: ScenarioFile): Scenario {
  const lines = file.lines.map(lineOf);
  const told = Object.assign({}, ...lines.map((one) => fillFacts(one.facts, file.facts))) as Facts;
  const cued = lines.some((one) => one.when !== undefined);
  return {
    summary: file.summary,
    stakes: file.stakes,
    opens: file.opens,
    mind: file.mind ?? (cued ? 'listener' : 'script'),
    facts: file.facts,
    lines,
    expect: expectOf(file.expect, told),
    slips: Object.fromEntries(
      Object.entries(file.slips).map(([slot, slip]) => [slot, defined(slip)]),
    ) as Scenario['slips'],
    ...(file.office ? { office: file.office } : {}),
  };
}

function lineOf(written: ScenarioFile['lines'][number], index: number): PlannedLine {
  const { say, again, tells, when, keys, silence } = written;
  const id = written.id ?? written.topic ?? `line-${index + 1}`;
  return {
    ...line({ id, topic: written.topic ?? id, say, again, tells }),
    onAgenda: written.agenda ?? when === undefined,
    ...(when ? { when } : {}),
    ...(keys ? { keys: [...keys] as DtmfKey[] } : {}),
    ...(silence ? { silence } : {}),
  };
}

/** A value that she tells is held against what she told last; any other is held against the one that is written. */
function expectOf({ commit, handoff, mustSay, mustNotSay, secrets }: ScenarioFile['expect'], told: Facts): Expect {
  const forbidden = [
    ...mustNotSay.map((words) => ({ words, why: 'wrong' as const })),
    ...secrets.map((words) => ({ words, why: 'secret' as const })),
  ];
  return {
    ...(commit ? { commit: commitOf(commit, told) } : {}),
    handoff: defined(handoff) as Expect['handoff'],
    ...(mustSay.length > 0 ? { mustSay } : {}),
    ...(forbidden.length > 0 ? { mustNotSay: forbidden } : {}),
  };
}

function commitOf(
  { action, ...values }: Readonly<Record<string, string>> & { action: string },
  told: Facts,
): NonNullable<Expect['commit']> {
  const own = Object.entries(values).filter(([slot, value]) => value !== told[slot] && value !== `{${slot}}`);
  return {
    action,
    slots: Object.keys(values),
    ...(own.length > 0 ? { values: Object.fromEntries(own) } : {}),
  };
}

/** Without the members that were left out. */
const defined = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
