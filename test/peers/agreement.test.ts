import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tracksOf } from '../../harness/call/record.ts';
import sip from '../../harness/lines/sip.ts';
import type { Leg, Line, Transport } from '../../harness/model/line.ts';
import { PEER_ROW_FILE } from '../../harness/run/peer-row.ts';
import type { PeerRow } from '../../harness/run/peer-row.ts';
import { speechRegions } from '../../harness/speech/vad.ts';
import { detectActivity } from '../../metrics/activity/detect.ts';
import { quantile } from '../../metrics/statistics/quantile.ts';
import { clock, context } from '../wire/lines.ts';
import { needProgram } from './need.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const BURSTS = 20;
const SCRIPT = { pcap: here('./known_pcap.py'), capture: here('./capture.py'), scenario: here('./sipp/known.xml') };

/** Packet sockets need root or CAP_NET_RAW, and SIPp's pcap player the same. */
const mayCapture =
  spawnSync('python3', ['-c', 'import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)']).status === 0;
if (!mayCapture) process.stderr.write('not run, python3 may not open a packet socket: see the skipped tests\n');
const withCapture = test.skipIf(!needProgram('sipp') || !mayCapture);

let transport: Transport;
let folder = '';
beforeAll(async () => {
  transport = await sip.open(clock);
  folder = mkdtempSync(join(tmpdir(), 'hangup-agreement-'));
});
afterAll(async () => {
  await transport.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What known_pcap.py says it wrote. */
interface Known {
  readonly ssrc: number;
  readonly firstStamp: number;
  readonly seconds: number;
  readonly bursts: readonly (readonly [from: number, to: number])[];
}

/** A packet as the capture saw it arrive, ms on the test's clock. */
interface Captured {
  readonly stamp: number;
  readonly payloadType: number;
  readonly at: number;
}

function knownPcap(): Known {
  const made = spawnSync('python3', [SCRIPT.pcap, join(folder, 'known.pcap'), String(BURSTS)], { encoding: 'utf8' });
  expect(made.status, made.stderr).toBe(0);
  return JSON.parse(made.stdout) as Known;
}

/** Begins to capture the RTP source `ssrc`; resolves once it listens. */
async function capturing(ssrc: number, seconds: number): Promise<{ readonly packets: Promise<readonly Captured[]> }> {
  const child = spawn('python3', [SCRIPT.capture, String(ssrc), String(seconds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  const packets: Captured[] = [];
  await once(lines, 'line');
  lines.on('line', (line) => {
    const [, stamp = '', payloadType = '', at = ''] = line.split(' ');
    packets.push({
      stamp: Number(stamp),
      payloadType: Number(payloadType),
      at: Number(BigInt(at) - clock.zeroNs) / 1e6,
    });
  });
  return { packets: once(child, 'close').then(() => packets) };
}

/** SIPp calls, plays the capture and hangs up. */
async function played(known: Known, media: number): Promise<Leg> {
  const answered = Promise.withResolvers<Line>();
  const at = await transport.listen('sip:agent@127.0.0.1:0', (call) => answered.resolve(call.accept(context())));
  const port = /:(\d+)$/.exec(at.address)?.[1] ?? '';
  const lasts = String(Math.ceil(known.seconds * 1000) + 500);
  writeFileSync(join(folder, 'known.xml'), readFileSync(SCRIPT.scenario, 'utf8').replace('PLAY_MS', lasts));
  const always = ['-sf', 'known.xml', '-i', '127.0.0.1', '-mi', '127.0.0.1', '-m', '1', '-nostdin', '-timeout', '60s'];
  const words = [...always, '-mp', String(media), '-s', 'agent', `127.0.0.1:${port}`];
  const child = spawn('sipp', words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => (complaint += bytes.toString()));
  void once(child, 'close').then(() => answered.reject(new Error(`SIPp placed no call: ${complaint}`)));
  const line = await answered.promise;
  await line.ended;
  child.kill();
  await at.close();
  return line.leg();
}

/** Where the capture puts sample `stamp` of the file: by the packet that was least late, as ours does, in a dozen lines. */
function captureClock(packets: readonly Captured[], known: Known): (sample: number) => number {
  const audio = packets.filter(({ payloadType }) => payloadType === 0);
  const origin = Math.min(...audio.map(({ stamp, at }) => at - (stamp - known.firstStamp) / 8));
  return (sample) => origin + sample / 8;
}

function rowOf(measured: string, errors: readonly number[]): PeerRow {
  const sizes = errors.map(Math.abs);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const bias = mean(errors);
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return {
    measured,
    n: errors.length,
    biasMs: round(bias),
    sdMs: round(Math.sqrt(mean(errors.map((error) => (error - bias) ** 2)))),
    medianAbsMs: round(quantile(sizes, 0.5) ?? NaN),
    p95AbsMs: round(quantile(sizes, 0.95) ?? NaN),
    maxAbsMs: round(Math.max(...sizes)),
  };
}

withCapture(
  'a packet capture of a known file played by SIPp and our scorer put its sounds at the same instants, within 2 ms',
  async () => {
    const known = knownPcap();
    const media = 20_000 + 2 * (process.pid % 10_000);
    const captured = await capturing(known.ssrc, known.seconds + 8);
    const leg = await played(known, media);
    const timeOf = captureClock(await captured.packets, known);
    const zero = leg.sent[0]?.at ?? clock.now();
    const { agent } = await detectActivity(tracksOf(leg, zero), undefined, [], speechRegions);
    expect(agent).toHaveLength(BURSTS);
    const errorsAt = (edge: 'onset' | 'stop', side: 0 | 1): readonly number[] =>
      known.bursts.map((burst, n) => (agent[n]?.[edge] ?? NaN) + zero - timeOf(burst[side]));
    const rows = [rowOf('onset', errorsAt('onset', 0)), rowOf('stop', errorsAt('stop', 1))];
    if (process.env['HANGUP_KEEP_ROW'] === '1') {
      writeFileSync(here(`../../${PEER_ROW_FILE}`), `${JSON.stringify(rows, undefined, 2)}\n`);
    }
    process.stdout.write(`${JSON.stringify(rows)}\n`);
    for (const row of rows) expect(row.p95AbsMs, JSON.stringify(row)).toBeLessThanOrEqual(2);
  },
  90_000,
);
