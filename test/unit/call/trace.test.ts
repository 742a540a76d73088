import { expect, test } from 'vitest';
import { traceparent } from '../../../harness/call/trace.ts';

test('a call has the same trace whenever it is asked for, and no other call has it', () => {
  const one = traceparent('demo-1', 'paula-1');
  expect(one).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(traceparent('demo-1', 'paula-1')).toBe(one);
  expect(traceparent('demo-2', 'paula-1')).not.toBe(one);
  expect(traceparent('demo-1', 'paula-2')).not.toBe(one);
  expect(traceparent('demo-1p', 'aula-1')).not.toBe(traceparent('demo-1', 'paula-1'));
});
