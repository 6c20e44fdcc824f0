import type { AccountBook } from './accounts.ts';
import type { Counters } from './counters.ts';
import type { FaultBook } from './faults.ts';
import type { SimProtocol } from './types.ts';

/** One simulated registrar: what its server answers from, and what the control API reads and changes. */
export interface SimulatedRegistrar {
  readonly protocol: SimProtocol;
  readonly accounts: AccountBook;
  readonly counters: Counters;
  readonly faults: FaultBook;
}
