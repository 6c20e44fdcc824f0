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
