import type { KMSClient } from '@aws-sdk/client-kms';
import { toPrincipal } from '#api/principal.ts';
import { isSyncError } from '#core/errors.ts';
import type { SealContext } from '#core/ports/vault.ts';
import { toSecret } from '#core/secret.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { guardReadOnly } from '#registrars/read-only.ts';
import { openCredentials } from '#sync/steps/open-credentials.ts';
import { createMemoryStores } from '#test/support/stores.ts';
import { createSyncWorld } from '#test/support/sync-world.ts';
import { toEncryptionContext } from '#vault/encryption-context.ts';
import { encodeEnvelope } from '#vault/envelope.ts';
import { createOpener } from '#vault/opener.ts';

type Property = () => Promise<readonly string[]> | readonly string[];

const CONTEXT: SealContext = { tenantId: 'a', integrationId: 'b', registrar: 'godaddy', version: 1 };

/** What must be true of single parts; each gives what is wrong. */
export const PROPERTIES: Readonly<Record<string, Property>> = {
  'contexts differ': () => {
    const others: readonly Partial<SealContext>[] = [
      { tenantId: 'other' },
      { integrationId: 'other' },
      { registrar: 'gandi' },
      { version: 2 },
    ];
    const own = JSON.stringify(toEncryptionContext(CONTEXT));
    return others.flatMap((other) =>
      JSON.stringify(toEncryptionContext({ ...CONTEXT, ...other })) === own
        ? [`${Object.keys(other)} changes nothing`]
        : [],
    );
  },
  'content names its registrar': async () => {
    const plaintext = encodeEnvelope({ registrar: 'gandi', credentials: { apiToken: 'fake' } });
    const kms = { send: async () => ({ Plaintext: plaintext }) } as unknown as KMSClient;
    const opener = createOpener({ kms, keyArn: 'arn:aws:kms:us-east-1:000000000000:key/fake' });
    return isRefused(opener.open(new Uint8Array(8), CONTEXT), 'CREDENTIALS_UNREADABLE');
  },
  'former credentials are refused': async () => {
    const world = createSyncWorld();
    try {
      const { ref, run } = await world.connect('namecom', 'demo-10');
      const { integration } = await world.finish(ref, run.runId);
      const newer = { ...integration, credentials: { ...integration.credentials, inForceVersion: 2 } };
      const deps = world.workerDeps('namecom');
      return await isRefused(
        openCredentials(deps, { kind: 'list', runId: run.runId }, newer),
        'CREDENTIALS_UNREADABLE',
      );
    } finally {
      await world.close();
    }
  },
  'writing calls are refused': async () => {
    let sent = 0;
    const send = guardReadOnly(REGISTRARS.gandi, async () => {
      sent += 1;
      return { status: 200, headers: {}, body: '' };
    });
    const call = { method: 'POST', origin: 'https://api.gandi.net', path: '/v5/domain/domains' } as const;
    await send(call).catch(() => undefined);
    return sent === 0 ? [] : ['a writing call left'];
  },
  'secrets are redacted': () => {
    const secret = toSecret('fake-secret-value');
    const shown = [JSON.stringify({ secret }), String(secret), `${secret}`, secret.toString()];
    return shown.some((text) => text.includes('fake-secret-value')) ? ['it is shown'] : [];
  },
  'tenants are apart': async () => {
    const stores = createMemoryStores();
    await stores.tenants.noteRefusal('one', 1_000);
    return (await stores.tenants.refusalsSince('two', 0)).length === 0 ? [] : ['one tenant reads another’s'];
  },
  'tokens are looked at': () => {
    const nowMs = Date.UTC(2026, 10, 29);
    const soon = String(nowMs / 1000 + 60);
    const good = { iss: 'https://issuer.test', sub: 'a', client_id: 'fake', token_use: 'access', exp: soon };
    const isLetIn = (changes: object, header: object = {}) => {
      const claims = { ...good, ...changes };
      const parts = [{ alg: 'RS256', kid: 'k', ...header }, claims].map((part) =>
        Buffer.from(JSON.stringify(part)).toString('base64url'),
      );
      const event = { requestContext: { requestId: 'r', authorizer: { jwt: { claims } } } };
      try {
        toPrincipal(event, `Bearer ${parts.join('.')}.c2ln`, { clientId: 'fake', nowMs });
        return true;
      } catch {
        return false;
      }
    };
    const bad = [
      isLetIn({ exp: String(nowMs / 1000 - 1) }) && 'ended',
      isLetIn({ token_use: 'id' }) && 'an ID token',
      isLetIn({}, { crit: ['b64'] }) && 'crit',
      isLetIn({}) ? false : 'the good one is refused',
    ];
    return bad.filter((each) => typeof each === 'string');
  },
};

async function isRefused(work: Promise<unknown>, code: string): Promise<readonly string[]> {
  try {
    await work;
    return ['it was taken'];
  } catch (error) {
    return isSyncError(error) && error.code === code ? [] : [`another error: ${error}`];
  }
}
