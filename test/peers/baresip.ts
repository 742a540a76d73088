import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeWav, encodeWav } from '../../harness/model/wav.ts';
import { after } from '../../harness/model/time.ts';
import type { Certificate } from '../wire/certificates.ts';
import { clock } from '../wire/lines.ts';
import type { Namespace } from './namespace.ts';

/** How baresip answers. */
export interface Answers {
  /** As baresip names it, e.g. `G722/16000/1`. */
  readonly codec: string;
  /** Of the codec, which its files have too. */
  readonly rate: number;
  /** `srtp-mand` for encrypted audio only. */
  readonly encryption?: 'srtp-mand';
  /** Takes calls over TLS too, on the port after its own. */
  readonly certificate?: Certificate;
  /** What it says, again and again. */
  readonly says: Int16Array;
}

/** A baresip that answers calls. */
export interface Baresip {
  readonly address: string;
  /** Where it takes calls over TLS. */
  readonly tlsAddress: string;
  /** Resolves when it has written a line like that. */
  wrote(pattern: RegExp): Promise<void>;
  /** What it heard, after its codec. */
  heard(): Int16Array;
  close(): Promise<void>;
}

/** How long it may take to write what it is waited for. */
const PATIENCE_MS = 8_000;

const MODULES = [
  '/usr/lib/baresip/modules',
  '/usr/lib/x86_64-linux-gnu/baresip/modules',
  '/usr/local/lib/baresip/modules',
];

/** Starts one in `room`; resolves when it takes calls. */
export async function startBaresip(room: Namespace, answers: Answers): Promise<Baresip> {
  const folder = mkdtempSync(join(tmpdir(), 'hangup-baresip-'));
  const dump = join(folder, 'dump');
  mkdirSync(dump);
  writeFileSync(join(folder, 'says.wav'), encodeWav([answers.says], answers.rate));
  const { certificate } = answers;
  const chain = join(folder, 'chain.pem');
  if (certificate) writeFileSync(chain, certificate.key + certificate.cert);
  const own = certificate ? [`sip_certificate ${chain}`] : [];
  writeFileSync(join(folder, 'config'), [...own, configOf(folder, room.far, answers.rate)].join('\n'));
  const encryption = answers.encryption ? `;mediaenc=${answers.encryption}` : '';
  const account = `<sip:agent@${room.far}:5062>;regint=0;answermode=auto;audio_codecs=${answers.codec}${encryption}`;
  writeFileSync(join(folder, 'accounts'), `${account}\n`);
  writeFileSync(join(folder, 'contacts'), '');
  const [program, args] = room.inside(['baresip', '-f', folder]);
  const child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      for (const look of watchers) look();
    });
  }
  const wrote = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = after(clock.now(), PATIENCE_MS);
      void clock.sleepUntil(late).then(() => reject(new Error(`baresip never wrote ${pattern}:\n${said}`)));
      const look = (): void => {
        if (pattern.test(said)) resolve();
      };
      watchers.add(look);
      child.once('exit', () => reject(new Error(`baresip ended before it wrote ${pattern}:\n${said}`)));
      look();
    });
  await wrote(/baresip is ready/);
  return {
    address: `sip:agent@${room.far}:5062`,
    tlsAddress: `sip:agent@${room.far}:5063`,
    wrote,
    heard: () => {
      const file = readdirSync(dump).find((name) => name.endsWith('-dec.wav'));
      if (file === undefined) throw new Error(`baresip kept nothing of what it heard:\n${said}`);
      return decodeWav(readFileSync(join(dump, file)), file).channels[0] ?? new Int16Array(0);
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configOf(folder: string, host: string, rate: number): string {
  const modules = ['g711', 'g722', 'opus', 'srtp', 'aufile', 'sndfile'];
  return [
    `sip_listen ${host}:5062`,
    `audio_source aufile,${join(folder, 'says.wav')}`,
    `ausrc_srate ${rate}`,
    `auplay_srate ${rate}`,
    'ausrc_channels 1',
    'auplay_channels 1',
    'audio_buffer 20-160',
    'rtp_ports 10000-10100',
    'jitter_buffer_delay 5-10',
    `module_path ${MODULES.find(isThere) ?? MODULES[0]}`,
    ...modules.map((module) => `module ${module}.so`),
    `snd_path ${join(folder, 'dump')}`,
    'module_app account.so',
    'module_app menu.so',
    'opus_stereo no',
    'opus_sprop_stereo no',
    '',
  ].join('\n');
}

function isThere(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}
