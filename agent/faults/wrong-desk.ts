import type { Fault } from '../fault.ts';
import { billCall } from './parts/calls.ts';
import { handedOver } from './parts/together.ts';

const wrongDesk: Fault = {
  summary: 'puts callers through to the nurse, and those for the nurse to billing',
  breaks: ['route_accuracy'],
  mayMove: handedOver,
  shows: [billCall],
  apply: (parts) => ({ ...parts, route: (desk) => (desk === 'nurse' ? 'billing' : 'nurse') }),
};

export default wrongDesk;
