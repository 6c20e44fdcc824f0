import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { atLeast, exactly, type Group } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { ELSEWHERE, FAULTS, SCENARIOS } from './catalogue/index.ts';
import { runScenario, type Sabotage } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';

/** Scenarios of one fault that are told with what was wrong. */
const TOLD = 5;
const LEAST = 250;

/** What faults leave behind: nothing that is lost, wrong, told or called too often. */
export const faults: Group = {
  name: 'faults',
  about:
    'scenarios of each fault of the catalogue in which something was lost, wrong, leaked, called too often or told otherwise than it should; the control has no fault, or loses a row',
  async measure(tell) {
    for (const fault of FAULTS) {
      const scenarios = SCENARIOS.filter((scenario) => scenario.fault === fault);
      const [first] = scenarios;
      if (!first) continue;
      let violated = 0;
      for (const scenario of scenarios) violated += (await isViolated(scenario)) ? 1 : 0;
      const wrong = (await tryScenario(first, toSabotage(first))).length;
      tell(exactly(`faults.${fault.toLowerCase()}`, violated, 0, { value: wrong, caught: wrong > 0 }));
      say(`${fault}: ${scenarios.length} scenarios`);
    }
    const distinct = new Set(
      SCENARIOS.map(({ fault, registrar, variant }) => `${fault} ${registrar} ${variant}`),
    );
    tell(atLeast('faults.scenarios', distinct.size, LEAST));
    const uncovered = FAULTS.filter((fault) => !isCovered(fault));
    for (const fault of uncovered) say(`${fault} is met by nothing`);
    tell(exactly('faults.uncovered', uncovered.length, 0));
  },
};

const ROOT = join(import.meta.dirname, '../../..');

function isCovered(fault: string): boolean {
  const file = ELSEWHERE[fault];
  return (
    SCENARIOS.some((scenario) => scenario.fault === fault) ||
    (file !== undefined && existsSync(join(ROOT, file)))
  );
}

/** Where a fault should show, it must be missed; else a row that is lost must be. */
function toSabotage({ expect }: Scenario): Sabotage {
  return [expect.status].flat().includes('SUCCEEDED') ? 'a lost row' : 'no fault';
}

let told = 0;

async function isViolated(scenario: Scenario): Promise<boolean> {
  const wrong = await tryScenario(scenario);
  if (wrong.length > 0 && told++ < TOLD * FAULTS.length)
    say(`${scenario.fault} ${scenario.registrar}, ${scenario.variant}: ${wrong.slice(0, 3).join('; ')}`);
  return wrong.length > 0;
}

/** What is wrong; a scenario that breaks off is wrong, too. */
async function tryScenario(scenario: Scenario, sabotage?: Sabotage): Promise<readonly string[]> {
  try {
    return await runScenario(scenario, sabotage);
  } catch (error) {
    return [`broke off: ${error instanceof Error ? error.message : String(error)}`];
  }
}
