import { UsageError } from '../../../harness/model/errors.ts';

/** The number in `fault=ARG`, or `usual` without one. Throws UsageError for anything but a number above `least`. */
export function numberOf(fault: string, unit: string, arg: string | undefined, usual: number, least = 0): number {
  if (arg === undefined) return usual;
  const value = Number(arg);
  if (arg.trim() !== '' && Number.isFinite(value) && value > least) return value;
  const example = Number.isFinite(usual) ? usual : 600;
  throw new UsageError(`the fault ${fault}=${arg} needs ${unit}, e.g. ${fault}=${example}`);
}
