import type { TestStores } from '#test/support/stores.ts';
import { testClaims } from './claims.ts';
import { testDomains } from './domains.ts';
import { testIntegrationRuns } from './integration-runs.ts';
import { testIntegrations } from './integrations.ts';
import { testRuns } from './runs.ts';
import { testTenants } from './tenants.ts';
import { testWork } from './work.ts';
import { testZones } from './zones.ts';

/** What all stores must do, whatever rows they stand on; `makeStores` gives empty ones. */
export function testStores(makeStores: () => Promise<TestStores>): void {
  testIntegrations(makeStores);
  testIntegrationRuns(makeStores);
  testRuns(makeStores);
  testWork(makeStores);
  testDomains(makeStores);
  testZones(makeStores);
  testTenants(makeStores);
  testClaims(makeStores);
}
