import { within } from '../clock/within.ts';
import { CallFault, UsageError } from '../model/errors.ts';
import type { BeforeAnswer, CheckAnswer, EndedCall, Hook, HookCall, Hooks } from '../model/hooks.ts';
import { ms } from '../model/time.ts';
import type { Clock } from '../model/time.ts';
import { readBefore, readCheck } from './answers.ts';
import { post } from './post.ts';

/** The variable that holds the secret by which requests to a hook's URL are signed. */
export const SECRET = 'HANGUP_HOOK_SECRET';

/** How long a hook may take, ms. */
export const HOOK_LIMIT_MS = 10_000;

/** A suite's hooks, ready to be asked. Both throw CallFault (`hook-failed`), one sentence, when the hook does not do its part. */
export interface OpenHooks {
  /** Nothing was to be done where the suite has no such hook. */
  before(call: HookCall): Promise<BeforeAnswer>;
  /** Undefined where the suite has no such hook. */
  check(call: EndedCall): Promise<CheckAnswer | undefined>;
}

/**
 * Checks a suite's hooks and makes them ready. `clock` measures their patience and must be a real one: a hook is outside.
 * Throws UsageError for a hook that is neither function nor URL, and for a URL without a secret in `env`.
 */
export function openHooks(
  { before, check }: Hooks,
  clock: Clock,
  env: Readonly<Record<string, string | undefined>>,
  limitMs = HOOK_LIMIT_MS,
): OpenHooks {
  const askBefore = asker('before', before, clock, env, limitMs);
  const askCheck = asker('check', check, clock, env, limitMs);
  return {
    before: async (call) => (askBefore ? readBefore(await askBefore.ask(call), askBefore.who) : {}),
    check: async (call) => (askCheck ? readCheck(await askCheck.ask(call), askCheck.who) : undefined),
  };
}

interface Asker<Call> {
  /** How sentences name it. */
  readonly who: string;
  ask(call: Call): Promise<unknown>;
}

function asker<Call extends HookCall>(
  name: keyof Hooks,
  hook: Hook<Call, unknown> | undefined,
  clock: Clock,
  env: Readonly<Record<string, string | undefined>>,
  limitMs: number,
): Asker<Call> | undefined {
  if (hook === undefined) return undefined;
  const who = typeof hook === 'string' ? `the ${name} hook ${placeOf(hook, name)}` : `the ${name} hook`;
  const secret = typeof hook === 'string' ? secretFor(name, env) : '';
  if (typeof hook !== 'string' && typeof hook !== 'function') throw noHook(name);
  const work = (call: Call, signal: AbortSignal): Promise<unknown> =>
    typeof hook === 'string' ? post(hook, call, secret, who, signal) : called(hook, call, who);
  return {
    who,
    async ask(call) {
      const giveUp = new AbortController();
      const answer = work(call, giveUp.signal).then((value) => ({ value }));
      // One that fails after it was given up on is not heard of again.
      answer.catch(() => undefined);
      const done = await within(clock, ms(limitMs), answer);
      giveUp.abort();
      if (!done) throw new CallFault('hook-failed', `${who} did not answer within ${limitMs / 1000} s`);
      return done.value;
    },
  };
}

async function called<Call>(hook: (call: Call) => unknown, call: Call, who: string): Promise<unknown> {
  try {
    return await hook(call);
  } catch (error) {
    throw new CallFault('hook-failed', `${who} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const noHook = (name: keyof Hooks): UsageError =>
  new UsageError(`the suite's ${name} hook must be a function or an http:// or https:// address`);

/** Where a hook is, without what may be secret in its URL. */
function placeOf(url: string, name: keyof Hooks): string {
  const place = URL.parse(url);
  if (place === null || !/^https?:$/.test(place.protocol)) throw noHook(name);
  return `${place.origin}${place.pathname}`;
}

function secretFor(name: keyof Hooks, env: Readonly<Record<string, string | undefined>>): string {
  const secret = env[SECRET];
  if (secret) return secret;
  throw new UsageError(
    `the suite's ${name} hook is an address, and requests to it are signed: set ${SECRET} here and where it is answered, e.g. to the output of "openssl rand -hex 32"`,
  );
}
