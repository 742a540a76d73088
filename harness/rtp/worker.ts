import { parentPort } from 'node:worker_threads';
import type { ToWorker } from './mail.ts';
import { mediaLoop } from './worker-loop.ts';
import { UdpWire } from './worker-socket.ts';

// The media thread of the lines that send through UDP sockets.

const take = mediaLoop(
  ({ host }) => UdpWire.open(host),
  () => parentPort?.close(),
  (mail, transfer = []) => parentPort?.postMessage(mail, transfer),
);
parentPort?.on('message', (mail: ToWorker) => take(mail));
