import type { LineKind } from '../model/line.ts';
import { Switchboard } from './loopback/switchboard.ts';

/** Calls inside the process, through the phone's codec, in real or virtual time. */
const loopback: LineKind = {
  summary: 'in-process calls through the telephone codec, in real or virtual time; no network',
  time: 'any',
  timing: 'exact',
  scheme: 'loopback',
  open: async () => new Switchboard(),
};

export default loopback;
