import { cleanup, initLogger } from 'node-datachannel';
import type { ToWorker } from '../rtp/mail.ts';
import { useNativeOpus } from '../rtp/codecs/opus.ts';
import { mediaLoop } from '../rtp/worker-loop.ts';
import type { PeerPlan } from './mail.ts';
import { PeerPort } from './peer-port.ts';

/*
 * The media process of the webrtc line. A process and not a thread, because the library's addon may be loaded by one
 * thread of a process only, once, and does not survive that thread's end.
 */

const end = (): void => void process.kill(process.pid, 'SIGKILL');

// Whoever started this is gone, or asked for the end: what the addon does at a natural exit may hang or crash.
process.on('disconnect', end);
// Ctrl-C reaches both: whoever started this hangs up first.
process.on('SIGINT', () => undefined);
useNativeOpus();
initLogger('Fatal', () => undefined);

const take = mediaLoop(
  ({ leg, plan }, tell) => Promise.resolve(new PeerPort(`leg-${leg}`, plan as PeerPlan, tell)),
  () => {
    cleanup();
    end();
  },
  // Whoever started this may be gone already: its end is heard of by itself.
  (mail) => void process.send?.(mail, undefined, undefined, () => undefined),
);
process.on('message', (mail) => take(mail as ToWorker));
