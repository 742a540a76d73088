import type { LineKind } from '../model/line.ts';
import { WebRtcTransport } from './webrtc/transport.ts';

/** WebRTC without a browser: raw RTP by DTLS-SRTP, no jitter buffer between, offers and answers over HTTP. */
const webrtc: LineKind = {
  summary: 'WebRTC: offers over HTTP (WHIP, SmallWebRTC, OpenAI, JSON), raw RTP, any WebRTC agent',
  time: 'real',
  timing: 'exact',
  scheme: 'webrtc',
  at: (name, port) => `webrtc+whip:http://127.0.0.1:${port}/${name}`,
  codecs: ['opus', 'PCMU', 'PCMA'],
  open: (clock) => WebRtcTransport.open(clock),
};

export default webrtc;
