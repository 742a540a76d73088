import type { Fault } from '../fault.ts';
import { again, result } from './parts/together.ts';

const noFallback: Fault = {
  summary: 'never asks again: goes on as if it had understood',
  breaks: ['fallback_recall'],
  mayMove: [...again, ...result],
  shows: [{ persona: 'mumbling-martin', scenario: 'book-cleaning' }],
  apply: (parts) => ({ ...parts, policy: { ...parts.policy, repair: () => ({ kind: 'go-on' }) } }),
};

export default noFallback;
