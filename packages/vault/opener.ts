import { DecryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { SyncError } from '#core/errors.ts';
import type { Opener } from '#core/ports/vault.ts';
import { toSecret } from '#core/secret.ts';
import { toEncryptionContext } from './encryption-context.ts';
import { decodeEnvelope } from './envelope.ts';
import { callKms, toEmptyAnswer } from './kms-errors.ts';

/** Most bytes of a ciphertext that KMS takes. KMS API Reference, Decrypt, verified 2026-11-23. */
const maxCiphertextBytes = 6144;

/**
 * Opens sealed credentials by KMS. Needs kms:Decrypt and nothing else. A ciphertext of another tenant, integration,
 * registrar or version is refused by KMS, and one whose content names another registrar here.
 */
export function createOpener({ kms, keyArn }: { readonly kms: KMSClient; readonly keyArn: string }): Opener {
  return {
    async open(ciphertext, context) {
      const { registrar } = context;
      // of another size it can't be one of ours, and KMS would call the request malformed instead
      if (ciphertext.byteLength === 0 || ciphertext.byteLength > maxCiphertextBytes)
        throw new SyncError('CREDENTIALS_UNREADABLE', { registrar, path: 'ciphertext' });
      const request = new DecryptCommand({
        KeyId: keyArn,
        CiphertextBlob: ciphertext,
        EncryptionContext: toEncryptionContext(context),
      });
      const { Plaintext: plaintext } = await callKms('Decrypt', registrar, () => kms.send(request));
      if (plaintext === undefined) throw toEmptyAnswer('Decrypt');
      const envelope = decodeEnvelope(plaintext);
      plaintext.fill(0);
      if (envelope === undefined || envelope.registrar !== registrar)
        throw new SyncError('CREDENTIALS_UNREADABLE', { registrar, path: 'content' });
      return toSecret(envelope.credentials);
    },
  };
}
