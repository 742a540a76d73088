import type { Fault } from '../fault.ts';

const wrongDesk: Fault = {
  summary: 'puts callers through to the nurse, and those for the nurse to billing',
  breaks: ['route_accuracy'],
  apply: (parts) => ({ ...parts, route: (desk) => (desk === 'nurse' ? 'billing' : 'nurse') }),
};

export default wrongDesk;
