import type { Act, Dialogue } from '../../../agent/brain/dialogue.ts';
import { rulesBrain } from '../../../agent/brain/rules.ts';
import { soundPolicy } from '../../../agent/brain/policy.ts';
import type { Policy } from '../../../agent/brain/policy.ts';
import type { OfficeReply, OfficeRequest } from '../../../harness/model/office.ts';

/** A conversation in text: lines in, replies out. */
export class Talk {
  dialogue: Dialogue = rulesBrain.begin;
  readonly said: string[] = [];
  readonly commits: Extract<OfficeRequest, { kind: 'commit' }>[] = [];
  readonly handOvers: string[] = [];
  hungUp = false;
  /** The office answers only when it is told to. */
  slow = false;
  #owed: (() => void) | undefined;
  readonly #policy: Policy;
  readonly #office: (request: OfficeRequest) => OfficeReply;

  constructor(
    policy: Policy = soundPolicy,
    office: (request: OfficeRequest) => OfficeReply = () => ({ kind: 'done', id: '1' }),
  ) {
    this.#policy = policy;
    this.#office = office;
    this.cue({ kind: 'answered' });
  }

  /** Says the lines, one a turn; returns what the agent said to the last. */
  hear(...lines: readonly string[]): string {
    for (const text of lines) this.cue({ kind: 'heard', text });
    return this.said.at(-1) ?? '';
  }

  cue(cue: Parameters<typeof rulesBrain.take>[1]): void {
    const [dialogue, acts] = rulesBrain.take(this.dialogue, cue, this.#policy);
    this.dialogue = dialogue;
    for (const act of acts) this.#do(act);
  }

  #do(act: Act): void {
    if (act.kind === 'say') this.said.push(act.text);
    if (act.kind === 'hang-up') this.hungUp = true;
    if (act.kind === 'hand-over') this.handOvers.push(act.to.desk);
    if (act.kind !== 'office') return;
    if (act.request.kind === 'commit') this.commits.push(act.request);
    const { request } = act;
    const answer = (): void => this.cue({ kind: 'office', asked: request, reply: this.#office(request) });
    if (this.slow) this.#owed = answer;
    else answer();
  }

  /** The office answers what it was asked last. */
  answer(): void {
    const owed = this.#owed;
    this.#owed = undefined;
    owed?.();
  }
}
