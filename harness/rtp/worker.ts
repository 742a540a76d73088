import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { type Ms, ms } from '../model/time.ts';
import type { FromWorker, ToWorker } from './mail.ts';
import { originAfter, WorkerLeg } from './worker-leg.ts';
import { UdpWire } from './worker-socket.ts';

/*
 * The media thread. It wakes at every whole millisecond of its own clock to send what is due, blocking in
 * Atomics.wait between, because timers of the event loop are late by a millisecond and drift. The event loop turns
 * twice a slot: after sending, and at an instant that wanders through the slot, so that over many packets some
 * arrival stamp comes within microseconds of the arrival, and the lower envelope finds it.
 */

const SLOT_MS = 1;
const GOLDEN = 0.618_033_988_749_895;

const zero = process.hrtime.bigint();
const now = (): number => Number(process.hrtime.bigint() - zero) / 1e6;
const pause = new Int32Array(new SharedArrayBuffer(4));
const legs = new Map<number, { readonly leg: WorkerLeg; readonly shiftMs: number }>();
const post = (mail: FromWorker, transfer: readonly ArrayBuffer[] = []): void => parentPort?.postMessage(mail, transfer);

let turning = false;
let slots = 0;

parentPort?.on('message', (mail: ToWorker) => {
  if (mail.kind === 'open') void open(mail);
  else if (mail.kind === 'close') parentPort?.close();
  else handle(mail);
});
post({ kind: 'ready', raised: raisePriority() });

async function open({ leg, host, zeroNs }: Extract<ToWorker, { kind: 'open' }>): Promise<void> {
  try {
    const udp = await UdpWire.open(host);
    const shiftMs = Number(zero - zeroNs) / 1e6;
    const opened = new WorkerLeg(udp, () => shifted(shiftMs));
    legs.set(leg, { leg: opened, shiftMs });
    post({ kind: 'opened', leg, port: opened.port });
  } catch (reason) {
    post({ kind: 'failed', leg, why: String(reason) });
  }
}

function handle(mail: Exclude<ToWorker, { kind: 'open' | 'close' }>): void {
  const found = legs.get(mail.leg);
  if (!found) return;
  switch (mail.kind) {
    case 'start': {
      const origin = ms(originAfter(ms(now()), mail.leg) + found.shiftMs);
      found.leg.start(mail.setup, origin, mail.road);
      return turn();
    }
    case 'remote':
      return found.leg.aim(mail.remote);
    case 'command':
      return found.leg.obey(mail.command);
    case 'stop':
      return stop(mail.leg, found.leg);
  }
}

function stop(id: number, leg: WorkerLeg): void {
  legs.delete(id);
  const books = leg.stop();
  const news = leg.takeNews();
  if (news.length > 0) post({ kind: 'news', batch: [{ leg: id, news }] });
  const buffers = books
    ? [...Object.values(books.sent), ...Object.values(books.received), books.sentAudio, books.receivedAudio]
    : [];
  post(
    { kind: 'stopped', leg: id, books },
    buffers.map((column) => column.buffer),
  );
}

/** Begins the slots; they end by themselves when no leg is left. */
function turn(): void {
  if (turning) return;
  turning = true;
  setImmediate(listen);
}

function listen(): void {
  if (legs.size === 0) {
    turning = false;
    return;
  }
  const phase = (slots++ * GOLDEN) % 1;
  waitUntil((Math.floor(now() / SLOT_MS) + phase) * SLOT_MS);
  setImmediate(send);
}

function send(): void {
  waitUntil(Math.ceil(now() / SLOT_MS) * SLOT_MS);
  const batch: { leg: number; news: ReturnType<WorkerLeg['takeNews']> }[] = [];
  for (const [id, { leg }] of legs) {
    leg.pace();
    const news = leg.takeNews();
    if (news.length > 0) batch.push({ leg: id, news });
  }
  if (batch.length > 0) post({ kind: 'news', batch });
  for (const { leg } of legs.values()) leg.prepare();
  setImmediate(listen);
}

function waitUntil(at: number): void {
  const left = at - now();
  if (left > 0) Atomics.wait(pause, 0, 0, left);
}

function shifted(shiftMs: number): Ms {
  return ms(now() + shiftMs);
}

/** Without the right to it, the thread runs like any other and the stamps show what that costs. */
function raisePriority(): boolean {
  try {
    setPriority(0, constants.priority.PRIORITY_HIGHEST);
    return true;
  } catch {
    return false;
  }
}
