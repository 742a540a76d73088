import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBack } from '../../agent/brain/phrases.ts';
import { clauses } from '../../agent/mouth.ts';
import { callerEar } from '../../harness/caller/ear.ts';
import { listenerChoice, listenerGrammar } from '../../harness/caller/minds/listener.ts';
import { readAgent } from '../../harness/caller/questions.ts';
import type { Pcm } from '../../harness/model/audio.ts';
import { concatPcm, MASTER_RATE } from '../../harness/model/audio.ts';
import type { Facts } from '../../harness/model/plan.ts';
import type { Ear, Voice } from '../../harness/model/speech.ts';
import { chance } from '../../harness/model/seed.ts';
import { ms } from '../../harness/model/time.ts';
import { decodeG711, encodeG711 } from '../../harness/rtp/g711.ts';
import { people } from '../../harness/run/registry.ts';
import { resample } from '../../harness/speech/dsp/resample.ts';
import { toFloats, toPcm } from '../../harness/speech/dsp/samples.ts';
import soundswallower from '../../harness/speech/ears/soundswallower.ts';
import flite from '../../harness/speech/voices/flite.ts';
import { plainPlan } from '../unit/caller/plans.ts';

const RATE = 8000;
const PACKET = 160;
const PIECE = 10;
/** -65 dBov. */
const FLOOR = 32_768 * 10 ** (-65 / 20);

let ear: Ear;
let voice: Voice;

beforeAll(async () => {
  [ear, voice] = await Promise.all([soundswallower.open(1), flite.open()]);
  await ear.prepare({ [listenerGrammar.name]: listenerGrammar.jsgf });
});
afterAll(() => Promise.all([ear.close(), voice.close()]));

/** What the line carries of `text`, clause by clause as the agent speaks, over the floor of -65 dBov that every line carries. */
async function spoken(text: string): Promise<Pcm> {
  const parts: Pcm[] = [new Int16Array(RATE / 10)];
  for (const clause of clauses(text)) {
    const { samples } = await voice.speak(clause, { engine: 'flite', name: 'slt', rate: 1.1 });
    parts.push(toPcm(resample(toFloats(samples), MASTER_RATE, RATE)), new Int16Array(RATE / 10));
  }
  const dice = chance(1);
  const line = concatPcm(parts).map((sample) => sample + Math.round(dice.normal() * FLOOR));
  return decodeG711('PCMU', encodeG711('PCMU', line));
}

/** The words a listening caller hears of it, packet by packet. */
async function heardOf(line: Pcm): Promise<string> {
  const gate = callerEar(RATE);
  const hearing = ear.listen(listenerGrammar.name);
  let frames: Pcm[] = [];
  for (let from = 0; from + PACKET <= line.length; from += PACKET) {
    gate.hear(line.subarray(from, from + PACKET), ms((from * 1000) / RATE));
    frames.push(...gate.speech);
    if (frames.length < PIECE) continue;
    await hearing.push(concatPcm(frames));
    frames = [];
  }
  if (frames.length > 0) await hearing.push(concatPcm(frames));
  return (await hearing.finish()).text;
}

/** The line with which a caller who wants `facts` answers `heard`. */
function answerTo(heard: string, facts: Facts): string {
  const booking = plainPlan();
  const lines = booking.lines.map((line) => ({
    ...line,
    facts: Object.fromEntries(Object.entries(line.facts).map(([slot, value]) => [slot, facts[slot] ?? value])),
  }));
  const choice = listenerChoice(
    { ...booking, lines },
    { agenda: { said: { phone: 1 }, last: undefined }, why: 'turn', desk: undefined },
    readAgent(heard),
  );
  return choice.kind === 'say' ? choice.saying.line.id : choice.kind;
}

test.each([...(await people())].map(([persona, { facts }]) => [persona, facts ?? {}] as const))(
  '%s confirms her own name and number read back to her, and no other',
  async (_, who) => {
    const wants: Facts = { service: 'cleaning', day: 'tuesday', time: '15:00', ...who };
    const heard = await heardOf(await spoken(readBack('book', wants)));
    expect(answerTo(heard, wants)).toBe('confirm');
    expect(answerTo(heard, { ...wants, name: 'anna lee' })).toBe('fix:name');
    const [first = ''] = (who['name'] ?? '').split(' ');
    expect(answerTo(heard, { ...wants, name: `${first} lee` })).toBe('fix:name');
    const phone = who['phone'] ?? '';
    const last = (Number(phone.at(-1)) + 1) % 10;
    expect(answerTo(heard, { ...wants, phone: `${phone.slice(0, -1)}${last}` })).toBe('fix:phone');
  },
  60_000,
);
