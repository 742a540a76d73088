import { z } from 'zod';
import { compareDocument } from '../../reports/compare/document.ts';
import { calibrationDocument } from './calibrate-document.ts';
import { personFile } from './own/person-file.ts';
import { scenarioFile } from './own/scenario-file.ts';
import { scoreDocument } from './recording-document.ts';
import { truthFile } from './truth.ts';

/** The JSON Schema files that are shipped in `schemas/`, by file name. More members may follow in each; these stay. */
export const schemaFiles: Readonly<Record<string, object>> = {
  'hangup.run-1.json': schemaOf(scoreDocument, 'What hangup run, score and gate print with --json'),
  'hangup.compare-1.json': schemaOf(compareDocument, 'What hangup compare, and run of a matrix, print with --json'),
  'hangup.calibration-1.json': schemaOf(calibrationDocument, 'What hangup calibrate prints with --json'),
  'person-1.json': schemaOf(personFile, 'A person who calls: people/NAME.yaml beside a suite'),
  'scenario-1.json': schemaOf(scenarioFile, 'A reason to call: scenarios/NAME.yaml beside a suite'),
  'recording-truth-1.json': schemaOf(truthFile, 'NAME.truth.json: when the caller of the recording NAME.wav sounded'),
};

/** Of what is read: unknown members are let through. */
function schemaOf(type: z.ZodType, title: string): object {
  return { title, ...z.toJSONSchema(type, { io: 'input' }) };
}
