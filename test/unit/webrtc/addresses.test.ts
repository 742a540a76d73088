import { expect, test } from 'vitest';
import { deskName } from '../../../harness/caller/desk.ts';
import { mustReadAddress, mustReadTarget } from '../../../harness/lines/webrtc/address.ts';
import { UsageError } from '../../../harness/model/errors.ts';
import { hostIn, lineFor, targetOf } from '../../../harness/run/access.ts';
import { checkedWebRtc } from '../../../harness/run/suite-webrtc.ts';

test('an address says how it is called; one that does not can only be listened at', () => {
  expect(mustReadTarget('webrtc+whip:https://agent.example.org/whip')).toMatchObject({ scheme: 'whip' });
  expect(mustReadAddress('webrtc:http://127.0.0.1:8080').scheme).toBeUndefined();
  expect(() => mustReadTarget('webrtc:http://127.0.0.1:8080')).toThrow(/does not say how to be called/);
  for (const wrong of ['sip:agent@10.0.0.5', 'webrtc+smoke:http://h/', 'webrtc+whip:agent']) {
    expect(() => mustReadAddress(wrong)).toThrow(UsageError);
  }
});

test('its line, its host and a desk behind it are found in it', () => {
  expect(lineFor('webrtc+pipecat:http://10.0.0.5:7860/api/offer')).toBe('webrtc');
  expect(hostIn('webrtc+whip:http://[::1]:8080/whip')).toBe('::1');
  expect(deskName('webrtc+whip:http://127.0.0.1:40123/front-desk')).toBe('front desk');
  expect(deskName('sip:front-desk@127.0.0.1:40123')).toBe('front desk');
});

test('a host far away is called only if the suite allows it, and secrets leave the environment only then', () => {
  const target = 'webrtc+openai:https://api.example.org/v1/realtime/calls';
  const webrtc = { token: { env: 'TEST_AGENT_TOKEN' }, iceServers: [{ url: 'stun:127.0.0.1:3478' }] };
  expect(() => targetOf({ target, allow: [], webrtc })).toThrow(/api\.example\.org is outside/);
  expect(() => targetOf({ target, allow: ['api.example.org'], webrtc })).toThrow(/TEST_AGENT_TOKEN, which is not set/);
});

test("a suite's webrtc part holds no secrets, and nothing that means nothing", () => {
  const check = (webrtc: object): unknown => checkedWebRtc(webrtc, (what) => new UsageError(what));
  expect(() => check({ token: 'ek_1' })).toThrow(/writes webrtc\.token down/);
  expect(() => check({ stun: 'x' })).toThrow(/webrtc\.stun, which means nothing/);
  expect(() => check({ iceServers: [{ url: 'turn:u:p@h:3478' }] })).toThrow(/its account beside it/);
  expect(() => check({ iceServers: [{ url: 'turn:h:3478', password: 'p' }] })).toThrow(/writes the password/);
  expect(() => check({ relayOnly: true, iceServers: [{ url: 'stun:h:3478' }] })).toThrow(/names no TURN server/);
});
