import type { Groups } from '../figures/groups.ts';

/** Every group of the proofs; the longest begin first, since two run at a time. */
export const GROUPS: Groups = {
  schedules: { load: async () => (await import('./crash/schedules.ts')).schedules },
  crash: { load: async () => (await import('./crash/points.ts')).points },
  faults: { load: async () => (await import('./faults/faults.ts')).faults },
  kill: { load: async () => (await import('./kill/kill.ts')).toKill(20) },
  sabotage: { load: async () => (await import('./sabotage/sabotage.ts')).sabotage },
  pairs: { load: async () => (await import('./crash/pairs.ts')).toPairs(['namecom'], 6_000) },
  fuzz: { load: async () => (await import('./fuzz/fuzz.ts')).toFuzz(10_000, 10_000) },
  outage: { load: async () => (await import('./outage/outage.ts')).outage },
  tenants: { load: async () => (await import('./tenants/tenants.ts')).tenants },
  swap: { load: async () => (await import('./swap/swap.ts')).swap },
  jwt: { load: async () => (await import('./jwt/jwt.ts')).jwt },
  supply: { load: async () => (await import('./supply/supply.ts')).supply },
  hostile: { load: async () => (await import('./hostile/hostile.ts')).hostile },
  model: { load: async () => (await import('./model/model.ts')).toModel(500) },
  infra: { load: async () => (await import('./infra/infra.ts')).infra },
  mutation: {
    load: async () => (await import('./mutation/mutation.ts')).guarded,
    alone: true,
  },
  canary: { load: async () => (await import('./canary/canary.ts')).canary },
};
