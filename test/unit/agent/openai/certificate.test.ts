import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { selfSigned } from '../../../../agent/openai/certificate.ts';

test.each(['localhost', 'front-desk.local', '127.0.0.2', '::1'])(
  'a server at %s cannot prove that it is there, or leaves its certificate behind',
  async (host) => {
    const { cert, file, remove } = await selfSigned(host);
    const made = new X509Certificate(cert);
    expect(made.checkHost(host) ?? made.checkIP(host)).toBe(host);
    expect(made.checkHost('localhost')).toBe('localhost');
    expect(made.checkIP('127.0.0.1')).toBe('127.0.0.1');
    remove();
    expect(existsSync(file)).toBe(false);
  },
);
