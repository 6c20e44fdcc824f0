import type { DomainDns, DomainRecord, ZonePlace } from '#core/domain.ts';
import type { DomainBrief, ExpiryPosition } from '#core/ports/stores.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import type { EppStatus, RegistrarState } from '#core/statuses.ts';
import {
  readFlag,
  readFlagOrNull,
  readNumber,
  readStructure,
  readText,
  readTextOrNull,
  readTexts,
} from './fields.ts';
import type { Row, RowPosition, Value } from './rows.ts';
import { KEY, toTenantPartition } from './table.ts';
import { withoutNulls } from './updates.ts';

/** What stands for an unknown expiry in the order by expiry: after every date, those of the year 9999 ("never") too. */
export const UNKNOWN_EXPIRY = '99999';

/** A row's sort key in the order by expiry; one attribute, for the order is over three. */
export function toExpirySort({ expiresAt, name, integrationId }: ExpiryPosition): string {
  return `${expiresAt ?? UNKNOWN_EXPIRY}#${name}#${integrationId}`;
}

/** The position in the index by expiry, all of it made from what a page's last row shows. */
export function toExpiryRowPosition(tenantId: string, position: ExpiryPosition): RowPosition {
  return {
    ...KEY.domain(position.integrationId, position.name),
    gsi1pk: toTenantPartition(tenantId),
    gsi1sk: toExpirySort(position),
  };
}

/** The row of a domain, with its place in the order by expiry. */
export function toItem(domain: DomainRecord): Row {
  const { statuses, rawStatuses, nameServers, dns, ...plain } = domain;
  return {
    ...KEY.domain(domain.integrationId, domain.name),
    gsi1pk: toTenantPartition(domain.tenantId),
    gsi1sk: toExpirySort(domain),
    ...withoutNulls({ ...plain, statuses, rawStatuses, nameServers, dns: toDnsValue(dns) }),
  };
}

/** The zone's state as a value; its form is plain data by its type. */
export function toDnsValue(dns: DomainDns): Value {
  return dns as unknown as Value;
}

/** The domain in a row. */
export function fromItem(row: Row): DomainRecord {
  return {
    name: readText(row, 'name'),
    tenantId: readText(row, 'tenantId'),
    integrationId: readText(row, 'integrationId'),
    registrar: readText(row, 'registrar') as RegistrarId,
    statuses: readTexts(row, 'statuses') as readonly EppStatus[],
    rawStatuses: readTexts(row, 'rawStatuses'),
    registrarState: readTextOrNull(row, 'registrarState') as RegistrarState | null,
    registeredAt: readTextOrNull(row, 'registeredAt'),
    expiresAt: readTextOrNull(row, 'expiresAt'),
    expiryPrecision: readText(row, 'expiryPrecision') as DomainRecord['expiryPrecision'],
    autoRenew: readFlagOrNull(row, 'autoRenew'),
    locked: readFlagOrNull(row, 'locked'),
    privacy: readFlagOrNull(row, 'privacy'),
    nameServers: readNameServers(row),
    registeredHere: readFlag(row, 'registeredHere'),
    zone: readText(row, 'zone') as ZonePlace,
    dns: readStructure<DomainDns>(row, 'dns'),
    seen: readText(row, 'seen') as DomainRecord['seen'],
    firstSeenAt: readText(row, 'firstSeenAt'),
    lastSeenAt: readText(row, 'lastSeenAt'),
    missingSince: readTextOrNull(row, 'missingSince'),
    hash: readText(row, 'hash'),
    epoch: readNumber(row, 'epoch'),
  };
}

function readNameServers(row: Row): readonly string[] | null {
  return row.nameServers === undefined ? null : readTexts(row, 'nameServers');
}

/** The attributes that a brief is read from. */
export const BRIEF_ATTRIBUTES = [
  'name',
  'hash',
  'seen',
  'epoch',
  'firstSeenAt',
  'dns',
  'lastSeenAt',
  'missingSince',
  'nameServers',
] as const satisfies readonly (keyof DomainBrief)[];

/** The brief in a row of which only its attributes were read. */
export function toBrief(row: Row): DomainBrief {
  return {
    name: readText(row, 'name'),
    hash: readText(row, 'hash'),
    seen: readText(row, 'seen') as DomainBrief['seen'],
    epoch: readNumber(row, 'epoch'),
    firstSeenAt: readText(row, 'firstSeenAt'),
    dns: readStructure<DomainDns>(row, 'dns'),
    lastSeenAt: readText(row, 'lastSeenAt'),
    missingSince: readTextOrNull(row, 'missingSince'),
    nameServers: readNameServers(row),
  };
}
