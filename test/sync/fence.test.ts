import { expect, test } from 'vitest';
import { holdsFence } from '#sync/fence.ts';
import { toIntegration } from '#test/store/fixtures.ts';

const held = toIntegration({ epoch: 4, runId: 'run1' });
const run = { epoch: 4, runId: 'run1' };

test.each([
  ['its own run', held, run, true],
  ['a run of an older epoch', held, { ...run, epoch: 3 }, false],
  ['a run of a later epoch', held, { ...run, epoch: 5 }, false],
  ['another run', held, { ...run, runId: 'run2' }, false],
  ['its own run, but it is being deleted', { ...held, deleting: true }, run, false],
  ['nobody', { ...held, runId: null }, run, false],
])('an integration is held by %s: %o', (_who, integration, asking, expected) => {
  expect(holdsFence(integration, asking)).toBe(expected);
});
