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

/** Groups by the name that `--only` takes, in the order in which they are printed. */
export type Groups = Readonly<Record<string, GroupEntry>>;

/** The groups of a command: its file exports them as GROUPS. */
export async function loadGroups(file: string): Promise<Groups> {
  const { GROUPS } = (await import(file)) as { readonly GROUPS: Groups };
  return GROUPS;
}
