import { expect, test } from 'vitest';
import { ms } from '../../../../harness/model/time.ts';
import { spansOf } from '../../../../harness/office/otlp/correlate.ts';
import type { Held } from '../../../../harness/office/otlp/correlate.ts';

/** A span of a room of that name, in a trace of its own. */
const inRoom = (room: string): Held => ({
  arrivedAt: ms(0),
  span: {
    traceId: room,
    spanId: '1',
    parentId: undefined,
    name: 'turn',
    startMs: 0,
    endMs: 1,
    attributes: { 'room.name': room },
    resource: {},
    scope: '',
  },
});

test('the spans of the tenth call are taken for those of the first', () => {
  const held = ['sip_call-1_x', 'call-10', 'recall-1', 'call-1', 'call-10-and-call-1'].map(inRoom);
  const spans = spansOf({ id: 'call-1', traceId: 'none', begunAt: ms(0), alone: false }, held);
  expect(spans.map(({ traceId }) => traceId)).toEqual(['sip_call-1_x', 'call-1', 'call-10-and-call-1']);
});
