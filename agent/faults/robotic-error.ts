import type { Fault } from '../fault.ts';
import { again, result } from './parts/together.ts';

const ERROR = 'Error. Your input is invalid. Please repeat that.';

const roboticError: Fault = {
  summary: 'meets everything it does not understand with the same error message, and never gets a person',
  breaks: ['asked_differently'],
  mayMove: [...again, ...result],
  shows: [{ persona: 'mumbling-martin', scenario: 'book-cleaning' }],
  apply: (parts) => ({ ...parts, policy: { ...parts.policy, repair: () => ({ kind: 'ask', text: ERROR }) } }),
};

export default roboticError;
