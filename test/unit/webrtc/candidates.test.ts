import { expect, test } from 'vitest';
import { candidatesIn, throughRelay } from '../../../harness/webrtc/candidates.ts';

const RELAY = { host: '127.0.0.1', port: 40_000 };

const OFFER = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'a=group:BUNDLE audio',
  'm=audio 51234 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 192.168.1.7',
  'a=rtcp:51234 IN IP4 192.168.1.7',
  'a=mid:audio',
  'a=ice-ufrag:abcd',
  'a=candidate:1 1 UDP 2122317823 192.168.1.7 51234 typ host generation 0 network-id 1',
  'a=candidate:1 2 UDP 2122317822 192.168.1.7 51235 typ host',
  'a=candidate:2 1 TCP 1015021823 192.168.1.7 9 typ host tcptype active',
  'a=candidate:3 1 UDP 1686052607 203.0.113.5 61000 typ srflx raddr 192.168.1.7 rport 51234',
  'a=end-of-candidates',
  '',
].join('\r\n');

test('a description names the relay wherever it named its own agent', () => {
  expect(throughRelay(OFFER, RELAY).split('\r\n')).toEqual([
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'a=group:BUNDLE audio',
    'm=audio 40000 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP4 127.0.0.1',
    'a=rtcp:40000 IN IP4 127.0.0.1',
    'a=mid:audio',
    'a=ice-ufrag:abcd',
    'a=candidate:1 1 UDP 2122317823 127.0.0.1 40000 typ host generation 0 network-id 1',
    'a=end-of-candidates',
    '',
  ]);
});

test('the relay learns every place the agent can be reached at over UDP', () => {
  expect(candidatesIn(OFFER)).toEqual([
    { host: '192.168.1.7', port: 51_234 },
    { host: '203.0.113.5', port: 61_000 },
  ]);
});

test('an offer whose candidates follow keeps its placeholders', () => {
  const trickling =
    'm=audio 9 UDP/TLS/RTP/SAVPF 111\nc=IN IP4 0.0.0.0\na=rtcp:9 IN IP4 0.0.0.0\na=ice-options:trickle\n';
  expect(throughRelay(trickling, RELAY)).toBe(trickling);
  expect(candidatesIn(trickling)).toEqual([]);
});

test('a refused medium stays refused', () => {
  expect(throughRelay('m=video 0 UDP/TLS/RTP/SAVPF 96\r\n', RELAY)).toBe('m=video 0 UDP/TLS/RTP/SAVPF 96\r\n');
});

test('a trickled fragment and a candidate alone are rewritten like those of a description', () => {
  const fragment = 'a=ice-ufrag:abcd\r\na=mid:0\r\na=candidate:7 1 udp 99 10.0.0.4 5000 typ host ufrag abcd\r\n';
  expect(throughRelay(fragment, RELAY)).toBe(
    'a=ice-ufrag:abcd\r\na=mid:0\r\na=candidate:7 1 udp 99 127.0.0.1 40000 typ host ufrag abcd\r\n',
  );
  expect(throughRelay('candidate:7 1 udp 99 10.0.0.4 5000 typ relay raddr 1.2.3.4 rport 7', RELAY)).toBe(
    'candidate:7 1 udp 99 127.0.0.1 40000 typ host',
  );
});

test('an agent that hides behind a name is still told of, and finds the relay itself', () => {
  const hidden = 'a=candidate:1 1 udp 2113937151 4f3c0b2e-5d0a.local 55555 typ host';
  expect(throughRelay(hidden, RELAY)).toContain('127.0.0.1 40000 typ host');
  expect(candidatesIn(hidden)).toEqual([]);
});

test('every medium of a description gets the relay', () => {
  const both = ['m=audio 5000 X 0', 'a=candidate:1 1 udp 9 10.0.0.4 5000 typ host', 'm=application 5002 X y'];
  const two = [...both, 'a=candidate:1 1 udp 9 10.0.0.4 5002 typ host'].join('\n');
  expect(throughRelay(two, RELAY).match(/127\.0\.0\.1 40000/g)).toHaveLength(2);
});

test('a relay over IPv6 is named as such', () => {
  const text = throughRelay('c=IN IP4 10.0.0.4\na=candidate:1 1 udp 9 10.0.0.4 5000 typ host', {
    host: '::1',
    port: 7,
  });
  expect(text).toBe('c=IN IP6 ::1\na=candidate:1 1 udp 9 ::1 7 typ host');
});
