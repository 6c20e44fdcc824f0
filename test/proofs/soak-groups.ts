import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { LARGE } from '../bench/portfolios.ts';
import type { Groups } from '../figures/groups.ts';

/** Proofs and figures at their full size: hours. `npm run -s proofs` and the bench play the same ones smaller, or leave them out. */
export const GROUPS: Groups = {
  calls: { load: async () => (await import('../bench/calls.ts')).toCalls(REGISTRAR_IDS), process: 'syncs' },
  time: { load: async () => (await import('../bench/time.ts')).toTime(REGISTRAR_IDS), process: 'syncs' },
  limits: { load: async () => (await import('../bench/limits.ts')).toLimits(1) },
  fairness: { load: async () => (await import('../bench/fairness.ts')).toFairness(['godaddy', 'gandi']) },
  cost: { load: async () => (await import('../bench/cost.ts')).toCosts(LARGE) },
  pairs: {
    load: async () => (await import('./crash/pairs.ts')).toPairs(['namecom', 'gandi', 'godaddy'], 20_000),
  },
  kill: { load: async () => (await import('./kill/kill.ts')).toKill(200) },
  model: { load: async () => (await import('./model/model.ts')).toModel(20_000) },
  fuzz: { load: async () => (await import('./fuzz/fuzz.ts')).toFuzz(200_000, 100_000) },
  scale: { load: async () => (await import('./scale/scale.ts')).toScale(REGISTRAR_IDS) },
  coverage: {
    load: async () => (await import('./coverage/coverage.ts')).coverage,
    alone: true,
  },
  'mutation-all': {
    load: async () => (await import('./mutation/mutation.ts')).whole,
    alone: true,
  },
};
