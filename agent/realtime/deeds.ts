import type { Line } from '../../harness/model/line.ts';
import type { OfficeReply } from '../../harness/model/office.ts';
import { blank } from '../brain/dialogue.ts';
import type { Dialogue } from '../brain/dialogue.ts';
import { deedOf } from '../chat/tools.ts';
import type { Deed, ToolResult, ToolUse } from '../chat/tools.ts';
import { topicOf } from '../chat/topic.ts';
import { read } from '../ear/read.ts';
import { HandOff } from '../handoff.ts';
import type { AgentParts } from '../parts.ts';
import { askPatiently, untilQuiet } from '../patience.ts';
import type { CallWorld } from '../world.ts';

/** What the doing of things needs to know of the talk. */
export interface TalkSoFar {
  /** Resolves when what is being said is over. */
  said(): Promise<void>;
  /** Somebody has the floor. */
  hers(): boolean;
  /** The office takes its time. */
  slow(): void;
  /** The session is gone, or the call is over: nothing it wanted is to be done any more. */
  left(): boolean;
}

/** What a session wants done on one call, and what is known of the caller for whoever takes over. */
export class Deeds {
  readonly #line: Line;
  readonly #parts: AgentParts;
  readonly #world: CallWorld;
  readonly #talk: TalkSoFar;
  readonly #handoff: HandOff;
  #dialogue: Dialogue;
  #underWay = 0;
  #handing = false;
  #closing = false;

  constructor(line: Line, parts: AgentParts, world: CallWorld, talk: TalkSoFar) {
    this.#line = line;
    this.#parts = parts;
    this.#world = world;
    this.#talk = talk;
    this.#handoff = new HandOff(line, parts, world, world.claims);
    this.#dialogue = { ...blank, call: world.call };
  }

  get dialogue(): Dialogue {
    return this.#dialogue;
  }

  /** Something is being done. */
  get busy(): boolean {
    return this.#underWay > 0;
  }

  /** A desk is being called. */
  get handing(): boolean {
    return this.#handing;
  }

  /** The goodbye is being said. */
  get closing(): boolean {
    return this.#closing;
  }

  /** What she said, as far as an ear for values makes anything of it. */
  heard(transcript: string): void {
    const { slots } = read(transcript.toLowerCase().replaceAll(/[^a-z0-9' ]/g, ' '), this.#dialogue.asked);
    this.#know({ slots: { ...this.#dialogue.slots, ...slots } });
  }

  /** What was said to her: tells what she answers. */
  said(text: string): void {
    this.#know({ asked: topicOf(text, this.#dialogue.asked) });
  }

  /** Does it. Resolves with the result to be told; with nothing once the session has no more part in the call. */
  async carryOut(use: ToolUse): Promise<ToolResult | undefined> {
    const deed = deedOf(use);
    if (typeof deed === 'string') return { kind: 'wrong', why: deed };
    this.#underWay++;
    try {
      if (deed.kind === 'office') return await this.#ask(deed);
      return deed.kind === 'hang-up' ? await this.#hangUp() : await this.#handOver(deed);
    } finally {
      this.#underWay--;
    }
  }

  #know(more: Partial<Dialogue>): void {
    this.#dialogue = { ...this.#dialogue, ...more };
  }

  async #ask({ request }: Extract<Deed, { kind: 'office' }>): Promise<ToolResult> {
    const { officeMs } = this.#parts.manners;
    const reply = await askPatiently(this.#world, request, officeMs, () => this.#talk.slow());
    if (request.kind === 'commit' && reply.kind === 'done') {
      const { slots, done } = this.#dialogue;
      const held = { ...slots, ...request.values };
      const did = [...done.filter((one) => one !== request.action), request.action];
      this.#know({ wish: request.action, slots: held, agreed: held, committed: request.values, done: did });
    }
    return asResult(reply);
  }

  async #hangUp(): Promise<undefined> {
    this.#closing = true;
    await this.#talk.said();
    await untilQuiet(this.#world, this.#parts.manners.farewellMs, () => this.#talk.hers());
    await this.#line.hangUp();
    return undefined;
  }

  async #handOver({ to, with: known }: Extract<Deed, { kind: 'hand-over' }>): Promise<ToolResult | undefined> {
    const { slots, wish, upset, urgent } = this.#dialogue;
    this.#know({
      slots: { ...slots, ...known.facts },
      wish: known.intent ?? wish,
      upset: upset || known.sentiment === 'upset',
      urgent: urgent || known.urgency === 'urgent',
      sent: to,
    });
    await this.#talk.said();
    // It was lost over these words: somebody else puts her through.
    if (this.#talk.left()) return undefined;
    this.#handing = true;
    try {
      const handed = await this.#handoff.to(this.#dialogue, to);
      return handed === 'nobody' ? { kind: 'desk-failed', desk: to.desk } : undefined;
    } finally {
      this.#handing = false;
    }
  }
}

const asResult = (reply: OfficeReply): ToolResult =>
  reply.kind === 'desks' ? { kind: 'refused', why: 'no answer' } : reply;
