import { EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { SyncError } from '#core/errors.ts';
import type { Sealer } from '#core/ports/vault.ts';
import { toEncryptionContext } from './encryption-context.ts';
import { encodeEnvelope } from './envelope.ts';
import { callKms, toEmptyAnswer } from './kms-errors.ts';

/** Most bytes that KMS encrypts directly. KMS API Reference, Encrypt, verified 2026-11-23. */
export const MAX_PLAINTEXT_BYTES = 4096;

/**
 * Seals credentials by KMS itself, bound to their context. Needs kms:Encrypt and nothing else.
 * The sealer throws SyncError ENCRYPTION_UNAVAILABLE, and INTERNAL at `credentials` for more than KMS takes (4,096 bytes).
 */
export function createSealer({ kms, keyArn }: { readonly kms: KMSClient; readonly keyArn: string }): Sealer {
  return {
    async seal(credentials, context) {
      const { registrar } = context;
      const plaintext = encodeEnvelope({ registrar, credentials: credentials.reveal() });
      try {
        if (plaintext.byteLength > MAX_PLAINTEXT_BYTES)
          throw new SyncError('INTERNAL', { registrar, path: 'credentials' });
        const request = new EncryptCommand({
          KeyId: keyArn,
          Plaintext: plaintext,
          EncryptionContext: toEncryptionContext(context),
        });
        const { CiphertextBlob: ciphertext } = await callKms('Encrypt', registrar, () => kms.send(request));
        if (ciphertext === undefined) throw toEmptyAnswer('Encrypt');
        return ciphertext;
      } finally {
        plaintext.fill(0);
      }
    },
  };
}
