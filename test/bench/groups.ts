import type { Groups } from '../figures/groups.ts';

/** Every group of the bench. */
export const GROUPS: Groups = {
  calls: { load: async () => (await import('./calls.ts')).calls, process: 'syncs' },
  limits: { load: async () => (await import('./limits.ts')).limits },
  time: { load: async () => (await import('./time.ts')).time, process: 'syncs' },
  'first-rows': { load: async () => (await import('./first-rows.ts')).firstRows },
  workflow: { load: async () => (await import('./workflow.ts')).workflow, process: 'syncs' },
  writes: { load: async () => (await import('./writes.ts')).writes },
  fairness: { load: async () => (await import('./fairness.ts')).fairness },
  cost: { load: async () => (await import('./cost.ts')).cost },
  'cold-start': { load: async () => (await import('./cold-start.ts')).coldStart, alone: true },
  memory: { load: async () => (await import('./memory.ts')).memory, alone: true },
  api: { load: async () => (await import('./api.ts')).api, alone: true },
  local: { load: async () => (await import('./local.ts')).local, alone: true },
};
