import type { RunJson } from '#api/schemas/run.ts';
import { makeDomains } from './portfolio/domains.ts';
import { type IntegrationsOptions, makeIntegrations } from './portfolio/integrations.ts';
import { makeRegistrars } from './portfolio/registrars.ts';
import { makeRrsets } from './portfolio/rrsets.ts';
import { makeRuns } from './portfolio/runs.ts';
import { makeSummary } from './portfolio/summary.ts';

export { makeDomains, makeIntegrations, makeRegistrars, makeRrsets, makeRuns, makeSummary };

/** Everything that the API says of one person, each part in keeping with the others. */
export type Portfolio = ReturnType<typeof makePortfolio>;

export interface PortfolioOptions extends IntegrationsOptions {
  readonly count?: number;
  readonly seed?: number | string;
}

/** Makes the whole of it; the same for the same seed and `now` (ms since the epoch, the present unless told). */
export function makePortfolio(options: PortfolioOptions = {}) {
  const { count = 1_204, seed = 1, now = Date.now() } = options;
  const domains = makeDomains(count, seed, { ...options, now });
  const integrations = makeIntegrations(domains, { ...options, now });
  const runs = new Map<string, RunJson[]>(
    integrations.map((integration) => [integration.id, makeRuns(integration, { now })]),
  );
  return {
    now,
    registrars: makeRegistrars(),
    integrations,
    domains,
    runs,
    summary: makeSummary(domains, integrations, now),
    settings: { expiringSoonDays: 30 },
  };
}
