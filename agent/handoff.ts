import type { Line } from '../harness/model/line.ts';
import type { Claims } from './claims.ts';
import type { Dialogue, HandOver } from './brain/dialogue.ts';
import type { AgentParts } from './parts.ts';
import type { CallWorld } from './world.ts';

/** Hands a call to a desk: packet first, so that it can be read before the desk's first word; then the line. */
export class HandOff {
  readonly #line: Line;
  readonly #parts: AgentParts;
  readonly #world: CallWorld;
  readonly #claims: Claims;

  constructor(line: Line, parts: AgentParts, world: CallWorld, claims: Claims) {
    this.#line = line;
    this.#parts = parts;
    this.#world = world;
    this.#claims = claims;
  }

  /** Resolves with whether somebody took the call; then the agent is silent and has hung up. */
  async to(dialogue: Dialogue, to: HandOver): Promise<boolean> {
    const { clock, office } = this.#world;
    const begun = clock.now();
    const packet = await office.ask({ kind: 'handoff', packet: this.#parts.packet(dialogue, to) });
    const address = await this.#addressOf(this.#parts.route(to.desk));
    if (address === undefined) return false;
    const outcome = await this.#line.transfer(address, packet.kind === 'done' ? packet.id : undefined);
    this.#claims.stage('handoff', begun, clock.now());
    if (outcome.accepted) await this.#line.hangUp();
    return outcome.accepted;
  }

  async #addressOf(desk: string): Promise<string | undefined> {
    const reply = await this.#world.office.ask({ kind: 'desks' });
    return reply.kind === 'desks' ? reply.desks[desk] : undefined;
  }
}
