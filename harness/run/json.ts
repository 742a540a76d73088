/**
 * JSON with sorted keys and numbers rounded to 0.01, one member a line, ending in a newline:
 * the same values give the same bytes. `undefined` members are left out.
 */
export function sortedJson(value: unknown): string {
  return `${JSON.stringify(tidy(value), undefined, 1)}\n`;
}

function tidy(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * 100) / 100 + 0;
  if (Array.isArray(value)) return value.map(tidy);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, tidy(member)]),
  );
}
