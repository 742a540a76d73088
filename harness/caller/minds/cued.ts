import { hashSeed } from '../../model/seed.ts';
import type { Plan, PlannedLine } from '../../model/plan.ts';
import type { Ear } from '../../model/speech.ts';
import type { Clock } from '../../model/time.ts';
import { nextWay } from '../agenda.ts';
import { payAttention } from '../attention.ts';
import type { Choice, Mind, Moment, Thought } from '../mind.ts';
import { scriptChoice } from './script.ts';

/** A phrase as an ear writes it: lower case, without marks. */
const bare = (phrase: string): string =>
  phrase
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[^a-z0-9' ]+/g, ' ')
    .trim()
    .replaceAll(/\s+/g, ' ');

const phrasesOf = (plan: Plan): readonly string[] => [
  ...new Set(plan.lines.flatMap(({ when = [] }) => when.map(bare)).filter((phrase) => phrase !== '')),
];

/** Whether lines of `plan` wait for words of the agent's. */
export const isCued = (plan: Plan): boolean => phrasesOf(plan).length > 0;

/** The grammar of the phrases `plan` waits for, among everyday words; its name in `Ear.prepare`, and the JSGF. */
export function cueGrammar(plan: Plan): { readonly name: string; readonly jsgf: string } {
  const phrases = phrasesOf(plan).join(' | ');
  const jsgf = `#JSGF V1.0;
grammar cues;
public <agent> = <part>+;
<part> = /0.8/ <phrase> | /1/ <common>;
<phrase> = ${phrases};
`;
  return { name: `cues-${hashSeed(phrases)}`, jsgf };
}

/** The line that the words bring up: of several the one whose phrase was heard last, a line not said yet before others. */
function cuedLine(plan: Plan, { agenda }: Moment, text: string): PlannedLine | undefined {
  const heardAt = ({ when = [] }: PlannedLine): number =>
    Math.max(-1, ...when.map((phrase) => ` ${text} `.lastIndexOf(` ${bare(phrase)} `)));
  const heard = plan.lines
    .map((line) => ({ line, at: heardAt(line) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => b.at - a.at)
    .map(({ line }) => line);
  return heard.find(({ id }) => agenda.said[id] === undefined) ?? heard[0];
}

/** What the agent's words bring up, else the script's next line. Pure. */
export function cuedChoice(plan: Plan, moment: Moment, text: string): Choice {
  const line = moment.desk || moment.why === 'nudge' ? undefined : cuedLine(plan, moment, text);
  if (!line) return scriptChoice(plan, moment);
  return { kind: 'say', saying: nextWay(moment.agenda, line), again: moment.agenda.said[line.id] !== undefined };
}

/** A mind that waits for the scenario's own phrases: `ear` must have prepared `cueGrammar(plan)`. */
export function cuedMind(plan: Plan, ear: Ear, clock: Clock): Mind {
  const attention = payAttention(ear, cueGrammar(plan).name, clock);
  return {
    listen: (samples) => attention.listen(samples),
    forget: () => attention.forget(),
    async think(moment): Promise<Thought> {
      if (moment.desk) return { choice: scriptChoice(plan, moment), heard: undefined };
      const text = await attention.words();
      const choice = cuedChoice(plan, moment, text);
      const topic = choice.kind === 'say' ? choice.saying.line.topic : '';
      return { choice, heard: text === '' ? undefined : { text, topic } };
    },
  };
}
