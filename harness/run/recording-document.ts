import { z } from 'zod';
import { runDocument } from '../../reports/json.ts';

/** What the document says of one recording, beside what it says of any call. */
const recordingDetails = z.object({
  path: z.string().describe("the recording as it was named; the agent's file of two mono ones"),
  callerPath: z.string().optional().describe("the caller's file of two mono ones"),
  caller: z.enum(['left', 'right']).optional().describe('the channel taken for the caller'),
  callerTold: z.boolean().optional().describe('false: nobody said which channel is the caller, left was taken'),
  truth: z
    .enum(['file', 'detected'])
    .describe("where the caller's times come from: NAME.truth.json, or the detector, which widens every uncertainty"),
  clock: z
    .literal('recorder')
    .describe(
      "times are the recorder's: a platform that records its own calls may have them hundreds of ms early against the wire",
    ),
  turns: z.array(
    z.object({
      callerEndMs: z.number(),
      agentOnsetMs: z.number().optional(),
      latencyMs: z.number().optional().describe('agentOnsetMs - callerEndMs; negative when the reply came early'),
      uMs: z.number().optional(),
      outcome: z
        .enum(['replied', 'overlapped', 'caller-went-on', 'recording-ended', 'agent-hung-up', 'no-reply'])
        .describe('overlapped: the agent was speaking when she ended; no-reply: none in 10 s'),
    }),
  ),
  stimuli: z.array(
    z.object({
      kind: z.string(),
      onsetMs: z.number(),
      stopMs: z.number().optional().describe('from onsetMs to where the agent stopped, when it did within 2 s'),
      yielded: z.boolean().nullable().describe('null: the agent was not speaking, so there was nothing to stop'),
      uMs: z.number().optional(),
    }),
  ),
});

/** What `hangup score` says of one recording. */
export type RecordingDetails = z.infer<typeof recordingDetails>;

/** `hangup.run/1` as `hangup score` prints it of recordings; calls of a run lack the recordings' members. */
export const scoreDocument = runDocument.extend({
  notes: z.array(z.string()).optional().describe('what to know before using the figures'),
  calls: z.array(runDocument.shape.calls.element.extend(recordingDetails.partial().shape)),
});
