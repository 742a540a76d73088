/** A payment card's number has 13 to 19 digits (ISO/IEC 7812-1), in groups or not. */
const CARD = /\d(?:[ -]?\d){12,18}/g;

/** Keys, tokens and passwords as they are written down. */
const SECRETS: readonly RegExp[] = [
  /\b(?:password|passcode|pin|cvv|cvc)\b["']?\s*[:=]?\s*["']?\d{3,}/i,
  /\b(?:password|secret|api[_-]?key|token)\b["']?\s*[:=]\s*["']?\S{6,}/i,
  /\b(?:sk|pk|ghp|xox[abp])[-_][A-Za-z0-9_-]{16,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
];

/** "a card number" when `text` holds one that passes the check digit of ISO/IEC 7812-1; else undefined. */
export function cardNumberIn(text: string): string | undefined {
  const numbers = [...text.matchAll(CARD)].map(([digits]) => digits.replace(/\D/g, ''));
  return numbers.some(luhn) ? 'a card number' : undefined;
}

/** "a password or key" when `text` holds what looks like one; else undefined. */
export const secretIn = (text: string): string | undefined =>
  SECRETS.some((pattern) => pattern.test(text)) ? 'a password or key' : undefined;

function luhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, i) => {
    const twice = i % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0;
}
