import { createHash } from 'node:crypto';
import type { KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { createFingerprinter } from '#vault/fingerprinter.ts';
import { callKms, toEmptyAnswer } from '#vault/kms-errors.ts';
import { createOpener } from '#vault/opener.ts';
import { createSealer } from '#vault/sealer.ts';
import { CONTEXT, SECRET } from './fixtures.ts';

/** A client that answers as it is told: for what no KMS would say. */
function script(answer: object | Error) {
  const sent: { readonly input: Record<string, unknown>; readonly bytes: Buffer }[] = [];
  const kms = {
    send: async ({ input }: { readonly input: Record<string, unknown> }) => {
      // A copy: what is cleared afterwards is cleared in the request as well.
      sent.push({ input, bytes: Buffer.from((input.Message ?? input.Plaintext ?? []) as Uint8Array) });
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { kms: kms as unknown as KMSClient, sent };
}

const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/fake';
const failure = (name: unknown, $metadata?: object) =>
  Object.assign(new Error('private word'), { name, $metadata });
const factsOf = async (error: unknown) => {
  const caught = await callKms('Decrypt', 'gandi', async () => {
    throw error;
  }).catch((thrown: unknown) => thrown);
  return (caught as { readonly facts: object }).facts;
};

describe('an error of KMS', () => {
  test('says the operation, the name, the status and the registrar, as far as they are known', async () => {
    expect(await factsOf(failure('DisabledException', { httpStatusCode: 400 }))).toStrictEqual({
      path: 'Decrypt/DisabledException',
      status: 400,
      registrar: 'gandi',
    });
    expect(await factsOf(failure('DisabledException', {}))).toStrictEqual({
      path: 'Decrypt/DisabledException',
      registrar: 'gandi',
    });
    expect(await factsOf(failure('DisabledException'))).toStrictEqual({
      path: 'Decrypt/DisabledException',
      registrar: 'gandi',
    });
    await expect(
      callKms('GenerateMac', undefined, async () => {
        throw failure('ThrottlingException');
      }),
    ).rejects.toMatchObject({ facts: { path: 'GenerateMac/ThrottlingException' } });
  });

  test.each([7, undefined, '', 'a b', '1Exception', 'Exception1', `X${'x'.repeat(60)}`])(
    'is an Error where its name is %j',
    async (name) => {
      expect(await factsOf(failure(name))).toStrictEqual({ path: 'Decrypt/Error', registrar: 'gandi' });
    },
  );

  test('names no registrar where there is none', async () => {
    const caught = await callKms('GenerateMac', undefined, async () => {
      throw failure('Away');
    }).catch((thrown: unknown) => thrown);

    expect((caught as { readonly facts: object }).facts).toStrictEqual({ path: 'GenerateMac/Away' });
  });

  test('is an answer without what it is for', () => {
    expect(toEmptyAnswer('Encrypt')).toMatchObject({
      code: 'ENCRYPTION_UNAVAILABLE',
      facts: { path: 'Encrypt/EmptyAnswer' },
    });
  });
});

describe('an answer without what it is for names its operation', () => {
  test.each([
    ['Encrypt', (kms: KMSClient) => createSealer({ kms, keyArn }).seal(SECRET, CONTEXT)],
    ['Decrypt', (kms: KMSClient) => createOpener({ kms, keyArn }).open(Uint8Array.of(1), CONTEXT)],
    ['GenerateMac', (kms: KMSClient) => createFingerprinter({ kms, macKeyArn: keyArn }).cursorKey()],
  ])('%s', async (operation, call) => {
    await expect(call(script({}).kms)).rejects.toMatchObject({ facts: { path: `${operation}/EmptyAnswer` } });
  });

  test.each([
    ['Encrypt', (kms: KMSClient) => createSealer({ kms, keyArn }).seal(SECRET, CONTEXT)],
    ['Decrypt', (kms: KMSClient) => createOpener({ kms, keyArn }).open(Uint8Array.of(1), CONTEXT)],
    ['GenerateMac', (kms: KMSClient) => createFingerprinter({ kms, macKeyArn: keyArn }).cursorKey()],
  ])('and so does its failure: %s', async (operation, call) => {
    await expect(call(script(failure('Away')).kms)).rejects.toMatchObject({
      facts: { path: `${operation}/Away` },
    });
  });
});

describe('a ciphertext', () => {
  test.each([0, 6_145])('of %i bytes is unreadable, and KMS is not asked', async (size) => {
    const { kms, sent } = script({});

    await expect(createOpener({ kms, keyArn }).open(new Uint8Array(size), CONTEXT)).rejects.toMatchObject({
      code: 'CREDENTIALS_UNREADABLE',
      facts: { registrar: 'godaddy', path: 'ciphertext' },
    });
    expect(sent).toEqual([]);
  });

  test('of 6,144 bytes is asked about', async () => {
    const Plaintext = Buffer.from('{"registrar":"godaddy","credentials":{"apiKey":"fake"}}');
    const { kms, sent } = script({ Plaintext });

    const opened = await createOpener({ kms, keyArn }).open(new Uint8Array(6_144), CONTEXT);

    expect(opened.reveal()).toEqual({ apiKey: 'fake' });
    expect(sent).toHaveLength(1);
    expect(Plaintext.every((byte) => byte === 0)).toBe(true);
  });

  test.each([
    '{"registrar":"gandi","credentials":{"apiKey":"fake"}}',
    '{"registrar":"nobody","credentials":{"apiKey":"fake"}}',
    '{"registrar":["godaddy"],"credentials":{"apiKey":"fake"}}',
    '{"registrar":7,"credentials":{"apiKey":"fake"}}',
    '{"registrar":"godaddy","credentials":{"apiKey":"fake","apiSecret":7}}',
    '{"registrar":"godaddy","credentials":{"apiKey":7,"apiSecret":"fake"}}',
    '{"registrar":"godaddy","credentials":["fake"]}',
    '{"registrar":"godaddy","credentials":null}',
    '{"registrar":"godaddy"}',
    '["godaddy"]',
    'null',
    'no JSON',
  ])('of the content %s is unreadable', async (content) => {
    const { kms } = script({ Plaintext: Buffer.from(content) });

    await expect(createOpener({ kms, keyArn }).open(Uint8Array.of(1), CONTEXT)).rejects.toMatchObject({
      code: 'CREDENTIALS_UNREADABLE',
      facts: { registrar: 'godaddy', path: 'content' },
    });
  });
});

describe('a fingerprint', () => {
  const messageOf = async (purpose: 'limit', text: string) => {
    const { kms, sent } = script({ Mac: new Uint8Array(32) });
    await createFingerprinter({ kms, macKeyArn: keyArn }).fingerprint(purpose, text);
    return sent[0];
  };

  test('is made of the purpose and the text, of a long one by its hash', async () => {
    const hash = createHash('sha256').update('x'.repeat(4_001)).digest('hex');

    expect((await messageOf('limit', 'text'))?.bytes.toString()).toBe('limit\0text');
    expect((await messageOf('limit', 'x'.repeat(4_000)))?.bytes.toString()).toBe(
      `limit\0${'x'.repeat(4_000)}`,
    );
    expect((await messageOf('limit', 'x'.repeat(4_001)))?.bytes.toString('hex')).toBe(
      Buffer.from('limit#sha256\0').toString('hex') + hash,
    );
  });

  test('leaves nothing of the text behind', async () => {
    const sent = await messageOf('limit', 'fake-secret');

    expect(Buffer.from(sent?.input.Message as Uint8Array).toString()).toBe(
      '\0'.repeat('limit\0fake-secret'.length),
    );
  });

  test('asks for a MAC by the deployment’s key, and so does the key of cursors', async () => {
    const { kms, sent } = script({ Mac: new Uint8Array(32) });

    await createFingerprinter({ kms, macKeyArn: keyArn }).cursorKey();

    expect(sent[0]?.input).toMatchObject({ KeyId: keyArn, MacAlgorithm: 'HMAC_SHA_256' });
    expect(sent[0]?.bytes.toString()).toBe('cursor\0key');
  });
});
