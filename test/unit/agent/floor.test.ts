import { expect, test } from 'vitest';
import { takeTurns } from '../../../agent/floor/floor.ts';
import { openFloor } from '../../../agent/floor/state.ts';
import type { FloorEvent, FloorState, Gist, Intention, Mode } from '../../../agent/floor/state.ts';
import { soundManners } from '../../../agent/manners.ts';
import { ms } from '../../../harness/model/time.ts';

const FRAME = 20;

type Quality = Pick<Extract<FloorEvent, { kind: 'frame' }>, 'near' | 'clear' | 'faint' | 'repeats'>;

/** Plays frames and events into the floor and notes what it wants, and when. */
class Bench {
  state: FloorState = openFloor;
  now = 0;
  readonly wanted: { readonly what: Intention; readonly at: number }[] = [];

  tell(event: FloorEvent): this {
    const [state, intentions] = takeTurns(this.state, event, soundManners);
    this.state = state;
    this.wanted.push(...intentions.map((what) => ({ what, at: this.now })));
    return this;
  }

  sound(lengthMs: number, loud: boolean, how: Quality = {}): this {
    for (let at = 0; at < lengthMs; at += FRAME) {
      this.now += FRAME;
      this.tell({ kind: 'frame', at: ms(this.now), lengthMs: FRAME, loud, ...how });
    }
    return this;
  }

  speech = (lengthMs: number): this => this.sound(lengthMs, true);
  quiet = (lengthMs: number): this => this.sound(lengthMs, false);
  says = (): this => this.tell({ kind: 'say', at: ms(this.now) });
  said = (): this => this.tell({ kind: 'said', at: ms(this.now) });

  words(gist: Gist, patienceMs: number, final = false): this {
    return this.tell({ kind: 'understood', at: ms(this.now), gist, patienceMs, final });
  }

  when(what: Intention): number | undefined {
    return this.wanted.find((intention) => intention.what === what)?.at;
  }

  get whats(): readonly Intention[] {
    return this.wanted.map(({ what }) => what);
  }
}

test('a complete answer is replied to soon after it ends', () => {
  const bench = new Bench().speech(800).words('content', soundManners.completeMs).quiet(400);
  expect(bench.whats).toEqual(['hear', 'answer']);
  expect(bench.when('answer')).toBe(800 + soundManners.completeMs);
});

test('a pause after an unfinished value is waited out', () => {
  const bench = new Bench().speech(600).words('content', soundManners.unfinishedMs).quiet(1100);
  expect(bench.whats).toEqual(['hear']);
  bench.speech(600).words('content', soundManners.completeMs).quiet(300);
  expect(bench.whats).toEqual(['hear', 'answer']);
});

test('a "yes" of a quarter of a second that the ear did not catch is asked about, not passed over', () => {
  const bench = new Bench().speech(240).words('none', soundManners.unheardMs).quiet(1400);
  expect(bench.whats).toEqual(['hear', 'answer']);
});

test('a turn that has scarcely begun is not taken for one that nobody understood', () => {
  const bench = new Bench().speech(320).words('none', soundManners.unclearMs).quiet(1000);
  expect(bench.whats).toEqual(['hear']);
  bench.speech(600).words('content', soundManners.completeMs).quiet(300);
  expect(bench.whats).toEqual(['hear', 'answer']);
});

const thud = { clear: false } as const;

test('a click or a short noise in silence is no turn', () => {
  const bench = new Bench().sound(40, true, thud).quiet(200).sound(160, true, thud).quiet(1000);
  expect(bench.whats).not.toContain('answer');
  expect(bench.state.mode).toBe('listening');
});

test('the agent ducks within a tenth of a second of the caller speaking over it', () => {
  const bench = new Bench().says().quiet(500).speech(100);
  expect(bench.whats).toEqual(['duck', 'overhear']);
  expect((bench.when('duck') ?? NaN) - 500).toBeLessThanOrEqual(100);
});

test('one who speaks on is yielded to, and the duck is never undone', () => {
  const bench = new Bench().says().quiet(500).speech(2000).said().words('content', 240).quiet(400);
  expect(bench.whats).toEqual(['duck', 'overhear', 'cut', 'hear', 'answer']);
});

test('a meaningful word is yielded to after it has ended, in a silence that was never broken', () => {
  const bench = new Bench().says().speech(200).words('content', 450).quiet(140).words('content', 450, true).quiet(400);
  expect(bench.whats).toEqual(['duck', 'overhear', 'settle', 'cut', 'hear']);
});

