import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateMacCommand,
  KMSClient,
  ListKeysCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { expect, onTestFinished, test } from 'vitest';
import { createKmsServer, type KmsServer } from '#local/kms/server.ts';
import { createFolder } from './workflow-harness.ts';

const KEY = '11111111-2222-3333-4444-555555555555';
const MAC_KEY = '66666666-7777-8888-9999-000000000000';
const ARN = `arn:aws:kms:us-east-1:000000000000:key/${KEY}`;
const CONTEXT = { app: 'domains', tenant: 't1', registrar: 'gandi' };
const text = (value: string) => new TextEncoder().encode(value);

async function open(
  dataDir = createFolder(),
): Promise<{ kms: KmsServer; client: KMSClient; dataDir: string }> {
  const kms = createKmsServer({ dataDir, log: { error: (message) => expect.fail(message) } });
  kms.ensureKey({ keyId: KEY, alias: 'credentials', usage: 'ENCRYPT_DECRYPT', enabled: true });
  kms.ensureKey({ keyId: MAC_KEY, alias: 'alias/macs', usage: 'GENERATE_VERIFY_MAC', enabled: true });
  const server = await kms.listen();
  const client = new KMSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'fake-access-key', secretAccessKey: 'fake-secret-key' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await server.close();
  });
  return { kms, client, dataDir };
}

async function seal(client: KMSClient, value: string, context: Record<string, string> = CONTEXT) {
  const command = new EncryptCommand({ KeyId: KEY, Plaintext: text(value), EncryptionContext: context });
  return (await client.send(command)).CiphertextBlob ?? new Uint8Array();
}

test.each([KEY, ARN, 'alias/credentials', 'arn:aws:kms:us-east-1:000000000000:alias/credentials'])(
  'a text encrypted under %s comes back with the same context in any order',
  async (KeyId) => {
    const { client } = await open();

    const sealed = await client.send(
      new EncryptCommand({ KeyId, Plaintext: text('fake-gandi-token'), EncryptionContext: CONTEXT }),
    );
    const opened = await client.send(
      new DecryptCommand({
        CiphertextBlob: sealed.CiphertextBlob,
        EncryptionContext: { registrar: 'gandi', tenant: 't1', app: 'domains' },
      }),
    );

    expect(new TextDecoder().decode(opened.Plaintext)).toBe('fake-gandi-token');
    expect([sealed.KeyId, opened.KeyId]).toEqual([ARN, ARN]);
    expect(Buffer.from(sealed.CiphertextBlob ?? []).includes('fake-gandi-token')).toBe(false);
  },
);

test.each([
  ['another value', { ...CONTEXT, tenant: 't2' }],
  ['a name less', { app: 'domains', tenant: 't1' }],
  ['a name more', { ...CONTEXT, more: 'x' }],
  ['no context', {}],
])('decryption with %s in the context is refused', async (_what, EncryptionContext) => {
  const { client } = await open();

  const CiphertextBlob = await seal(client, 'fake-gandi-token');

  await expect(client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))).rejects.toMatchObject({
    name: 'InvalidCiphertextException',
    $metadata: { httpStatusCode: 400 },
  });
});

test('a blob with any single bit flipped is refused', async () => {
  const { client } = await open();

  const blob = await seal(client, 'x');

  for (let at = 0; at < blob.length; at += 1) {
    const CiphertextBlob = Uint8Array.from(blob, (byte, index) =>
      index === at ? byte ^ (1 << (at % 8)) : byte,
    );
    const opened = client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: CONTEXT }));
    await expect(opened).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  }
});

test('the same text is never encrypted twice to the same blob', async () => {
  const { client } = await open();

  const blobs = [await seal(client, 'same'), await seal(client, 'same')];

  expect(Buffer.from(blobs[0] ?? []).equals(Buffer.from(blobs[1] ?? []))).toBe(false);
});

