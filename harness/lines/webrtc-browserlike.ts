import type { LineKind } from '../model/line.ts';
import { BrowserlikeTransport } from './webrtc-browserlike/transport.ts';

/** WebRTC by node-webrtc: what a stack of a browser's kind hears, its jitter buffer between; no page. */
const browserlike: LineKind = {
  summary: 'WebRTC by node-webrtc (@roamhq/wrtc): signalled like webrtc, heard through a jitter buffer of its own',
  time: 'real',
  timing: 'approximate',
  scheme: 'webrtc-browserlike',
  answeredOn: 'webrtc',
  at: (name, port) => `webrtc+whip:http://127.0.0.1:${port}/${name}`,
  codecs: ['opus'],
  open: (clock) => Promise.resolve(new BrowserlikeTransport(clock)),
};

export default browserlike;
