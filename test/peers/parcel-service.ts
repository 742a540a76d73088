import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordPrompts } from './prompts.ts';

/** What the parcel service was recorded to say; a synthetic voice stands for the recordings. */
const PROMPTS = [
  'Welcome to Swift Parcels. How can I help you today?',
  'Thank you. Please tell me the number of your parcel.',
  'Your parcel is on its way, and will be with you tomorrow. Which name is it for?',
  'Thank you. Is there anything else I can do for you?',
  'Thank you for calling Swift Parcels. Goodbye.',
];

/** A digest-protected SIPp agent over TCP that plays recorded prompts. */
export interface ParcelService {
  readonly address: string;
  /** What SIP_USER and SIP_PASSWORD must be. */
  readonly credentials: { readonly SIP_USER: string; readonly SIP_PASSWORD: string };
  close(): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1. */
export async function openParcelService(): Promise<ParcelService> {
  const folder = await mkdtemp(join(tmpdir(), 'hangup-parcels-'));
  await recordPrompts(folder, PROMPTS);
  await copyFile(fileURLToPath(new URL('./sipp/parcel.xml', import.meta.url)), join(folder, 'parcel.xml'));
  const port = await freePort();
  const words = ['-sf', 'parcel.xml', '-t', 't1', '-i', '127.0.0.1', '-mi', '127.0.0.1', '-p', `${port}`, '-nostdin'];
  const child = spawn('sipp', [...words, '-timeout', '900s'], {
    cwd: folder,
    stdio: 'ignore',
  });
  const gone = once(child, 'close');
  return {
    address: `sip:parcels@127.0.0.1:${port};transport=tcp`,
    credentials: { SIP_USER: 'eval', SIP_PASSWORD: 'four-and-twenty' },
    close: async () => {
      child.kill('SIGKILL');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A TCP port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  server.close();
  await once(server, 'close');
  if (at === null || typeof at === 'string') throw new Error('no port');
  return at.port;
}
