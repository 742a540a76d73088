import type { Fault } from '../fault.ts';

const deafToBargeIn: Fault = {
  summary: 'finishes its sentence, whatever the caller says over it',
  breaks: ['stop_time', 'yield_rate'],
  apply: (parts) => ({ ...parts, manners: { ...parts.manners, bargeInMs: Infinity } }),
};

export default deafToBargeIn;
