import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SealContext } from '#core/ports/vault.ts';
import { toSecret } from '#core/secret.ts';
import { createKmsServer, type KmsServer } from '#local/kms/server.ts';
import { toEncryptionContext } from '#vault/encryption-context.ts';
import { createFingerprinter } from '#vault/fingerprinter.ts';
import { createOpener } from '#vault/opener.ts';
import { createSealer } from '#vault/sealer.ts';
import { CONTEXT, CREDENTIALS, createKmsClient, SECRET, toAllText } from './fixtures.ts';

describe('the vault over the KMS stand-in', () => {
  let folder: string;
  let server: KmsServer;
  let close: () => Promise<void>;
  let kms: KMSClient;
  let keyArn: string;
  let macKeyArn: string;
  let calls: { readonly operation: string; readonly input: Record<string, unknown> }[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vault-test-'));
    const log = {
      error: (message: string, details: unknown) => {
        throw new Error(`${message}: ${inspect(details)}`);
      },
    };
    server = createKmsServer({ dataDir: folder, log });
    keyArn = server.ensureKey({ keyId: 'seal-key', usage: 'ENCRYPT_DECRYPT', enabled: true });
    macKeyArn = server.ensureKey({ keyId: 'mac-key', usage: 'GENERATE_VERIFY_MAC', enabled: true });
    server.setFault((operation, input) => {
      calls.push({ operation, input: input as Record<string, unknown> });
      return undefined;
    });
    const listening = await server.listen(0);
    close = listening.close;
    kms = createKmsClient(listening.url);
  });
  afterAll(async () => {
    kms.destroy();
    await close();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => {
    calls = [];
    server.ensureKey({ keyId: 'seal-key', usage: 'ENCRYPT_DECRYPT', enabled: true });
    server.ensureKey({ keyId: 'mac-key', usage: 'GENERATE_VERIFY_MAC', enabled: true });
  });

  const sealer = () => createSealer({ kms, keyArn });
  const opener = () => createOpener({ kms, keyArn });
  const fingerprinter = () => createFingerprinter({ kms, macKeyArn });

  test('what was sealed is opened with the same context, as a secret that does not show itself', async () => {
    const ciphertext = await sealer().seal(SECRET, CONTEXT);
    const opened = await opener().open(ciphertext, CONTEXT);

    expect(opened.reveal()).toEqual(CREDENTIALS);
    expect(`${opened} ${JSON.stringify(opened)} ${inspect(opened)}`).not.toContain('fake-godaddy');
    expect(Buffer.from(ciphertext).toString('latin1')).not.toContain('fake-godaddy');
  });

  test('the encryption context is exactly the five names, all of them texts', async () => {
    const ciphertext = await sealer().seal(SECRET, CONTEXT);
    await opener().open(ciphertext, CONTEXT);

    expect(calls.map(({ operation }) => operation)).toEqual(['Encrypt', 'Decrypt']);
    for (const { input } of calls) {
      expect(input.EncryptionContext).toEqual({
        app: 'domain-collective',
        tenant: 'tenantaaaa',
        integration: 'integrationaaaa',
        registrar: 'godaddy',
        version: '3',
      });
      expect(input.KeyId).toBe(keyArn);
    }
  });

  test('two seals of the same credentials differ', async () => {
    const [one, two] = [await sealer().seal(SECRET, CONTEXT), await sealer().seal(SECRET, CONTEXT)];
    expect(Buffer.compare(one, two)).not.toBe(0);
  });

  test.each([
    ['tenant', { tenantId: 'tenantbbbb' }],
    ['integration', { integrationId: 'integrationbbbb' }],
    ['registrar', { registrar: 'gandi' }],
    ['older version', { version: 2 }],
    ['newer version', { version: 4 }],
  ] as [string, Partial<SealContext>][])('under another %s it is unreadable', async (_name, change) => {
    const ciphertext = await sealer().seal(SECRET, CONTEXT);
    const error = await opener()
      .open(ciphertext, { ...CONTEXT, ...change })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'CREDENTIALS_UNREADABLE',
      facts: { path: 'Decrypt/InvalidCiphertextException' },
    });
    expect(toAllText(error)).not.toContain('fake-godaddy');
  });

  test('of all swaps among twelve sets of credentials none is accepted', async () => {
    const contexts = [1, 2].flatMap((version) =>
      ['a', 'b'].flatMap((tenantId) =>
        (['godaddy', 'gandi', 'porkbun'] as const).map((registrar) => ({
          ...CONTEXT,
          tenantId,
          registrar,
          version,
        })),
      ),
    );
    const sealed = await Promise.all(contexts.map((context) => sealer().seal(SECRET, context)));

    for (const [at, ciphertext] of sealed.entries())
      for (const [other, context] of contexts.entries()) {
        const opened = opener().open(ciphertext, context);
        if (other === at) expect((await opened).reveal()).toEqual(CREDENTIALS);
        else await expect(opened).rejects.toMatchObject({ code: 'CREDENTIALS_UNREADABLE' });
      }
  });

  test('with any one bit changed it is unreadable', async () => {
    const ciphertext = await sealer().seal(SECRET, CONTEXT);
    for (let at = 0; at < ciphertext.length; at += 1) {
      const changed = Uint8Array.from(ciphertext);
      changed[at] = (changed[at] as number) ^ (1 << (at % 8));
      await expect(opener().open(changed, CONTEXT)).rejects.toMatchObject({ code: 'CREDENTIALS_UNREADABLE' });
    }
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['one byte', Uint8Array.from([1])],
    ['more than KMS takes', new Uint8Array(6145)],
  ])('a ciphertext of %s is unreadable', async (_name, ciphertext) => {
    await expect(opener().open(ciphertext, CONTEXT)).rejects.toMatchObject({
      code: 'CREDENTIALS_UNREADABLE',
    });
  });

  test('a ciphertext of another key is unreadable', async () => {
    const otherArn = server.ensureKey({ keyId: 'other-key', usage: 'ENCRYPT_DECRYPT', enabled: true });
    const ciphertext = await createSealer({ kms, keyArn: otherArn }).seal(SECRET, CONTEXT);
    await expect(opener().open(ciphertext, CONTEXT)).rejects.toMatchObject({
      code: 'CREDENTIALS_UNREADABLE',
      facts: { path: 'Decrypt/IncorrectKeyException' },
    });
  });

  test.each([
    ['another registrar', JSON.stringify({ registrar: 'gandi', credentials: CREDENTIALS })],
    ['no registrar', JSON.stringify({ credentials: CREDENTIALS })],
    ['an unknown registrar', JSON.stringify({ registrar: 'fake', credentials: CREDENTIALS })],
    ['fields that are no texts', JSON.stringify({ registrar: 'godaddy', credentials: { apiKey: 1 } })],
    ['a list for the fields', JSON.stringify({ registrar: 'godaddy', credentials: ['fake-godaddy-key'] })],
    ['null', 'null'],
    ['no JSON', 'fake-godaddy-key'],
  ])(
    'a content with %s is unreadable, though its context is right, and is not quoted',
    async (_name, content) => {
      const request = new EncryptCommand({
        KeyId: keyArn,
        Plaintext: Buffer.from(content),
        EncryptionContext: toEncryptionContext(CONTEXT),
      });
      const { CiphertextBlob: ciphertext } = await kms.send(request);

      const error = await opener()
        .open(ciphertext as Uint8Array, CONTEXT)
        .catch((caught: unknown) => caught);

      expect(error).toMatchObject({ code: 'CREDENTIALS_UNREADABLE', facts: { path: 'content' } });
      expect(toAllText(error)).not.toContain('fake-godaddy');
    },
  );

  test('a disabled key makes credentials unavailable, and enabling it brings them back', async () => {
    const ciphertext = await sealer().seal(SECRET, CONTEXT);
    server.ensureKey({ keyId: 'seal-key', usage: 'ENCRYPT_DECRYPT', enabled: false });

    await expect(sealer().seal(SECRET, CONTEXT)).rejects.toMatchObject({ code: 'ENCRYPTION_UNAVAILABLE' });
    await expect(opener().open(ciphertext, CONTEXT)).rejects.toMatchObject({
      code: 'ENCRYPTION_UNAVAILABLE',
      facts: { path: 'Decrypt/DisabledException' },
    });

    server.ensureKey({ keyId: 'seal-key', usage: 'ENCRYPT_DECRYPT', enabled: true });
    expect((await opener().open(ciphertext, CONTEXT)).reveal()).toEqual(CREDENTIALS);
  });

  test('credentials above what KMS takes are refused without a call', async () => {
    const big = toSecret({ apiKey: 'fake-key'.repeat(600) });
    const error = await sealer()
      .seal(big, CONTEXT)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'INTERNAL', facts: { path: 'credentials' } });
    expect(toAllText(error)).not.toContain('fake-key');
    expect(calls).toEqual([]);
  });

  describe('fingerprints', () => {
    test('are 26 characters of base32, the same for the same purpose and text', async () => {
      const [one, again] = [
        await fingerprinter().fingerprint('limit', 'x'),
        await fingerprinter().fingerprint('limit', 'x'),
      ];
      expect(one).toMatch(/^[a-z2-7]{26}$/);
      expect(again).toBe(one);
    });

    test('differ by purpose, by text and by key', async () => {
      const otherArn = server.ensureKey({ keyId: 'other-mac', usage: 'GENERATE_VERIFY_MAC', enabled: true });
      const made = await Promise.all([
        fingerprinter().fingerprint('limit', 'x'),
        fingerprinter().fingerprint('body', 'x'),
        fingerprinter().fingerprint('limit', 'y'),
        fingerprinter().fingerprint('limit', ''),
        createFingerprinter({ kms, macKeyArn: otherArn }).fingerprint('limit', 'x'),
      ]);
      expect(new Set(made).size).toBe(5);
    });

    test('are made of texts of any length, which differ to the last character', async () => {
      const long = 'ü'.repeat(16_000);
      const texts = ['x'.repeat(4000), 'x'.repeat(4001), long, `${long}a`, `${long}b`];
      const made = await Promise.all(texts.map((text) => fingerprinter().fingerprint('body', text)));
      expect(new Set(made).size).toBe(texts.length);
    });

    test('can’t be made while the key is disabled', async () => {
      server.ensureKey({ keyId: 'mac-key', usage: 'GENERATE_VERIFY_MAC', enabled: false });
      await expect(fingerprinter().fingerprint('limit', 'x')).rejects.toMatchObject({
        code: 'ENCRYPTION_UNAVAILABLE',
      });
    });
  });

  describe('the cursor key', () => {
    test('is 32 bytes, the same for the whole deployment, and asked for once a process', async () => {
      const one = fingerprinter();
      const [first, second] = await Promise.all([one.cursorKey(), one.cursorKey()]);
      expect(first).toHaveLength(32);
      expect(second).toEqual(first);
      expect(calls).toHaveLength(1);
      expect(Buffer.from(await fingerprinter().cursorKey())).toEqual(Buffer.from(first));
    });

    test('that could not be made is asked for again', async () => {
      const one = fingerprinter();
      server.ensureKey({ keyId: 'mac-key', usage: 'GENERATE_VERIFY_MAC', enabled: false });
      await expect(one.cursorKey()).rejects.toMatchObject({ code: 'ENCRYPTION_UNAVAILABLE' });
      server.ensureKey({ keyId: 'mac-key', usage: 'GENERATE_VERIFY_MAC', enabled: true });
      expect(await one.cursorKey()).toHaveLength(32);
    });
  });
});
