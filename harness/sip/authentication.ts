import { randomBytes } from 'node:crypto';
import { Core, type UserAgent } from 'sip.js';
import { proof, readChallenges, strongest, type Credentials } from './digest.ts';
import { challengesIn } from './message.ts';
import { raiseSips } from './sips.ts';

/** The parts of a client transaction's user that sip.js keeps to itself. */
interface Client {
  readonly core: Core.UserAgentCore;
  readonly message: Core.OutgoingRequestMessage;
  /** Sends the request again as a new transaction. */
  init(): void;
}

/** False: the request has been sent again with a proof, and this response is dealt with. */
type Guard = (this: Client, response: Core.IncomingResponseMessage) => boolean;

const ASKED = {
  401: ['www', 'authorization'],
  407: ['proxy', 'proxy-authorization'],
} as const;

/** Whoever proves who it is, and what it has proven already. */
class Prover {
  readonly #credentials: Credentials;
  readonly #uses = new Map<string, number>();
  /** Realms proven to, by request: nobody is told the same wrong password twice. */
  readonly #told = new WeakMap<Core.OutgoingRequestMessage, Set<string>>();

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /** The header that answers `values`; undefined when they cannot be answered, or were before and in vain. */
  answer(values: readonly string[], header: string, request: Core.OutgoingRequestMessage): string | undefined {
    const challenge = strongest(readChallenges(values));
    const told = this.#told.get(request) ?? new Set<string>();
    if (!challenge) return undefined;
    // A nonce that is merely old may be answered again, but not for ever.
    const once = `${header} ${challenge.realm}${challenge.stale ? ' stale' : ''}`;
    if (told.has(once)) return undefined;
    this.#told.set(request, told.add(once));
    const count = (this.#uses.get(challenge.nonce) ?? 0) + 1;
    this.#uses.set(challenge.nonce, count);
    const uri = raiseSips(request.ruri.toString());
    return proof(challenge, this.#credentials, {
      method: request.method,
      uri,
      count,
      cnonce: randomBytes(12).toString('hex'),
    });
  }
}

const provers = new WeakMap<Core.UserAgentCore, Prover>();

/** Lets `ua` answer challenges with `credentials`; without this a challenge is a refusal. */
export const authenticate = (ua: UserAgent, credentials: Credentials): void =>
  void provers.set(ua.userAgentCore, new Prover(credentials));

/**
 * Takes the place of sip.js's own guard, which knows MD5 alone, reads the last challenge only, answers but one of
 * proxy and callee, and lets the next request of a dialog repeat the CSeq of the proof.
 */
const guard: Guard = function (response) {
  const status = response.statusCode;
  if (status !== 401 && status !== 407) return true;
  const [whose, answers] = ASKED[status];
  const header = provers.get(this.core)?.answer(challengesIn(response.data, whose), answers, this.message);
  if (header === undefined) return true;
  const cseq = nextCSeq(this);
  this.message.cseq = cseq;
  this.message.setHeader('cseq', `${cseq} ${this.message.method}`);
  this.message.setHeader(answers, header);
  this.init();
  return false;
};

function nextCSeq({ core, message }: Client): number {
  const dialog = core.dialogs.get(`${message.callId}${message.fromTag}${message.toTag ?? ''}`);
  if (!dialog) return message.cseq + 1;
  dialog.incrementLocalSequenceNumber();
  return dialog.localSequenceNumber ?? message.cseq + 1;
}

(Core.UserAgentClient.prototype as unknown as { authenticationGuard: Guard }).authenticationGuard = guard;
