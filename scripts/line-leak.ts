import { readdirSync, readFileSync } from 'node:fs';
import { realClock } from '../harness/clock/real.ts';
import type { CallContext, IncomingCall } from '../harness/model/line.ts';
import { after } from '../harness/model/time.ts';
import { entry, lines } from '../harness/run/registry.ts';

/*
 * Whether short calls leave anything behind:
 *   node scripts/line-leak.ts [line] [calls] [at once]
 *   node --expose-gc scripts/line-leak.ts webrtc 500 10
 * Prints what this process has on its heap once the rubbish is out, then memory and open files of it and of those it
 * started, as the calls go by. Ends by itself with code 0.
 */

const [name = 'webrtc', calls = '500', atOnce = '10'] = process.argv.slice(2);
const clock = realClock();
const kind = entry(await lines(), name, 'line');
if (!kind.at) throw new Error(`nobody can be called on the line ${name}`);

const context = (seed: number): CallContext => ({
  clock,
  signal: new AbortController().signal,
  phone: { codec: 'opus', otherCodecs: ['PCMU'], loss: 0 },
  seed,
  headers: {},
});

const transport = await kind.open(clock);
const place = await transport.listen(kind.at('leak', 0), (call) => {
  void answered(call).catch(complain);
});
let failed = 0;
let placed = 0;
report();
while (placed < Number(calls)) {
  await Promise.all(Array.from({ length: Number(atOnce) }, (_, n) => short(placed + n)));
  placed += Number(atOnce);
  if (placed % 100 === 0) report();
}
await place.close();
await transport.close();

/** A call of 200 ms. */
async function short(seed: number): Promise<void> {
  try {
    const line = await transport.dial({ address: place.address }, context(seed));
    await clock.sleepUntil(after(clock.now(), 200));
    await line.hangUp();
  } catch (error) {
    failed++;
    complain(error);
  }
}

async function answered(call: IncomingCall): Promise<void> {
  const line = await call.accept(context(1));
  for await (const _item of line.incoming);
}

function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

function report(): void {
  const processes = [process.pid, ...childrenOf(process.pid)];
  globalThis.gc?.();
  const heap = Math.round(process.memoryUsage().heapUsed / 1e5) / 10;
  const rows = processes.map((pid) => `${megabytes(pid)} MB ${readdirSync(`/proc/${pid}/fd`).length} files`);
  process.stdout.write(`${placed} calls, ${failed} failed, heap ${heap} MB: ${rows.join('; ')}\n`);
}

function childrenOf(pid: number): readonly number[] {
  const said = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return said === '' ? [] : said.split(' ').map(Number);
}

function megabytes(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1_000);
}
