import { registerHooks } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const model = new URL('../../model/', import.meta.url);
const SOURCE = extname(fileURLToPath(import.meta.url));
const ours = new URL('../../../', import.meta.url).href;
let hooked = false;

/**
 * Imports a user's file. Her TypeScript is an ES module whatever her package.json says (`npm init` writes commonjs), and
 * `hangup` in it is this program, whether or not it is installed beside her.
 */
export function importOwn(file: string): Promise<unknown> {
  if (!hooked) registerHooks({ resolve });
  hooked = true;
  return import(pathToFileURL(file).href);
}

type Resolve = NonNullable<Parameters<typeof registerHooks>[0]['resolve']>;

const resolve: Resolve = (specifier, context, next) => {
  const name = specifier === 'hangup' ? 'suite' : /^hangup\/model\/([\w-]+)$/.exec(specifier)?.[1];
  if (name !== undefined) {
    return { url: pathToFileURL(join(fileURLToPath(model), `${name}${SOURCE}`)).href, shortCircuit: true };
  }
  const found = next(specifier, context);
  const theirs = found.url.startsWith('file:') && !found.url.includes('/node_modules/') && !isOurs(found.url);
  return theirs && found.url.endsWith('.ts') ? { ...found, format: 'module-typescript' } : found;
};

/** Our own sources are modules already. */
const isOurs = (url: string): boolean => url.startsWith(new URL('harness/', ours).href);
