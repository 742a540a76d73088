import { afterAll, describe } from 'vitest';
import { chatAndAudio } from './http.ts';
import { agentsSdk } from './agents.ts';
import { earAndVoice } from './engines.ts';
import { closeEngines } from './open.ts';
import { realtimeSdk } from './realtime.ts';
import { wholeAgent } from './whole.ts';

// One file for all of them: what a server opens takes longer than what most of them try.
afterAll(closeEngines);
describe('chat, speech and transcription by the official client', () => {
  chatAndAudio();
});
describe('the ear and the voice of an agent', () => {
  earAndVoice();
});
describe('Realtime by the official client', () => {
  realtimeSdk();
});
describe("Realtime by the agents' SDK", () => {
  agentsSdk();
});
describe('a session as the whole agent', () => {
  wholeAgent();
});
