import type { Line } from '../harness/model/line.ts';
import type { Claims } from './claims.ts';
import type { Dialogue, HandOver } from './brain/dialogue.ts';
import type { AgentParts } from './parts.ts';
import type { Handing } from './transfer.ts';
import type { CallWorld } from './world.ts';

/** What came of a handoff: the desk has her, nobody took her, or she has left. */
export type Handed = 'taken' | 'nobody' | 'gone';

/** Hands a call to a desk, with the context that the office keeps for it. */
export class HandOff {
  readonly #line: Line;
  readonly #parts: AgentParts;
  readonly #world: CallWorld;
  readonly #claims: Claims;
  #gone = false;

  constructor(line: Line, parts: AgentParts, world: CallWorld, claims: Claims) {
    this.#line = line;
    this.#parts = parts;
    this.#world = world;
    this.#claims = claims;
    void line.ended.then(() => (this.#gone = true));
  }

  /** Puts her through; once she is taken, the agent has hung up. */
  async to(dialogue: Dialogue, to: HandOver): Promise<Handed> {
    const { clock, office } = this.#world;
    const begun = clock.now();
    this.#world.news?.({ what: 'hands-over', desk: to.desk });
    const address = await this.#addressOf(this.#parts.route(to.desk));
    const post: Handing['post'] = async () => {
      const reply = await office.ask({ kind: 'handoff', packet: this.#parts.packet(dialogue, to) });
      return reply.kind === 'done' ? reply.id : undefined;
    };
    const taken = address === undefined ? await this.#keep(post) : await this.#transfer(address, post);
    this.#claims.stage('handoff', begun, clock.now());
    if (taken) await this.#line.hangUp();
    if (taken) return 'taken';
    return this.#gone ? 'gone' : 'nobody';
  }

  #transfer(address: string, post: Handing['post']): Promise<boolean> {
    return this.#parts.transfer({ line: this.#line, address, post }, this.#world);
  }

  /** There is no such desk: what she told is left for whoever calls her back. */
  async #keep(post: Handing['post']): Promise<false> {
    await post();
    return false;
  }

  async #addressOf(desk: string): Promise<string | undefined> {
    const reply = await this.#world.office.ask({ kind: 'desks' });
    return reply.kind === 'desks' ? reply.desks[desk] : undefined;
  }
}
