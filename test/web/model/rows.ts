import type { Domain } from '../../../packages/web/src/api/types.gen.ts';
import { type DomainRow, toDomainRow } from '../../../packages/web/src/model/domain-row.ts';

/** The time of day in these tests. */
export const NOW = Date.parse('2026-11-23T12:00:00.000Z');

const DOMAIN: Domain = {
  name: 'example.com',
  unicodeName: 'example.com',
  tld: 'com',
  registrar: 'godaddy',
  integrationId: 'mfrggzdfmztwq2lk',
  status: 'ACTIVE',
  lifecycle: 'active',
  statuses: [],
  rawStatuses: [],
  registeredAt: '2020-01-01T00:00:00.000Z',
  expiresAt: '2027-06-01T00:00:00.000Z',
  expiryPrecision: 'INSTANT',
  autoRenew: true,
  locked: true,
  privacy: true,
  nameServers: ['ns1.example.net', 'ns2.example.net'],
  registeredHere: true,
  dns: { status: 'FETCHED', provider: null, fetchedAt: '2026-11-23T11:00:00.000Z' },
  seen: 'PRESENT',
  firstSeenAt: '2026-01-01T00:00:00.000Z',
  lastSeenAt: '2026-11-23T11:00:00.000Z',
};

/** A domain with some fields of its own; its Unicode name is its name unless it says otherwise. */
export function createDomain(changes: Partial<Domain> = {}): Domain {
  const name = changes.name ?? DOMAIN.name;
  return { ...DOMAIN, unicodeName: name, tld: name.slice(name.lastIndexOf('.') + 1), ...changes };
}

export function createRow(changes: Partial<Domain> = {}): DomainRow {
  return toDomainRow(createDomain(changes));
}
