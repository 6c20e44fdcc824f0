import type { Groups } from '../figures/groups.ts';

/** Every group of the bench; the longest begin first, since two run at a time. */
export const GROUPS: Groups = {
  limits: { load: async () => (await import('./limits.ts')).toLimits(1 / 4) },
  fairness: { load: async () => (await import('./fairness.ts')).toFairness(['gandi']) },
  calls: { load: async () => (await import('./calls.ts')).toCalls(['godaddy']), process: 'syncs' },
  time: { load: async () => (await import('./time.ts')).toTime(['godaddy']), process: 'syncs' },
  'first-rows': { load: async () => (await import('./first-rows.ts')).firstRows },
  workflow: { load: async () => (await import('./workflow.ts')).workflow, process: 'syncs' },
  writes: { load: async () => (await import('./writes.ts')).writes },
  cost: { load: async () => (await import('./cost.ts')).toCosts(1_000) },
  'cold-start': { load: async () => (await import('./cold-start.ts')).coldStart, alone: true },
  memory: { load: async () => (await import('./memory.ts')).memory, alone: true },
  api: { load: async () => (await import('./api.ts')).api, alone: true },
  local: { load: async () => (await import('./local.ts')).local, alone: true },
};
