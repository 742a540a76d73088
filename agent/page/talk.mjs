// @ts-check
import { Call, CallTrouble } from './call.mjs';
import { byId, showBudget, showLevel, showTranscript } from './show.mjs';
import { Ears, openMicrophone } from './sound.mjs';
import { written } from './transcript.mjs';
import { nothingHeard, taken } from './turns.mjs';

/** @typedef {import('./transcript.mjs').Entry} Entry */

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
/** Levels come a hundred times a second; a meter that is read out, and an eye, want fewer. */
const EVERY = 5;

const button = /** @type {HTMLButtonElement} */ (byId('call'));
const voice = /** @type {HTMLAudioElement} */ (byId('voice'));

/** @type {readonly Entry[]} */
let transcript = [];
/** @type {readonly { processor: string, value: number }[]} */
let stages = [];
let heard = nothingHeard;
let levels = 0;
/** @type {Call | undefined} */
let call;
/** @type {Ears | undefined} */
let ears;
/** @type {MediaStream | undefined} */
let microphone;

button.addEventListener('click', () => void (call || microphone ? hangUp() : begin()));
byId('keypad').append(...KEYS.map(keyFor));
showState('closed', 'Not connected.');

/** @param {string} key */
function keyFor(key) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = key;
  made.disabled = true;
  made.setAttribute('aria-label', { '*': 'star', '#': 'hash' }[key] ?? key);
  made.addEventListener('click', () => call?.press(key));
  return made;
}

async function begin() {
  forget();
  showState('calling', 'Calling…');
  try {
    microphone = await openMicrophone();
    ears = await Ears.open(hear);
    ears.hearCaller(microphone);
    await dial(new URL('whip', location.href));
  } catch (error) {
    if (!(error instanceof CallTrouble)) throw error;
    await end(error.message);
  }
}

/** What is shown of the last call is over when another one begins. */
function forget() {
  transcript = [];
  heard = nothingHeard;
  stages = [];
  byId('trouble').textContent = '';
  showTranscript(transcript);
}

/**
 * @param {URL} url
 * @param {Record<string, string>} [headers]
 */
async function dial(url, headers) {
  if (!microphone) return;
  const placed = new Call({
    heard: (stream) => {
      voice.srcObject = stream;
      ears?.hearAgent(stream);
    },
    open: () => placed === call && showState('open', 'Connected. Speak as you would on the telephone.'),
    said: take,
    sent: (referral) => void follow(placed, referral),
    over: (trouble) => {
      if (placed === call) void end(trouble);
    },
  });
  call = placed;
  await placed.dial(url, microphone, headers);
}

async function hangUp() {
  const leaving = call;
  await end(undefined);
  await leaving?.hangUp();
}

/** @param {string | undefined} trouble */
async function end(trouble) {
  call = undefined;
  for (const track of microphone?.getTracks() ?? []) track.stop();
  microphone = undefined;
  voice.srcObject = null;
  byId('trouble').textContent = trouble ?? '';
  showState('closed', trouble === undefined ? 'The call is over.' : 'Not connected.');
  const listening = ears;
  ears = undefined;
  await listening?.close();
  for (const id of ['caller-level', 'agent-level']) showLevel(id, -100);
}

/** @param {{ type: string, data?: any }} message */
function take(message) {
  transcript = written(transcript, message);
  showTranscript(transcript);
  if (message.type !== 'metrics') return;
  const { ttfb } = message.data;
  const begins = ttfb.some((/** @type {{ processor: string }} */ { processor }) => processor === 'endpointing');
  stages = begins ? ttfb : [...stages, ...ttfb];
  showBudget(stages, heard.replyAfter);
}

/** @param {import('./sound.mjs').Levels} sound */
function hear(sound) {
  const before = heard.replyAfter;
  heard = taken(heard, sound);
  if (heard.replyAfter !== before && stages.length > 0) showBudget(stages, heard.replyAfter);
  if (++levels % EVERY !== 0) return;
  showLevel('caller-level', sound.callerDb);
  showLevel('agent-level', sound.agentDb);
}

/**
 * Goes where the agent sends her: a call of its own, in the place of this one. A page may call its own server alone.
 * @param {Call} from
 * @param {import('./call.mjs').Referral} referral
 */
async function follow(from, { id, to, context, replaces }) {
  const url = new URL(to.replace(/^webrtc\+whip:/, ''));
  if (url.origin !== location.origin || !microphone) {
    return from.report(id, 501, 'this page can call its own server only');
  }
  try {
    await dial(url, {
      ...(context !== undefined && { 'x-hangup-context': encodeURIComponent(context) }),
      ...(replaces !== undefined && { 'x-hangup-replaces': replaces }),
    });
    from.report(id, 200, 'OK');
  } catch (error) {
    if (!(error instanceof CallTrouble)) throw error;
    call = from;
    from.report(id, 503, error.message);
  }
}

/**
 * @param {'closed' | 'calling' | 'open'} state
 * @param {string} sentence
 */
function showState(state, sentence) {
  button.textContent = state === 'closed' ? 'Call' : 'Hang up';
  button.dataset['state'] = state === 'closed' ? 'closed' : 'open';
  byId('status').textContent = sentence;
  for (const key of byId('keypad').querySelectorAll('button')) key.disabled = state !== 'open' || !call?.takesKeys;
}
