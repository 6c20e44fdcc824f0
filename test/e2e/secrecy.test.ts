import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTables } from '#local/tables.ts';
import { type RunningSystem, startSystem } from '#test/support/running-system.ts';

/** Credentials that can be told from everything else, wherever they turn up. */
const CANARIES = {
  godaddy: {
    apiKey: 'fake-canary-godaddy-key-7Qx',
    apiSecret: 'fake-canary-godaddy-secret-8Rw',
    customerId: '918273645',
  },
  namecheap: { username: 'fakecanaryncuser', apiKey: 'fake-canary-namecheap-key-2Zt' },
  gandi: { apiToken: 'fake-canary-gandi-token-5Vs' },
  porkbun: { apiKey: 'pk1_fake-canary-porkbun-key-3Lm', secretApiKey: 'sk1_fake-canary-porkbun-secret-4Nk' },
  namecom: { username: 'fake-canary-namecom-user', apiToken: 'fake-canary-namecom-token-6Hj' },
} as const;

const secrets = Object.values(CANARIES).flatMap((fields) => Object.values(fields));

/** The forms in which a secret could leave: as it is, base64 (three alignments), base64url, hex, percent-encoded, JSON within JSON. */
function toForms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const aligned = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift, 'x'), bytes]).toString('base64');
    // The characters that depend on what stands before and behind are cut off.
    return text.slice(shift === 0 ? 0 : 4, -4);
  });
  return [
    secret,
    ...aligned,
    bytes.toString('base64url').slice(0, -2),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    [...secret].reverse().join(''),
  ];
}

const needles = secrets.flatMap((secret) =>
  toForms(secret).map((form) => ({ secret, form: Buffer.from(form) })),
);

/** The secrets that stand in some bytes, in any form. */
function findSecrets(bytes: Buffer): string[] {
  return [...new Set(needles.filter(({ form }) => bytes.includes(form)).map(({ secret }) => secret))];
}

let system: RunningSystem;
const answers: string[] = [];

beforeAll(async () => {
  system = await startSystem();
  const alice = await system.person('alice');
  for (const [registrar, credentials] of Object.entries(CANARIES)) {
    await system.tell('PUT', `${registrar}/accounts/canary`, { size: 3, seed: 5, credentials });
  }
  const ids = await Promise.all(
    Object.entries(CANARIES).map(async ([registrar, credentials]) => {
      const added = await alice.post('/v1/integrations', {
        registrar,
        environment: 'simulator',
        credentials,
      });
      expect(added.status).toBe(201);
      answers.push(JSON.stringify(added.body));
      return added.body.id as string;
    }),
  );
  for (const id of ids) {
    const integration = await alice.settled(id, 60_000);
    expect(integration.status).toBe('SYNCED');
    answers.push(
      JSON.stringify(integration),
      JSON.stringify((await alice.get(`/v1/integrations/${id}/runs`)).body),
    );
  }
  // One that is refused, with the registrar's answer echoing what was sent.
  await system.tell('POST', 'porkbun/faults', {
    match: { path: '/api/json/v3/domain/listAll' },
    times: 3,
    status: 400,
    echo: true,
  });
  const refused = await alice.call('PUT', `/v1/integrations/${ids[3]}/credentials`, {
    credentials: CANARIES.porkbun,
  });
  answers.push(JSON.stringify(refused.body), JSON.stringify(await alice.settled(ids[3] ?? '', 90_000)));
  answers.push(
    JSON.stringify((await alice.get('/v1/export')).body),
    JSON.stringify((await alice.get('/v1/integrations')).body),
  );
  await system.kill();
}, 180_000);
afterAll(() => system.stop());

describe('credentials that were entered', () => {
  test('stand in no answer of the API, and in nothing that the process printed', () => {
    expect(answers.length).toBeGreaterThan(10);
    expect(findSecrets(Buffer.from(answers.join('\n')))).toEqual([]);
    expect(findSecrets(Buffer.from(system.output()))).toEqual([]);
  });

  test('stand in no queue, state, history, key file or log', () => {
    const files = readdirSync(system.dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const found = files.map(
      (file) => [file.name, findSecrets(readFileSync(join(file.parentPath, file.name)))] as const,
    );

    expect(files.some(({ name }) => name.includes('workflow'))).toBe(true);
    expect(files.some(({ name }) => name.endsWith('.log'))).toBe(true);
    expect(found.filter(([, hits]) => hits.length > 0)).toEqual([]);
  });

  test('stand in the tables as ciphertext only', { timeout: 60_000 }, async () => {
    const tables = await startTables(system.dataDir);
    const client = new DynamoDBClient({
      endpoint: tables.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'fake', secretAccessKey: 'fake' },
    });
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    let rows = 0;
    const hits: string[] = [];
    for (const TableName of TableNames) {
      let ExclusiveStartKey: Record<string, never> | undefined;
      do {
        const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }));
        rows += page.Items?.length ?? 0;
        const text = JSON.stringify(page.Items, (_key, value) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
        );
        hits.push(...findSecrets(Buffer.from(text)));
        ExclusiveStartKey = page.LastEvaluatedKey as Record<string, never> | undefined;
      } while (ExclusiveStartKey);
    }
    client.destroy();
    await tables.close();

    expect(TableNames).toHaveLength(2);
    expect(rows).toBeGreaterThan(20);
    expect(hits).toEqual([]);
  });

  test('would be found: a planted one is, in each form', () => {
    for (const form of toForms(CANARIES.gandi.apiToken)) {
      writeFileSync(join(system.dataDir, 'planted.log'), `before ${form} after`);
      expect(findSecrets(readFileSync(join(system.dataDir, 'planted.log')))).toEqual([
        CANARIES.gandi.apiToken,
      ]);
    }
  });
});
