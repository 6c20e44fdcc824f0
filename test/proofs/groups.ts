import type { Groups } from '../figures/groups.ts';

/** Every group of the proofs; the longest begin first, since two run at a time. */
export const GROUPS: Groups = {
  schedules: { load: async () => (await import('./crash/schedules.ts')).schedules },
  crash: { load: async () => (await import('./crash/points.ts')).points },
  pairs: { load: async () => (await import('./crash/pairs.ts')).pairs },
  faults: { load: async () => (await import('./faults/faults.ts')).faults },
  outage: { load: async () => (await import('./outage/outage.ts')).outage },
  sabotage: { load: async () => (await import('./sabotage/sabotage.ts')).sabotage },
  tenants: { load: async () => (await import('./tenants/tenants.ts')).tenants },
  swap: { load: async () => (await import('./swap/swap.ts')).swap },
  jwt: { load: async () => (await import('./jwt/jwt.ts')).jwt },
  supply: { load: async () => (await import('./supply/supply.ts')).supply },
  fuzz: { load: async () => (await import('./fuzz/fuzz.ts')).toFuzz(25_000, 10_000) },
  hostile: { load: async () => (await import('./hostile/hostile.ts')).hostile },
  model: { load: async () => (await import('./model/model.ts')).toModel(500) },
  infra: { load: async () => (await import('./infra/infra.ts')).infra },
  kill: { load: async () => (await import('./kill/kill.ts')).toKill(20) },
  mutation: {
    load: async () => (await import('./mutation/mutation.ts')).guarded,
    alone: true,
  },
  canary: { load: async () => (await import('./canary/canary.ts')).canary },
};
