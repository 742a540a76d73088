/** The header that carries a call's context from one desk to the next (RFC 7433). */
export const UUI_HEADER = 'User-to-User';

/** Header value for `context`: hexadecimal, as RFC 7433 section 4.1 wants it. */
export const encodeUui = (context: string): string => `${Buffer.from(context, 'utf8').toString('hex')};encoding=hex`;

/** What a User-to-User value says; undefined when it is empty or broken. Hex unless it names another encoding. */
export function decodeUui(value: string | undefined): string | undefined {
  const [data = '', ...parameters] = (value ?? '').split(';').map((part) => part.trim());
  const content = data.replace(/^"|"$/g, '');
  const encoding = parameters.find((parameter) => /^encoding=/i.test(parameter))?.slice('encoding='.length);
  if (content === '') return undefined;
  if (encoding !== undefined && encoding.toLowerCase() !== 'hex') return content;
  if (!/^(?:[0-9a-f]{2})+$/i.test(content)) return undefined;
  return Buffer.from(content, 'hex').toString('utf8');
}
