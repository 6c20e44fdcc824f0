import type { Integration } from '#core/integration.ts';

/** Whether a run may still act for an integration. */
export function holdsFence(
  integration: Integration,
  run: { readonly epoch: number; readonly runId: string },
): boolean {
  return !integration.deleting && integration.epoch === run.epoch && integration.runId === run.runId;
}
