import { join } from 'node:path';
import { createKmsServer } from './kms/server.ts';
import type { ServiceEndpoints } from './lambda/functions.ts';
import type { PlatformLog } from './logs.ts';
import { type Queues, startQueues } from './queues/server.ts';
import type { Ledger, RunningResource } from './resources.ts';
import { startTables, type Tables } from './tables.ts';

/** The stand-ins that know nothing of the template yet, so that they start while it is being made. */
export interface Services {
  readonly tables: Tables;
  readonly queues: Queues;
  readonly kms: ReturnType<typeof createKmsServer>;
  readonly kmsUrl: string;
  close(): Promise<void>;
}

/** Starts DynamoDB, SQS and KMS on the data folder. */
export async function startServices(dataDir: string, log: PlatformLog): Promise<Services> {
  const kms = createKmsServer({ dataDir: join(dataDir, 'kms'), log: toErrorLog(log) });
  const [tables, queues, kmsServer] = await Promise.all([
    startTables(dataDir),
    startQueues(dataDir),
    kms.listen(),
  ]);
  return {
    tables,
    queues,
    kms,
    kmsUrl: kmsServer.url,
    async close() {
      await Promise.all([tables.close(), queues.close(), kmsServer.close()]);
    },
  };
}

/** Makes what the template asks of these services: tables, queues and keys. */
export async function provision(services: Services, ledger: Ledger): Promise<void> {
  const aliases = new Map(
    ledger
      .ofType('AWS::KMS::Alias')
      .map(({ properties }) => [
        String(properties.TargetKeyId).split('/').at(-1),
        String(properties.AliasName),
      ]),
  );
  for (const key of ledger.ofType('AWS::KMS::Key')) ensureKey(services, key, aliases.get(key.ids.ref));
  services.queues.ensure(ledger.ofType('AWS::SQS::Queue'));
  await services.tables.ensure([
    ...ledger.ofType('AWS::DynamoDB::Table'),
    ...ledger.ofType('AWS::DynamoDB::GlobalTable'),
  ]);
}

/** The addresses that functions get, with Step Functions' own. */
export function toEndpoints(services: Services, workflowUrl: string): ServiceEndpoints {
  const { tables, queues, kmsUrl } = services;
  return { DYNAMODB: tables.endpoint, SQS: queues.endpoint, KMS: kmsUrl, SFN: workflowUrl };
}

/** The log of the stand-ins that only tell of failures. */
export function toErrorLog(log: PlatformLog) {
  return {
    error(message: string, details: Readonly<Record<string, unknown>>): void {
      const { error, ...rest } = details;
      log(message, { ...rest, error: error instanceof Error ? (error.stack ?? error.message) : error });
    },
  };
}

const keyForms: Readonly<Record<string, 'ENCRYPT_DECRYPT' | 'GENERATE_VERIFY_MAC'>> = {
  'SYMMETRIC_DEFAULT ENCRYPT_DECRYPT': 'ENCRYPT_DECRYPT',
  'HMAC_256 GENERATE_VERIFY_MAC': 'GENERATE_VERIFY_MAC',
};

function ensureKey(services: Services, key: RunningResource, alias: string | undefined): void {
  const {
    KeySpec: spec = 'SYMMETRIC_DEFAULT',
    KeyUsage: use = 'ENCRYPT_DECRYPT',
    Enabled: enabled,
  } = key.properties;
  const usage = keyForms[`${spec} ${use}`];
  if (!usage) throw new Error(`${key.logicalId}: a key of ${spec} for ${use} is not known locally`);
  services.kms.ensureKey({
    keyId: key.ids.ref,
    usage,
    enabled: enabled !== false,
    ...(alias === undefined ? {} : { alias }),
  });
}
