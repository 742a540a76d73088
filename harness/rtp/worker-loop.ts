import { constants, setPriority } from 'node:os';
import { type Ms, ms } from '../model/time.ts';
import type { FromWorker, LegRequest, ToWorker } from './mail.ts';
import { originAfter, WorkerLeg } from './worker-leg.ts';
import type { Port } from './wire.ts';

/*
 * What a media thread does, whatever its legs send through. It wakes at every whole millisecond of its own clock to
 * send what is due, blocking in Atomics.wait between, because timers of the event loop are late by a millisecond and
 * drift. The event loop turns twice a slot: after sending, and at an instant that wanders through the slot, so that over
 * many packets some arrival stamp comes within microseconds of the arrival, and the lower envelope finds it.
 */

const SLOT_MS = 1;
const GOLDEN = 0.618_033_988_749_895;

const zero = process.hrtime.bigint();
const now = (): number => Number(process.hrtime.bigint() - zero) / 1e6;
const pause = new Int32Array(new SharedArrayBuffer(4));
const legs = new Map<number, { readonly leg: WorkerLeg; readonly port: Port; readonly shiftMs: number }>();

let post: Post = () => undefined;
let turning = false;
let slots = 0;

/** The thread's letter box: `transfer` lists the buffers of a mail that need not be copied. */
export type Post = (mail: FromWorker, transfer?: readonly ArrayBuffer[]) => void;

/** Opens what a leg sends through; `tell` posts what only that kind of port has to say. */
export type PortOpener = (request: LegRequest, tell: (news: object) => void) => Promise<Port>;

/** Says that the thread is ready, and returns what takes its mail, once; `close` ends the thread. */
export function mediaLoop(openPort: PortOpener, close: () => void, poster: Post): (mail: ToWorker) => void {
  post = poster;
  post({ kind: 'ready', raised: raisePriority() });
  return (mail) => {
    if (mail.kind === 'open') void open(mail, openPort);
    else if (mail.kind === 'close') close();
    else handle(mail);
  };
}

async function open(request: Extract<ToWorker, { kind: 'open' }>, openPort: PortOpener): Promise<void> {
  const { leg } = request;
  try {
    const port = await openPort(request, (news) => post({ kind: 'wire', leg, news }));
    const shiftMs = Number(zero - request.zeroNs) / 1e6;
    legs.set(leg, { leg: new WorkerLeg(port, () => shifted(shiftMs)), port, shiftMs });
    post({ kind: 'opened', leg, port: port.port });
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
    case 'wire':
      return found.port.obey?.(mail.order);
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
