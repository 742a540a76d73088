import { realClock } from '../harness/clock/real.ts';
import type { CallContext, Codec, Leg, Line } from '../harness/model/line.ts';
import { after } from '../harness/model/time.ts';
import { codecNamed } from '../harness/run/codecs.ts';
import { entry, lines } from '../harness/run/registry.ts';

/*
 * How exactly a line sends when many calls go on at once, both ends in this process:
 *   node scripts/line-load.ts [line] [calls] [seconds] [codec]
 *   node scripts/line-load.ts webrtc 60 20 opus
 * Prints what was lost, how late packets left, and how far apart arrivals were from 20 ms.
 */

const [name = 'webrtc', calls = '20', seconds = '10', codec = 'opus'] = process.argv.slice(2);
const clock = realClock();
const kind = entry(await lines(), name, 'line');
if (!kind.at) throw new Error(`nobody can be called on the line ${name}`);

const context = (seed: number, named: Codec): CallContext => ({
  clock,
  signal: new AbortController().signal,
  phone: { codec: named, otherCodecs: [], loss: 0, ...(named === 'opus' && { band: 'wide' as const }) },
  seed,
  headers: {},
});

const transport = await kind.open(clock);
const answered: Promise<Line>[] = [];
const place = await transport.listen(kind.at('load', 0), (call) => {
  answered.push(call.accept(context(1_000 + answered.length, codecNamed(codec))));
});
const begun = clock.now();
const dialled: Line[] = [];
for (let n = 0; n < Number(calls); n++) {
  dialled.push(await transport.dial({ address: place.address }, context(n, codecNamed(codec))));
}
const setUp = (clock.now() - begun) / Number(calls);
const every = [...dialled, ...(await Promise.all(answered))];
for (const line of every) void drained(line);
const spent = process.cpuUsage();
await clock.sleepUntil(after(clock.now(), Number(seconds) * 1_000));
const cpu = process.cpuUsage(spent);
await Promise.all(dialled.map((line) => line.hangUp()));
await Promise.all(every.map((line) => line.ended));
const legs = every.map((line) => line.leg());
await place.close();
await transport.close();

const late = legs.flatMap(({ sent }) => sent.map(({ at, dueAt }) => at - dueAt));
const gaps = legs.flatMap(arrivalGaps);
const lost = legs.reduce((sum, leg) => sum + leg.lost.reduce((all, { from, to }) => all + to - from, 0), 0);
const endings = await Promise.all(every.map((line) => line.ended));
process.stdout.write(
  `${JSON.stringify({
    line: name,
    codec,
    calls: Number(calls),
    setUpMs: rounded(setUp),
    sent: legs.reduce((sum, { sent }) => sum + sent.length, 0),
    received: legs.reduce((sum, { received }) => sum + received.length, 0),
    lostMs: rounded(lost / 16),
    lateMs: quantiles(late),
    gapOffMs: quantiles(gaps),
    hungUp: endings.filter(({ reason }) => reason === 'hung-up').length,
    mainCpuPercent: rounded((100 * (cpu.user + cpu.system)) / 1e3 / (Number(seconds) * 1_000)),
  })}\n`,
);

async function drained(line: Line): Promise<void> {
  for await (const _item of line.incoming);
}

/** How far the time between two neighbours' arrivals is from what their timestamps say, ms. */
function arrivalGaps({ received }: Leg): readonly number[] {
  return received.slice(1).flatMap((packet, i) => {
    const before = received[i];
    return before && packet.seq === before.seq + 1 ? [Math.abs(packet.at - before.at - 20)] : [];
  });
}

function quantiles(values: readonly number[]): Readonly<Record<string, number>> {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (p: number): number => rounded(sorted[Math.floor((sorted.length - 1) * p)] ?? Number.NaN);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
