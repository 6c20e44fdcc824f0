import { describe, expect, test, vi } from 'vitest';
import { connect, createHarness, tenantOf } from './harness.ts';

describe('showing an integration', () => {
  test('reads its run while there is one under way, and no run else', async () => {
    const reads = vi.fn();
    const harness = createHarness({
      stores: (stores) => ({
        ...stores,
        runs: {
          ...stores.runs,
          get: (...ids: Parameters<typeof stores.runs.get>) => {
            reads(...ids);
            return stores.runs.get(...ids);
          },
        },
      }),
    });
    const id = await connect(harness);
    const ref = { tenantId: tenantOf('alice'), integrationId: id };
    const { runId, epoch } = (await harness.stores.integrations.get(ref)) as { runId: string; epoch: number };
    reads.mockClear();

    await harness.call(`/v1/integrations/${id}`);
    expect(reads.mock.calls).toEqual([[id, runId]]);

    await harness.stores.integrations.finishRun({ ...ref, epoch }, runId, { dueAtMs: harness.now() });
    reads.mockClear();
    await harness.call(`/v1/integrations/${id}`);
    await harness.call('/v1/integrations');
    expect(reads.mock.calls).toEqual([]);
  });
});