test('4,096 bytes are encrypted, one more is not', async () => {
  const { client } = await open();

  const CiphertextBlob = await seal(client, 'x'.repeat(4096));
  const opened = await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: CONTEXT }));

  expect(opened.Plaintext).toHaveLength(4096);
  await expect(seal(client, 'x'.repeat(4097))).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a MAC is the same for the same message, and verified', async () => {
  const { client } = await open();
  const mac = (message: string) =>
    client.send(
      new GenerateMacCommand({ KeyId: 'alias/macs', Message: text(message), MacAlgorithm: 'HMAC_SHA_256' }),
    );
  const verify = (message: string, Mac: Uint8Array | undefined) =>
    client.send(
      new VerifyMacCommand({ KeyId: MAC_KEY, Message: text(message), Mac, MacAlgorithm: 'HMAC_SHA_256' }),
    );

  const [one, again, other] = await Promise.all([mac('key'), mac('key'), mac('other')]);

  expect(one.Mac).toHaveLength(32);
  expect(again.Mac).toEqual(one.Mac);
  expect(other.Mac).not.toEqual(one.Mac);
  expect(await verify('key', one.Mac)).toMatchObject({ MacValid: true });
  await expect(verify('other', one.Mac)).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
  await expect(mac('x'.repeat(4097))).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a disabled key does nothing until it is enabled again', async () => {
  const { client } = await open();
  const CiphertextBlob = await seal(client, 'fake-token');
  const decrypt = () => client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: CONTEXT }));

  await client.send(new DisableKeyCommand({ KeyId: KEY }));
  const described = await client.send(new DescribeKeyCommand({ KeyId: KEY }));

  expect(described.KeyMetadata).toMatchObject({ Enabled: false, KeyState: 'Disabled', Arn: ARN });
  await expect(decrypt()).rejects.toMatchObject({ name: 'DisabledException' });
  await expect(seal(client, 'x')).rejects.toMatchObject({ name: 'DisabledException' });
  await client.send(new EnableKeyCommand({ KeyId: KEY }));
  await expect(decrypt()).resolves.toMatchObject({ KeyId: ARN });
});

test('keys that do not exist, wrong usages and unknown members have the names of AWS', async () => {
  const { client } = await open();
  const Plaintext = text('x');

  const refusals = [
    client.send(new EncryptCommand({ KeyId: 'alias/none', Plaintext })),
    client.send(new EncryptCommand({ KeyId: 'ffffffff-2222-3333-4444-555555555555', Plaintext })),
    client.send(new EncryptCommand({ KeyId: MAC_KEY, Plaintext })),
    client.send(new GenerateMacCommand({ KeyId: KEY, Message: Plaintext, MacAlgorithm: 'HMAC_SHA_256' })),
    client.send(new EncryptCommand({ KeyId: KEY, Plaintext, GrantTokens: ['grant'] })),
    client.send(new ListKeysCommand({})),
  ].map((sent) => sent.then(String, (error: Error) => error.name));

  expect(await Promise.all(refusals)).toEqual([
    'NotFoundException',
    'NotFoundException',
    'InvalidKeyUsageException',
    'InvalidKeyUsageException',
    'ValidationException',
    'UnknownOperationException',
  ]);
});

test('a fault answers in place of the operation until it is taken away', async () => {
  const { client, kms } = await open();

  kms.setFault((operation, input) =>
    operation === 'Encrypt' && (input.EncryptionContext as { tenant: string }).tenant === 't1'
      ? { code: 'AccessDeniedException', message: 'not authorized' }
      : undefined,
  );

  await expect(seal(client, 'x')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(seal(client, 'x', { ...CONTEXT, tenant: 't2' })).resolves.toBeInstanceOf(Uint8Array);
  kms.setFault(null);
  await expect(seal(client, 'x')).resolves.toBeInstanceOf(Uint8Array);
});

test('keys outlive the process in a file that only its owner reads', async () => {
  const { client, dataDir } = await open();
  const CiphertextBlob = await seal(client, 'fake-token');

  const later = await open(dataDir);
  const opened = await later.client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: CONTEXT }));

  expect(new TextDecoder().decode(opened.Plaintext)).toBe('fake-token');
  expect(statSync(join(dataDir, 'kms-keys.json')).mode & 0o777).toBe(0o600);
});

test('a stored key with another usage, and an alias taken twice, are errors', async () => {
  const { kms } = await open();

  expect(() => kms.ensureKey({ keyId: KEY, usage: 'GENERATE_VERIFY_MAC', enabled: true })).toThrow('usage');
  expect(() =>
    kms.ensureKey({ keyId: 'other', alias: 'macs', usage: 'ENCRYPT_DECRYPT', enabled: true }),
  ).toThrow('alias/macs');
});
