import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A certificate made for this start, its own authority. */
export interface Certificate {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
  /** The certificate's file, to be given to `NODE_EXTRA_CA_CERTS`. */
  readonly file: string;
  /** Removes the file. */
  remove(): void;
}

/** Makes a certificate for `host` and for this machine by its usual names. */
export async function selfSigned(host: string): Promise<Certificate> {
  const names = [...new Set([host, 'localhost', '127.0.0.1', '::1'])];
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Hangup, local' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.filter((name) => isIP(name) === 0).map((value) => ({ type: 2, value }) as const),
          ...names.filter((name) => isIP(name) > 0).map((ip) => ({ type: 7, ip }) as const),
        ],
      },
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), 'hangup-openai-'));
  const file = join(folder, 'ca.pem');
  writeFileSync(file, cert);
  return { cert, key, file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
