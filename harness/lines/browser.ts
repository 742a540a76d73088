import type { LineKind } from '../model/line.ts';
import { BrowserTransport } from './browser/transport.ts';

/** A real browser on a page that calls the agent: what a person there would hear, jitter buffer and all. */
const browser: LineKind = {
  summary: 'Chromium on a page that calls the agent (browser+https://...): what a person there hears',
  time: 'real',
  timing: 'approximate',
  scheme: 'browser',
  answeredOn: 'webrtc',
  at: (name, port) => `webrtc+whip:http://127.0.0.1:${port}/${name}`,
  codecs: ['opus'],
  open: (clock) => BrowserTransport.open(clock),
};

export default browser;
