import type { RegistrarId } from '#core/registrar-id.ts';

export const STAGE_NAMES = ['dev', 'prod'] as const;
export type StageName = (typeof STAGE_NAMES)[number];

/** What differs between stages; everything else is the same code. */
export interface Stage {
  readonly name: StageName;
  /** Deliveries that each registrar's queue hands out at the same time; 2 to 1,000. */
  readonly maximumConcurrency: Readonly<Record<RegistrarId, number>>;
  readonly memoryMb: { readonly worker: number; readonly api: number };
  /**
   * Executions that are set apart for the two HTTP functions, and are at the same time their most: a flood of requests
   * can't take the workers' share. Left out, they draw on the account's common share: an account with a small quota
   * can't set any apart.
   */
  readonly reserved: { readonly api: number; readonly credentials: number } | undefined;
  /** Requests per second, and burst, that the API's stage lets through in all. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  readonly logRetentionDays: 14 | 400;
  /** Keeps tables, keys and logs when the stack is deleted. */
  readonly isKept: boolean;
}

/** Both stages. The sum of concurrency stays below 900, so that an account with the usual quota of 1,000 keeps 100. */
export const STAGES: Readonly<Record<StageName, Stage>> = {
  dev: {
    name: 'dev',
    maximumConcurrency: { godaddy: 5, namecheap: 5, gandi: 5, porkbun: 5, namecom: 5 },
    memoryMb: { worker: 512, api: 512 },
    reserved: undefined,
    throttle: { rate: 200, burst: 400 },
    logRetentionDays: 14,
    isKept: false,
  },
  prod: {
    name: 'prod',
    maximumConcurrency: { godaddy: 100, porkbun: 100, namecom: 100, namecheap: 50, gandi: 8 },
    memoryMb: { worker: 512, api: 512 },
    reserved: { api: 200, credentials: 50 },
    throttle: { rate: 500, burst: 1_000 },
    logRetentionDays: 400,
    isKept: true,
  },
};
