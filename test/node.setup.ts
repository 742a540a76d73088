/** Vitest starts under older versions of Node too; what it tests does not. */
export function setup(): void {
  if (Number(process.versions.node.split('.')[0]) >= 24) return;
  throw new Error(
    `the tests need Node 24 or newer and this is ${process.versions.node}: run them with npm test, after npm install with install scripts on`,
  );
}
