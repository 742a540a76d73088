/** A name as part of an address or a file's name. */
export const fileName = (id: string): string => id.replaceAll(/[^\w.-]/g, '_');

/** The files of a call on the site are `calls/<this>.json`, `.wav` and so on. */
export const callFile = (run: string, call: string): string => `${fileName(run)}/${fileName(call)}`;

/** Address of a call's page, at an instant of it in ms. */
export function callAddress(run: string, call: string, at?: number): string {
  const instant = at === undefined ? '' : `#t=${(at / 1000).toFixed(2)}`;
  return `./call.html?id=${callFile(run, call)}${instant}`;
}
