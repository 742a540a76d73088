import type { Locator, Page } from 'playwright';
import { DialFailed, type Ending } from '../../model/line.ts';
import { after, ms, type Clock } from '../../model/time.ts';
import type { BrowserAddress } from './address.ts';
import { ownPage } from './own-page.ts';
import { CALL_WORDS, recipeIn, type Recipe, type Step } from './recipe.ts';
import type { Visit } from './visit.ts';

/** How long a page may take to load, and a step on it to become possible. */
const PAGE_LIMIT = ms(15_000);
const STEP_LIMIT = ms(5_000);

/** How long a page may take to ask for the microphone once it was told to call. */
const MICROPHONE_LIMIT = ms(5_000);

/** One attempt to call from a page. */
export interface Attempt {
  readonly visit: Visit;
  readonly address: BrowserAddress;
  readonly clock: Clock;
  /** Aborted when it is to be given up: `limit` seconds after it began, or from outside. */
  readonly signal: AbortSignal;
  readonly limitMs: number;
}

/** Opens the page, does what makes it call, and waits until audio comes. Rejects with DialFailed. */
export async function callFrom(attempt: Attempt): Promise<void> {
  const recipe = recipeIn(attempt.address.url);
  await show(attempt);
  await follow(attempt, recipe);
  await microphoneAsked(attempt);
  await connected(attempt);
}

async function show({ visit: { page }, address, clock }: Attempt): Promise<void> {
  const { url, kind } = address;
  const place = `${url.origin}${url.pathname}`;
  if (kind === 'whip') {
    await page.route(`${url.origin}/hangup-calls`, (route) =>
      route.fulfill({ contentType: 'text/html', body: ownPage(url.pathname + url.search) }),
    );
    await page.goto(`${url.origin}/hangup-calls`, { timeout: PAGE_LIMIT });
    return;
  }
  const shown = new URL(url);
  shown.hash = '';
  let status = 0;
  page.on('response', (response) => {
    if (response.request().isNavigationRequest() && response.frame() === page.mainFrame()) status = response.status();
  });
  const opened = page.goto(shown.href, { timeout: PAGE_LIMIT, waitUntil: 'domcontentloaded' });
  const trouble = await opened.then(
    () => undefined,
    (error: unknown) => /net::(ERR_\w+)/.exec(String(error))?.[1] ?? 'it took too long',
  );
  // A browser shows nothing at all for an error without a body.
  if (status >= 400)
    throw failed(clock, 'them', 'unreachable', `there is no page to call from: ${place} answered ${status}`);
  if (trouble !== undefined)
    throw failed(clock, 'line', 'unreachable', `the page ${place} cannot be opened (${trouble})`);
}

async function follow({ visit: { page }, address, clock }: Attempt, recipe: Recipe): Promise<void> {
  if (recipe.length === 0) {
    const button = await visible(page, page.getByRole('button', { name: CALL_WORDS }), clock);
    if (button) return button.click({ timeout: STEP_LIMIT });
    throw failed(
      clock,
      'them',
      'rejected',
      `the page ${address.url.origin}${address.url.pathname} has no button whose name says call, start, talk or connect; ` +
        'say what to press with #hangup:click=NAME behind its address',
    );
  }
  for (const step of recipe) await take(page, step, clock);
}

async function take(page: Page, step: Step, clock: Clock): Promise<void> {
  if ('waitMs' in step) return clock.sleepUntil(after(clock.now(), step.waitMs));
  const name = 'click' in step ? step.click : step.fill;
  const places =
    'click' in step
      ? page.getByRole('button', { name }).or(page.getByRole('link', { name })).or(page.getByText(name))
      : page.getByLabel(name).or(page.getByPlaceholder(name));
  const place = await visible(page, places, clock);
  const what = 'click' in step ? 'nothing to press' : 'no field';
  if (!place) throw failed(clock, 'them', 'rejected', `the page has ${what} named "${name}"`);
  if ('click' in step) await place.click({ timeout: STEP_LIMIT });
  else await place.fill(step.with, { timeout: STEP_LIMIT });
}

/** The first of `places` that can be seen; undefined when there is none after a while. */
async function visible(page: Page, places: Locator, clock: Clock): Promise<Locator | undefined> {
  const first = places.filter({ visible: true }).first();
  const deadline = after(clock.now(), STEP_LIMIT);
  while (!page.isClosed()) {
    if ((await first.count()) > 0) return first;
    if (clock.now() >= deadline) return undefined;
    await clock.sleepUntil(after(clock.now(), 100));
  }
  return undefined;
}

async function microphoneAsked({ visit, clock, signal }: Attempt): Promise<void> {
  const limit = new AbortController();
  // Its own ending ends the wait as well: the sentence is the same.
  void clock.sleepUntil(after(clock.now(), MICROPHONE_LIMIT), signal).then(() => limit.abort());
  const asked = await visit.sight((sight) => {
    if (sight.what === 'microphone') return sight.allowed ? 'allowed' : 'refused';
    return sight.what === 'insecure' ? 'insecure' : undefined;
  }, limit.signal);
  if (asked === 'allowed') return;
  const said = {
    refused: 'the page may not use the microphone: its own Permissions-Policy refuses it',
    insecure: 'the page has no microphone to ask for: it is not served by https:, nor from this host',
    never: `the page never asked for the microphone within ${MICROPHONE_LIMIT / 1000} s of being told to call`,
  }[asked ?? 'never'];
  throw failed(clock, 'them', 'no-media', said);
}

async function connected({ visit, clock, signal, limitMs }: Attempt): Promise<void> {
  let [path, track] = [false, false];
  const how = await visit.sight((sight) => {
    if (sight.what === 'state' && sight.state === 'failed') return 'failed';
    if (sight.what === 'state' && sight.state === 'closed') return 'closed';
    path ||= sight.what === 'state' && sight.state === 'connected';
    track ||= sight.what === 'track';
    return path && track ? 'connected' : undefined;
  }, signal);
  if (how === 'connected') return;
  if (how === 'failed') throw failed(clock, 'line', 'unreachable', "the page's connection found no path to the agent");
  if (how === 'closed') throw failed(clock, 'them', 'rejected', 'the page gave its call up before it stood');
  throw failed(
    clock,
    'them',
    'no-answer',
    `the page asked for the microphone, but no call stood within ${limitMs / 1000} s`,
  );
}

export const failed = (clock: Clock, by: Ending['by'], reason: Ending['reason'], detail: string): DialFailed =>
  new DialFailed({ by, reason, at: clock.now(), detail });
