import type { Fault } from '../fault.ts';

const forgetsCorrection: Fault = {
  summary: 'keeps the first value it heard when the caller changes her mind',
  breaks: ['change_of_mind', 'task_success'],
  apply: (parts) => ({ ...parts, policy: { ...parts.policy, revise: (held, told) => ({ ...told, ...held }) } }),
};

export default forgetsCorrection;
