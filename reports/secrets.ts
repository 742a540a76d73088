/** Names of environment variables whose values nobody may read in a report. */
const SECRET = /(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|CREDENTIALS?|PRIVATE_KEY)$/i;
/** Shorter values are words that may well occur by themselves. */
const SHORTEST = 6;
const HIDDEN = '***';

/**
 * `text` without the values of secret environment variables, and without a password in an address
 * (`sip:user:password@host`, RFC 3261 section 19.1.1).
 */
export function withoutSecrets(text: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  const secrets = Object.entries(env)
    .flatMap(([name, value = '']) => (SECRET.test(name) && value.length >= SHORTEST ? [value] : []))
    // The longer first: one may be part of another.
    .toSorted((a, b) => b.length - a.length);
  return secrets
    .reduce((left, secret) => left.replaceAll(secret, HIDDEN), text)
    .replaceAll(/\b(sips?:[^\s:@<>"']+):[^\s@<>"']+@/g, `$1:${HIDDEN}@`);
}
