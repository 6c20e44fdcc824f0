import { beforeEach, describe, expect, test } from 'vitest';
import type { Integration } from '#core/integration.ts';
import type { AuditStore } from '#core/ports/stores.ts';
import { toSecret } from '#core/secret.ts';
import { openCredentials } from '#sync/steps/open-credentials.ts';
import { anIntegration } from '#test/api/fixtures.ts';
import { createMemoryStores, TEST_NOW_MS } from '#test/support/stores.ts';
import { createMemoryVault } from '#test/support/vault.ts';

type AuditEvent = Parameters<AuditStore['append']>[0];

let stores: ReturnType<typeof createMemoryStores>;
let vault: ReturnType<typeof createMemoryVault>;
let audited: AuditEvent[];
beforeEach(() => {
  stores = createMemoryStores();
  vault = createMemoryVault();
  audited = [];
});

const integrationOf = (credentials: Partial<Integration['credentials']> = {}) =>
  anIntegration({ credentials: { ...anIntegration().credentials, ...credentials } });

const toText = (version: number) => `fake-token-${version}`;

async function seal(version: number, sealedFor = version) {
  const { tenantId, id: integrationId, registrar } = anIntegration();
  const context = { tenantId, integrationId, registrar, version: sealedFor };
  return { ciphertext: await vault.seal(toSecret({ apiToken: toText(version) }), context), version };
}

/** The current credentials of version 1, and a candidate where its version is given. */
async function store(candidate?: number) {
  await stores.credentials.create(anIntegration().id, await seal(1));
  if (candidate !== undefined) await stores.credentials.propose(anIntegration().id, await seal(candidate));
}

async function open(kind: 'validate' | 'list', integration: Integration) {
  const audit = { append: async (event: AuditEvent) => void audited.push(event) };
  const clock = { now: () => TEST_NOW_MS, sleep: async () => undefined };
  const deps = { credentials: stores.credentials, opener: vault, audit, clock, newId: () => 'id-1' };
  const { credentials, ...opened } = await openCredentials(deps, { kind, runId: 'run00001' }, integration);
  return { token: credentials.reveal().apiToken, ...opened };
}

describe('a step opens', () => {
  test.each<['validate' | 'list', Partial<Integration['credentials']>, number | undefined, number, boolean]>([
    ['validate', {}, undefined, 1, false],
    ['validate', { candidateVersion: 2 }, 2, 2, true],
    ['list', { candidateVersion: 2 }, 2, 1, false],
    // The request for it broke off before its ciphertext was there.
    ['validate', { candidateVersion: 2 }, undefined, 1, false],
    // Its ciphertext is there, but nobody asked yet that it be proven.
    ['validate', {}, 2, 1, false],
    // A delivery before this one put it in force, and died before it said so.
    ['validate', { candidateVersion: 1 }, undefined, 1, true],
    // A row of before that was remembered.
    ['list', { inForceVersion: null }, undefined, 1, false],
  ])(
    '%s with %o and a stored candidate %s: version %i',
    async (kind, credentials, candidate, version, proves) => {
      await store(candidate);

      expect(await open(kind, integrationOf(credentials))).toEqual({
        token: toText(version),
        openedVersion: version,
        provesCandidate: proves,
      });
    },
  );

  test('its credentials, and only the first of a run tells the audit', async () => {
    await store();

    await open('list', integrationOf());
    expect(audited).toEqual([]);

    await open('validate', integrationOf());
    const { tenantId, id: integrationId } = anIntegration();
    expect(audited).toEqual([
      {
        action: 'CREDENTIALS_OPENED',
        tenantId,
        integrationId,
        atMs: TEST_NOW_MS,
        id: 'id-1',
        runId: 'run00001',
      },
    ]);
  });

  test('those of an addition that broke off, and they are to stay from then on', async () => {
    await store();

    await open('list', integrationOf());

    expect(await stores.credentials.read(anIntegration().id)).toMatchObject({ isProvisional: false });
  });
});

describe('a step opens nothing', () => {
  test.each([
    ['were never there', async () => undefined],
    ['were deleted', () => stores.credentials.erase(anIntegration().id)],
  ])('where the credentials %s: the run is over', async (_title, arrange) => {
    await arrange();

    await expect(open('validate', integrationOf())).rejects.toMatchObject({ name: 'SupersededError' });
    expect(audited).toEqual([]);
  });

  test('where the stored ones are older than those in force, and the audit tells', async () => {
    await store();

    await expect(open('list', integrationOf({ version: 2, inForceVersion: 2 }))).rejects.toMatchObject({
      code: 'CREDENTIALS_UNREADABLE',
      facts: { path: 'version' },
    });
    expect(audited).toMatchObject([{ action: 'CREDENTIALS_UNREADABLE', runId: 'run00001' }]);
  });

  test('where the ciphertext is of another context, and the audit tells', async () => {
    await stores.credentials.create(anIntegration().id, await seal(1, 7));

    await expect(open('validate', integrationOf())).rejects.toMatchObject({ code: 'CREDENTIALS_UNREADABLE' });
    expect(audited).toMatchObject([{ action: 'CREDENTIALS_UNREADABLE' }]);
  });

  test('where KMS is away, which is no event for the audit', async () => {
    await store();
    vault.failWith('ENCRYPTION_UNAVAILABLE');

    await expect(open('validate', integrationOf())).rejects.toMatchObject({ code: 'ENCRYPTION_UNAVAILABLE' });
    expect(audited).toEqual([]);
  });
});