test('words outside the grammar are yielded to, as loud as she is; the same from across the room are not', () => {
  const over = (near: boolean): readonly Intention[] =>
    new Bench().says().sound(400, true, { near }).words('unclear', 600).quiet(300).whats;
  expect(over(true)).toContain('cut');
  expect(over(false)).not.toContain('cut');
});

test('"i need to change ...", heard as "i see" so far, is not talked over while it goes on', () => {
  const bench = new Bench().says().speech(560).words('backchannel', 600).speech(140);
  expect(bench.whats).toEqual(['duck', 'overhear', 'cut', 'hear']);
});

test('a "ch" in the middle of what she says, which is hardly loud, is not its end', () => {
  const bench = new Bench().says().speech(460).words('backchannel', 600);
  bench.sound(160, false, { faint: true }).speech(100);
  expect(bench.whats).not.toContain('unduck');
  expect(bench.whats).toContain('cut');
});

test('what is faint begins nothing', () => {
  const bench = new Bench().says().sound(800, false, { faint: true });
  expect(bench.whats).toEqual([]);
});

test('a soft "what" is heard with the first frame that is clearly speech', () => {
  const clear = new Bench().says().quiet(500).speech(FRAME);
  const doubtful = new Bench().says().quiet(500).sound(FRAME, true, { clear: false });
  expect(clear.whats).toContain('duck');
  expect(doubtful.whats).not.toContain('duck');
});

test('a laugh, which is hardly speech, is not yielded to, however long it lasts', () => {
  const bench = new Bench().says().sound(1500, true, { clear: false }).words('unclear', 600).quiet(400);
  expect(bench.whats).not.toContain('cut');
});

test('a laugh as clear as speech is not yielded to, however long: it repeats itself, and no word is known in it', () => {
  const bench = new Bench().says().sound(420, true).words('backchannel', 600);
  bench.sound(1000, true, { repeats: true }).words('unclear', 600).quiet(400);
  expect(bench.whats).not.toContain('cut');
  expect((bench.when('unduck') ?? NaN) - (bench.when('duck') ?? NaN)).toBeLessThanOrEqual(soundManners.decideMs);
});

test('"no no no" repeats itself too, and is yielded to', () => {
  const bench = new Bench().says().sound(500, true, { repeats: true }).words('content', 600).sound(200, true);
  expect(bench.whats).toContain('cut');
});

test('who laughs and then speaks on, no longer repeating herself, is let in', () => {
  const bench = new Bench().says().sound(700, true, { repeats: true }).words('backchannel', 600);
  expect(bench.whats).not.toContain('cut');
  expect(bench.sound(300, true).words('content', 600).sound(FRAME, true).whats).toContain('cut');
});

test('what was no speech costs no more than an "okay" does', () => {
  const bench = new Bench().says().sound(160, true, thud).quiet(140).words('none', 600, true).quiet(400);
  expect(bench.whats).toContain('unduck');
  expect((bench.when('unduck') ?? NaN) - (bench.when('duck') ?? NaN)).toBeLessThanOrEqual(540);
});

test('the closure in a soft "excuse" does not give the agent its sentence back', () => {
  const bench = new Bench().says().sound(60, true, thud).quiet(200).speech(400);
  expect(bench.words('content', 600).sound(FRAME, true).whats).toEqual(['duck', 'overhear', 'settle', 'cut', 'hear']);
});

test('somebody across the room who talks on silences the agent once, not at every word', () => {
  const bench = new Bench().says();
  for (let word = 0; word < 6; word++) bench.sound(200, true, { near: false }).quiet(240);
  expect(bench.whats.filter((what) => what === 'duck')).toHaveLength(1);
  expect(bench.whats).not.toContain('cut');
});

test('she is heard at once behind somebody across the room', () => {
  const bench = new Bench().says().sound(300, true, { near: false }).quiet(300).speech(60);
  expect(bench.whats.filter((what) => what === 'duck')).toHaveLength(2);
});

test('"right", a breath, and then what she wants: the breath does not give the agent its sentence back', () => {
  const bench = new Bench().says().speech(260).words('backchannel', 600).quiet(240).speech(160);
  expect(bench.whats).toEqual(['duck', 'overhear', 'settle', 'cut', 'hear']);
});

