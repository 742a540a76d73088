// @ts-check
/**
 * What was heard of both sides so far. Times are seconds on one clock.
 * @typedef {object} Heard
 * @property {number} floorDb Level of the room at the microphone.
 * @property {number} callerUntil When the caller was last loud.
 * @property {number} callerFor How long she was loud since the agent began to speak.
 * @property {number} agentUntil When the agent was last loud.
 * @property {number | undefined} replyAfter From her last sound to its first, in its last reply.
 */

/** @type {Heard} */
export const nothingHeard = { floorDb: 0, callerUntil: -1, callerFor: 0, agentUntil: -1, replyAfter: undefined };

/** What is loud is so far above the room, dB, and no softer than this, dBFS. */
const ABOVE_ROOM = 12;
const SOFTEST = -50;
/** The agent's line is never quite silent; its speech is far above this, dBFS. */
const AGENT_SPEAKS = -45;
/** How fast the room is taken to have become louder, dB/s. */
const RISE = 3;
/** Silences of the agent shorter than this lie inside of what it says, s. */
const PAUSE = 0.4;
/** Sounds of hers shorter than this in all are no turn, s. */
const TURN = 0.15;

/**
 * Levels of the `length` seconds up to `at`, taken in.
 * @param {Heard} heard
 * @param {{ at: number, length: number, callerDb: number, agentDb: number }} levels
 * @returns {Heard}
 */
export function taken(heard, { at, length, callerDb, agentDb }) {
  const floorDb = Math.min(callerDb, heard.floorDb + RISE * length);
  const isCallerLoud = callerDb >= Math.max(SOFTEST, floorDb + ABOVE_ROOM);
  const isAgentLoud = agentDb >= AGENT_SPEAKS;
  const callerUntil = isCallerLoud ? at : heard.callerUntil;
  const begins = isAgentLoud && at - heard.agentUntil > PAUSE;
  const answers = begins && heard.callerFor >= TURN && callerUntil < at - length;
  return {
    floorDb,
    callerUntil,
    callerFor: begins ? 0 : heard.callerFor + (isCallerLoud ? length : 0),
    agentUntil: isAgentLoud ? at : heard.agentUntil,
    replyAfter: answers ? at - length - callerUntil : heard.replyAfter,
  };
}
