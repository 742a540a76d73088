import { prompt } from '../chat/prompt.ts';
import { tools } from '../chat/tools.ts';
import type { LinkOrders } from './link.ts';

const TELEPHONE = { type: 'audio/pcmu' } as const;

/** Turns are the server's, by meaning; what it hears and says is a telephone's sound. */
export const setup: LinkOrders['session'] = {
  type: 'realtime',
  instructions: prompt,
  output_modalities: ['audio'],
  tools: tools.map((tool) => ({ type: 'function' as const, ...tool })),
  audio: {
    input: {
      format: TELEPHONE,
      transcription: { model: 'gpt-4o-mini-transcribe' },
      turn_detection: { type: 'semantic_vad', create_response: true, interrupt_response: true },
    },
    output: { format: TELEPHONE },
  },
};