test('a cup set down after an "okay" is not a second clause', () => {
  const bench = new Bench().says().speech(260).words('backchannel', 600).quiet(220);
  bench.sound(100, true, { clear: false }).quiet(300);
  expect(bench.whats).not.toContain('cut');
});

test('a laugh that began like speech and has not ended is not taken for it', () => {
  const bench = new Bench().says().speech(260).words('backchannel', 600).sound(700, true, { clear: false });
  expect(bench.whats).not.toContain('cut');
});

test('one who took the floor with a word that nobody understood is answered all the same', () => {
  const bench = new Bench()
    .says()
    .speech(180)
    .words('unclear', 600)
    .quiet(140)
    .words('unclear', 600, true)
    .quiet(300)
    .said();
  expect(bench.words('none', 620).quiet(900).whats.at(-1)).toBe('answer');
});

test.each<[string, number, Gist]>([
  ['a cough of 150 ms', 150, 'none'],
  ['a cough of 400 ms', 400, 'none'],
  ['a mm-hm', 300, 'backchannel'],
  ['an okay', 450, 'backchannel'],
  ['a yeah right', 500, 'backchannel'],
])('%s silences the agent for at most 640 ms and does not stop it', (_name, lengthMs, gist) => {
  const bench = new Bench().says().quiet(300).speech(lengthMs);
  if (gist !== 'none') bench.words(gist, 600);
  for (let turn = 0; turn < 40; turn++) {
    bench.quiet(FRAME);
    if (bench.wanted.at(-1)?.what === 'settle') bench.words(gist, 600, true);
  }
  expect(bench.whats).not.toContain('cut');
  expect((bench.when('unduck') ?? NaN) - (bench.when('duck') ?? NaN)).toBeLessThanOrEqual(640);
  expect(bench.state.mode).toBe('speaking');
});

test('a short word of meaning, understood only after it ended, still stops the agent', () => {
  const bench = new Bench().says().speech(180).quiet(140);
  expect(bench.whats).toContain('settle');
  bench.words('content', 240, true).quiet(300);
  expect(bench.whats).toContain('cut');
});

test('an interruption that began like a backchannel wins when it goes on', () => {
  const bench = new Bench().says().speech(560).words('backchannel', 600).speech(800);
  expect(bench.whats).toContain('cut');
});

test('noise that is never loud enough does nothing', () => {
  const bench = new Bench().says().quiet(3000).said().quiet(1000);
  expect(bench.whats).toEqual([]);
});

test('speech that outlasts the agent’s own utterance becomes the caller’s turn', () => {
  const bench = new Bench().says().speech(200).said().speech(600).words('content', 240).quiet(300);
  expect(bench.whats).toEqual(['duck', 'overhear', 'hear', 'answer']);
});

test('the caller who goes on while a reply is being made is heard', () => {
  const bench = new Bench().speech(500).words('content', 240).quiet(260).speech(400);
  expect(bench.whats).toEqual(['hear', 'answer', 'hear']);
  expect(bench.state.mode).toBe<Mode>('holding');
});

test('long silence is met with a question once per silence', () => {
  const bench = new Bench().quiet(7100);
  expect(bench.whats).toEqual(['prompt']);
});

test('nothing is heard while the call is handed over', () => {
  const bench = new Bench().tell({ kind: 'hand-over', at: ms(0) }).speech(2000);
  expect(bench.whats).toEqual([]);
});

test('the noise after a mm-hm is not taken for words that followed it', () => {
  const bench = new Bench()
    .says()
    .speech(300)
    .quiet(140)
    .words('backchannel', 600, true)
    .quiet(80)
    .words('content', 600);
  expect(bench.quiet(300).whats).not.toContain('cut');
});

test('a cough into its silence is no turn, and whatever words the ear finds in it make it none', () => {
  const bench = new Bench().sound(300, true, { clear: false }).words('content', soundManners.answeredMs).quiet(1500);
  expect(bench.whats).toEqual(['hear', 'forget']);
  expect(bench.state.mode).toBe('listening');
});

test('words found in a mumble are not trusted, and promise no more of them', () => {
  const bench = new Bench().sound(900, true, { clear: false }).words('content', soundManners.unfinishedMs).quiet(1000);
  expect(bench.whats).toEqual(['hear', 'doubt', 'answer']);
  expect(bench.when('answer')).toBe(900 + soundManners.unheardMs);
});
