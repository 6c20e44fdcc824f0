import type { RowKey } from './rows.ts';

/** The form of a table: what infra creates, what the local stand-in and the memory adapter honour. All keys are strings. */
export interface TableForm {
  readonly partition: 'PK';
  readonly sort: 'SK';
  /** The attribute with the second (since the epoch) after which DynamoDB may delete a row, where the table has one. */
  readonly ttl?: 'ttl';
  readonly indexes: readonly IndexForm[];
}

/** A global secondary index. A row without both of its key attributes is not in it. */
export interface IndexForm {
  readonly name: IndexName;
  readonly partition: string;
  readonly sort: string;
  readonly projection: 'ALL' | 'KEYS_ONLY';
}

/** Names of the indexes of the Portfolio table. */
export type IndexName = 'byExpiry' | 'ops';

/** Everything but credentials: on demand, with point-in-time recovery and deletion protection. */
export const PORTFOLIO_TABLE: TableForm = {
  partition: 'PK',
  sort: 'SK',
  ttl: 'ttl',
  indexes: [
    { name: 'byExpiry', partition: 'gsi1pk', sort: 'gsi1sk', projection: 'ALL' },
    { name: 'ops', partition: 'gsi2pk', sort: 'gsi2sk', projection: 'KEYS_ONLY' },
  ],
};

/** Ciphertext of credentials only; without point-in-time recovery, so that deletion is deletion. */
export const CREDENTIALS_TABLE: TableForm = { partition: 'PK', sort: 'SK', ttl: 'ttl', indexes: [] };

const daySeconds = 86_400;

/** How long rows are kept, in seconds from the event that their store names. */
export const KEPT_SECONDS = {
  run: 400 * daySeconds,
  work: 7 * daySeconds,
  tombstone: 90 * daySeconds,
  audit: 400 * daySeconds,
  idempotency: daySeconds,
  refusal: daySeconds,
  rateBucket: 7 * daySeconds,
  provisionalCredentials: 30 * daySeconds,
} as const;

/** The TTL attribute of a row that is kept for a span after `fromMs`. */
export function toTtl(fromMs: number, keptSeconds: number): number {
  return Math.ceil(fromMs / 1000) + keptSeconds;
}

/** Partition of what belongs to a tenant itself: profile, integrations, figures. */
export const toTenantPartition = (tenantId: string): string => `T#${tenantId}`;
/** Partition of what belongs to one integration: domains, zones, runs, working rows; and its credentials. */
export const toIntegrationPartition = (integrationId: string): string => `INT#${integrationId}`;

/** Sort key prefixes of the entities, for queries. */
export const PREFIX = {
  integration: 'INT#',
  stats: 'STATS#',
  refusal: 'REF#',
  domain: 'DOM#',
  zone: 'DNS#',
  run: 'RUN#',
  work: 'WORK#',
} as const;

/** The last sort key that can follow a prefix: all keys are made of printable ASCII, and `~` is its end. */
export const LAST = '~';

/** Key makers of the Portfolio table, one for each entity. */
export const KEY = {
  profile: (tenantId: string): RowKey => ({ PK: toTenantPartition(tenantId), SK: 'PROFILE' }),
  integration: (tenantId: string, id: string): RowKey => ({
    PK: toTenantPartition(tenantId),
    SK: `${PREFIX.integration}${id}`,
  }),
  stats: (tenantId: string, id: string): RowKey => ({
    PK: toTenantPartition(tenantId),
    SK: `${PREFIX.stats}${id}`,
  }),
  refusal: (tenantId: string, atMs: number, id: string): RowKey => ({
    PK: toTenantPartition(tenantId),
    SK: `${PREFIX.refusal}${toSortableMs(atMs)}#${id}`,
  }),
  domain: (integrationId: string, name: string): RowKey => ({
    PK: toIntegrationPartition(integrationId),
    SK: `${PREFIX.domain}${name}`,
  }),
  /** The first (mostly the only) row of a zone. */
  zone: (integrationId: string, name: string): RowKey => ({
    PK: toIntegrationPartition(integrationId),
    SK: `${PREFIX.zone}${name}`,
  }),
  /** A further row of a large zone: of one content, so that rows of two contents never mix. */
  zoneChunk: (integrationId: string, name: string, content: string, chunk: number): RowKey => ({
    PK: toIntegrationPartition(integrationId),
    SK: `${PREFIX.zone}${name}#${content}#${chunk}`,
  }),
  run: (integrationId: string, runId: string): RowKey => ({
    PK: toIntegrationPartition(integrationId),
    SK: `${PREFIX.run}${runId}`,
  }),
  step: (integrationId: string, runId: string, step: string): RowKey => ({
    PK: toIntegrationPartition(integrationId),
    SK: `${PREFIX.work}${runId}#S#${step}`,
  }),
  page: (integrationId: string, runId: string, page: number): RowKey => ({
    PK: toIntegrationPartition(integrationId),
    SK: `${PREFIX.work}${runId}#P#${String(page).padStart(6, '0')}`,
  }),
  rateBucket: (key: string): RowKey => ({ PK: `RL#${key}`, SK: 'B' }),
  audit: (tenantId: string, atMs: number, id: string): RowKey => {
    const time = new Date(atMs).toISOString();
    return { PK: `AUD#${tenantId}#${time.slice(0, 7)}`, SK: `${time}#${id}` };
  },
  idempotency: (tenantId: string, key: string): RowKey => ({ PK: `IDEM#${tenantId}`, SK: key }),
  /** In the Credentials table. */
  credential: (integrationId: string): RowKey => ({
    PK: toIntegrationPartition(integrationId),
    SK: 'CRED',
  }),
} as const;

/** Milliseconds since the epoch as text that sorts by time. */
export function toSortableMs(ms: number): string {
  return String(Math.max(0, Math.trunc(ms))).padStart(15, '0');
}

/** Which kind of entity a row is, by its key: for counts in tests and in the bench. */
export function toKind(key: RowKey): string {
  const partition = key.PK.slice(0, key.PK.indexOf('#'));
  return ['AUD', 'RL', 'IDEM'].includes(partition) ? partition : key.SK.replace(/#.*/s, '');
}
