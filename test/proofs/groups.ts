import type { Groups } from '../figures/groups.ts';

/** Every group of the proofs. */
export const GROUPS: Groups = {
  tenants: { load: async () => (await import('./tenants/tenants.ts')).tenants },
  swap: { load: async () => (await import('./swap/swap.ts')).swap },
  jwt: { load: async () => (await import('./jwt/jwt.ts')).jwt },
  faults: { load: async () => (await import('./faults/faults.ts')).faults },
  canary: { load: async () => (await import('./canary/canary.ts')).canary },
};
