import type { Group } from './figure.ts';

/** How a group is run: in a process, beside another one unless it measures this machine. */
export interface GroupEntry {
  /** Loads the group; a file a group. */
  load(): Promise<Group>;
  /** Groups of one word are measured one after the other in one process: they share syncs, and each is made once. */
  readonly process?: string;
  /** Nothing else may run meanwhile: for groups that read memory, bytes or processor time. @default false */
  readonly alone?: boolean;
}

/** Every group, by the name that `--only` takes, in the order in which they are printed. */
export const GROUPS: Readonly<Record<string, GroupEntry>> = {
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
