import type { Fault } from '../fault.ts';

const noFallback: Fault = {
  summary: 'never asks again: goes on as if it had understood',
  breaks: ['fallback_recall'],
  apply: (parts) => ({ ...parts, policy: { ...parts.policy, repair: () => ({ kind: 'go-on' }) } }),
};

export default noFallback;
