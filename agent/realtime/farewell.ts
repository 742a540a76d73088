import type { Line } from '../../harness/model/line.ts';
import type { Dialogue } from '../brain/dialogue.ts';
import { callAgain, callsBack, handsOver } from '../chat/phrases.ts';
import { HandOff } from '../handoff.ts';
import { Mouth } from '../mouth.ts';
import type { AgentParts } from '../parts.ts';
import { untilQuiet } from '../patience.ts';
import { plain } from '../words.ts';
import type { CallWorld } from '../world.ts';

/** The person who can help with anything. */
const TO = { desk: 'front desk', reason: 'the assistant could not go on' };

/** What a caller hears when the session that led her call is gone, in the agent's own voice. */
export class Farewell {
  readonly #line: Line;
  readonly #world: CallWorld;
  readonly #mouth: Mouth;
  readonly #handoff: HandOff;
  readonly #quietMs: number;

  constructor(line: Line, parts: AgentParts, world: CallWorld) {
    this.#line = line;
    this.#world = world;
    this.#mouth = new Mouth(parts.voice, parts.choice, world.clock, line.format.rate);
    this.#handoff = new HandOff(line, parts, world, world.claims);
    this.#quietMs = parts.manners.farewellMs;
  }

  /** Makes its sentences now, so that they can be said at once. */
  async warm(): Promise<void> {
    for (const phrase of [handsOver, callAgain, callsBack]) await this.#mouth.warm(phrase);
  }

  /** Says that something is wrong and puts her through; nobody there, she is called back, or asked to call again. */
  async say(dialogue: Dialogue): Promise<void> {
    await this.#say(handsOver);
    if ((await this.#handoff.to(dialogue, TO)) !== 'nobody') return;
    const { name, phone } = dialogue.slots;
    if (phone !== undefined) {
      const values = { ...(name === undefined ? {} : { name }), phone };
      await this.#world.office.ask({ kind: 'commit', action: 'message', values });
    }
    await this.#say(phone === undefined ? callAgain : callsBack);
    await untilQuiet(this.#world, this.#quietMs, () => false);
    await this.#line.hangUp();
  }

  async #say(text: string): Promise<void> {
    const { heard, startedAt, endedAt } = await this.#mouth.say(this.#line, plain(text)).over;
    const now = this.#world.clock.now();
    this.#world.claims.said(heard, startedAt ?? now, endedAt ?? now);
  }
}
