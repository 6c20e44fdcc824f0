import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DomainRecord } from '#core/domain.ts';
import { createDynamoRows } from '#store/dynamo-rows.ts';
import type { Stores } from '#store/stores.ts';
import { CREDENTIALS_TABLE, PORTFOLIO_TABLE } from '#store/table.ts';
import { inParallel } from '#sync/in-parallel.ts';
import { toDomain } from '#test/store/fixtures.ts';

/** The tables that dynalite-child made. */
export function connectTables(endpoint: string) {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'FAKEBENCHACCESSKEYID', secretAccessKey: 'fake-bench-secret-access-key' },
  });
  return {
    portfolio: createDynamoRows({ client, tableName: 'Portfolio1', form: PORTFOLIO_TABLE }),
    credentials: createDynamoRows({ client, tableName: 'Credentials1', form: CREDENTIALS_TABLE }),
  };
}

/** Writes ordinary domains of an integration, a day between one's expiry and the next's. */
export async function writeDomains(
  { domains }: Pick<Stores, 'domains'>,
  owner: Pick<DomainRecord, 'tenantId' | 'integrationId' | 'epoch'>,
  count: number,
): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `name-${String(index).padStart(5, '0')}.example`);
  await inParallel(names, 32, async (name) => {
    const days = Number(name.slice(5, 10));
    const expiresAt = new Date(Date.UTC(2027, 0, 1) + days * 86_400_000).toISOString();
    await domains.put(toDomain(name, { ...owner, expiresAt }));
  });
}
