import { spawnSync } from 'node:child_process';

/** A network of its own for a program that will not use the loopback interface, joined to ours by a private link. */
export interface Namespace {
  /** Ours and theirs on the link. */
  readonly near: string;
  readonly far: string;
  /** The command that runs `command` in there. */
  inside(command: readonly string[]): readonly [string, readonly string[]];
  close(): void;
}

/** Makes one. Throws an Error that says which step failed and why. */
export function openNamespace(): Namespace {
  const tag = process.pid % 50_000;
  const [name, ours, theirs] = [`hangup-${tag}`, `hgp${tag}a`, `hgp${tag}b`];
  const link = `10.213.${tag % 250}`;
  const close = (): void => {
    spawnSync('ip', ['netns', 'del', name]);
    spawnSync('ip', ['link', 'del', ours]);
  };
  const steps = [
    `netns add ${name}`,
    `link add ${ours} type veth peer name ${theirs}`,
    `link set ${theirs} netns ${name}`,
    `addr add ${link}.1/30 dev ${ours}`,
    `link set ${ours} up`,
    `-n ${name} addr add ${link}.2/30 dev ${theirs}`,
    `-n ${name} link set ${theirs} up`,
    `-n ${name} link set lo up`,
  ];
  for (const step of steps) {
    const { status, stderr } = spawnSync('ip', step.split(' '), { encoding: 'utf8' });
    if (status === 0) continue;
    close();
    throw new Error(`ip ${step}: ${stderr.trim()}`);
  }
  return {
    near: `${link}.1`,
    far: `${link}.2`,
    inside: (command) => ['ip', ['netns', 'exec', name, ...command]],
    close,
  };
}

/** Whether network namespaces can be made here; says by name what forbids it. */
export function needNamespaces(): boolean {
  try {
    openNamespace().close();
    return true;
  } catch (error) {
    process.stderr.write(
      `not run, no permission to make network namespaces (${String(error)}): see the skipped tests\n`,
    );
    return false;
  }
}
