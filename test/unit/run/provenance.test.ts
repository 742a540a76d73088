import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { manifestOf } from '../../../harness/run/provenance.ts';
import type { RunPlan } from '../../../harness/run/provenance.ts';
import { KOKORO, wantedModel } from '../../../harness/speech/transformers/models.ts';

test('a run does not tell which weights its agent spoke with', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hangup-provenance-'));
  vi.stubEnv('HANGUP_MODELS', folder);
  const model = wantedModel(KOKORO, { model: 'af_test' });
  for (const file of [...model.files, 'onnx/model.onnx']) {
    const path = join(folder, model.repo, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file);
  }
  const plan = {
    suite: { name: 'some', gates: 'starter', ear: 'whisper:tiny' },
    plans: [],
    seed: 1,
    faults: [],
    makeup: { voice: 'kokoro:af_test', ear: 'openai:whisper-1' },
  } as unknown as RunPlan;
  const { versions } = manifestOf(plan, { line: 'loopback', time: 'virtual', target: 'reference' });
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  const weights = createHash('sha256').update('onnx/model.onnx').digest('hex');
  expect(versions['kokoro:af_test']).toMatch(`${model.repo}@unknown revision config.json sha256:`);
  expect(versions['kokoro:af_test']).toContain(`onnx/model.onnx sha256:${weights}`);
  expect(Object.keys(versions)).not.toContain('whisper:tiny');
});
