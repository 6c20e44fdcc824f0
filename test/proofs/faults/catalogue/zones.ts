import type { RegistrarId } from '#core/registrar-id.ts';
import { atEach, inZones } from '../places.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const HOUR_MS = 3_600_000;

/** A domain whose records the registrar's API gives. */
function aZone({ portfolio, protocol }: Stage): string {
  const name = portfolio.names.findLast((each) => {
    const domain = portfolio.get(each);
    return domain !== undefined && protocol.truthDomain(domain).dns.status === 'FETCHED';
  });
  if (name === undefined) throw new Error('no domain has its zone here');
  return name;
}

/** F25: one zone of many can't be read. */
const oneFails: readonly Scenario[] = [
  ...atEach((registrar) => toOneFailing(registrar, 12)),
  toOneFailing('namecom', 1_000),
];

function toOneFailing(registrar: RegistrarId, size: number): Scenario {
  const stored = new Map<string, unknown>();
  return {
    fault: 'F25',
    variant: `one of ${size}`,
    registrar,
    stage: { size },
    async begin(stage) {
      const name = aZone(stage);
      const [integration] = await stage.glance.integrations.list('tenantoursoursoursoursours');
      stored.set(name, await stage.glance.zones.get(integration?.id ?? '', name));
      stage.spoil(inZones(registrar, { status: 500 }, name));
    },
    expect: {
      status: 'PARTIAL',
      notice: 'PARTIAL_DNS',
      zoneCode: 'REGISTRAR_UNAVAILABLE',
      mostMs: HOUR_MS,
    },
    async also(stage, { run }) {
      const wrong = run.counts.failed === 1 ? [] : [`${run.counts.failed} failed`];
      for (const [name, zone] of stored) {
        const kept = await stage.glance.zones.get(run.integrationId, name);
        if (JSON.stringify(kept) !== JSON.stringify(zone)) wrong.push('its former records are gone');
      }
      return wrong;
    },
  };
}

/** F26: a zone of fifty records is empty. */
const emptied: readonly Scenario[] = atEach(
  (registrar): Scenario => ({
    fault: 'F26',
    variant: 'no record of fifty',
    registrar,
    stage: { size: 5, zoneSize: 50 },
    isSilent: true,
    begin: (stage) => void stage.accounts.put('ours', { records: { [aZone(stage)]: [] } }),
    end: (stage) => void stage.accounts.put('ours', { size: 5, seed: 3, zoneSize: 50 }),
    expect: { status: 'PARTIAL', notice: 'PARTIAL_DNS', zoneCode: 'LISTING_SHRANK' },
  }),
);

/** F45: zones of 5,000 records; what 100,000 domains take is measured by the bench (`memory`, `workflow`, `time`). */
const large: readonly Scenario[] = atEach(
  (registrar): Scenario => ({
    fault: 'F45',
    variant: 'zones of 5,000 records',
    registrar,
    stage: { size: 2, zoneSize: 5_000 },
    isSilent: true,
    begin: () => undefined,
    expect: { status: 'SUCCEEDED', mostMs: HOUR_MS },
  }),
);

export const zones = [...oneFails, ...emptied, ...large];
