import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Hangup, local' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          ...[...new Set([host, '127.0.0.1', '::1'])].map((ip) => ({ type: 7, ip }) as const),
        ],
      },
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), 'hangup-openai-'));
  const file = join(folder, 'ca.pem');
  writeFileSync(file, cert);
  return { cert, key, file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
