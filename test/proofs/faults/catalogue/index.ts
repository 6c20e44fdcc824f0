import type { Scenario } from '../scenario.ts';
import { answers } from './answers.ts';
import { aws } from './aws.ts';
import { listings } from './listings.ts';
import { refusals } from './refusals.ts';
import { transport } from './transport.ts';
import { workflow } from './workflow.ts';
import { zones } from './zones.ts';

/** Every scenario, by the faults that it is of. */
export const SCENARIOS: readonly Scenario[] = [
  ...answers,
  ...transport,
  ...listings,
  ...refusals,
  ...zones,
  ...aws,
  ...workflow,
];

/** The catalogue's numbers. */
export const FAULTS: readonly string[] = Array.from(
  { length: 48 },
  (_, n) => `F${String(n + 1).padStart(2, '0')}`,
);

/** Faults that are met by other means than a scenario, each with the file that does it. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  F27: 'test/proofs/crash/points.ts',
  F28: 'test/proofs/kill/kill.ts',
  F31: 'test/store/dynamo-rows.test.ts',
  F32: 'test/store/contract/rows.ts',
  F41: 'test/proofs/crash/points.ts',
  F42: 'test/proofs/crash/points.ts',
  F43: 'test/proofs/crash/points.ts',
  F47: 'test/proofs/crash/points.ts',
  F48: 'test/proofs/outage/outage.ts',
};
