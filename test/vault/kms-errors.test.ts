import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createFingerprinter } from '#vault/fingerprinter.ts';
import { createOpener } from '#vault/opener.ts';
import { createSealer } from '#vault/sealer.ts';
import { CONTEXT, createKmsClient, SECRET, toAllText } from './fixtures.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The vault over a KMS that gives one answer to everything; 'reset' breaks the connection. */
async function createScriptedVault(status: number | 'reset', body: unknown = {}) {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    if (status === 'reset') return void request.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const kms = createKmsClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  closers.push(async () => {
    kms.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/fake';
  return {
    calls: () => calls,
    seal: () => createSealer({ kms, keyArn }).seal(SECRET, CONTEXT),
    open: () => createOpener({ kms, keyArn }).open(Uint8Array.from([1, 2, 3]), CONTEXT),
    fingerprint: () =>
      createFingerprinter({ kms, macKeyArn: keyArn }).fingerprint('limit', 'fake-godaddy-key'),
  };
}

describe('errors of KMS', () => {
  test.each([
    [400, 'AccessDeniedException'],
    [400, 'DisabledException'],
    [400, 'KMSInvalidStateException'],
    [400, 'KeyUnavailableException'],
    [400, 'NotFoundException'],
    [400, 'InvalidKeyUsageException'],
    [400, 'ThrottlingException'],
    [400, 'LimitExceededException'],
    [400, 'UnrecognizedClientException'],
    [500, 'KMSInternalException'],
    [500, 'DependencyTimeoutException'],
    [503, 'ServiceUnavailable'],
  ])('%i %s is ENCRYPTION_UNAVAILABLE, by its name alone', async (status, type) => {
    const vault = await createScriptedVault(status, {
      __type: type,
      message: 'private word fake-godaddy-key',
    });

    for (const call of [vault.seal, vault.open, vault.fingerprint]) {
      const error = (await call().catch((caught: unknown) => caught)) as Error;
      expect(error).toMatchObject({ name: 'SyncError', code: 'ENCRYPTION_UNAVAILABLE', facts: { status } });
      expect(error.message).toContain(`/${type}`);
      expect(error.cause).toBeUndefined();
      expect(toAllText(error)).not.toMatch(/private|fake-godaddy/);
    }
    expect(vault.calls()).toBe(3);
  });

  test.each(['InvalidCiphertextException', 'IncorrectKeyException'])(
    '%s is CREDENTIALS_UNREADABLE and is not tried again',
    async (type) => {
      const vault = await createScriptedVault(400, { __type: type });
      const error = await vault.open().catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: 'CREDENTIALS_UNREADABLE', isRetryable: false });
      expect(vault.calls()).toBe(1);
    },
  );

  test('an error that names itself strangely is not repeated', async () => {
    const vault = await createScriptedVault(400, { __type: 'fake-godaddy-key <script>' });
    const error = (await vault.open().catch((caught: unknown) => caught)) as Error;
    expect(error).toMatchObject({ code: 'ENCRYPTION_UNAVAILABLE' });
    expect(toAllText(error)).not.toMatch(/fake-godaddy|script/);
  });

  test.each([
    ['a connection that breaks', 'reset', ''],
    ['an answer that is no JSON', 200, '<html>'],
    ['an answer without the field', 200, {}],
  ] as const)('%s is ENCRYPTION_UNAVAILABLE', async (_name, status, body) => {
    const vault = await createScriptedVault(status, body);
    for (const call of [vault.seal, vault.open, vault.fingerprint])
      await expect(call()).rejects.toMatchObject({ code: 'ENCRYPTION_UNAVAILABLE' });
  });
});
