import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { type SyncCode, SyncError } from '#core/errors.ts';
import { toBase32 } from '#core/ids.ts';
import type { Fingerprinter, Opener, SealContext, Sealer } from '#core/ports/vault.ts';
import type { Credentials } from '#core/registrar.ts';
import { toSecret } from '#core/secret.ts';

export interface MemoryVault extends Sealer, Opener, Fingerprinter {
  /** Lets every call fail with a code; null ends it. */
  failWith(code: Extract<SyncCode, 'ENCRYPTION_UNAVAILABLE' | 'CREDENTIALS_UNREADABLE'> | null): void;
}

const nonceBytes = 12;
const tagBytes = 16;

/**
 * A vault in memory with a key of its own: AES-256-GCM with the context as additional data, so that a swapped, altered
 * or old ciphertext fails as it does with KMS.
 */
export function createMemoryVault(): MemoryVault {
  const key = createSecretKey(randomBytes(32));
  let failure: SyncCode | null = null;
  const check = () => {
    if (failure !== null) throw new SyncError(failure);
  };
  const toMac = (text: string) => createHmac('sha256', key).update(text).digest();

  return {
    failWith(code) {
      failure = code;
    },
    async seal(credentials, context) {
      check();
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(toAdditionalData(context));
      const text = cipher.update(JSON.stringify(credentials.reveal()), 'utf8');
      return Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()]);
    },
    async open(ciphertext, context) {
      check();
      const bytes = Buffer.from(ciphertext);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
          authTagLength: tagBytes,
        })
          .setAAD(toAdditionalData(context))
          .setAuthTag(bytes.subarray(-tagBytes));
        const text = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
        return toSecret(JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8')) as Credentials);
      } catch {
        throw new SyncError('CREDENTIALS_UNREADABLE', { registrar: context.registrar });
      }
    },
    async fingerprint(purpose, text) {
      check();
      return toBase32(toMac(`${purpose}\0${text}`)).slice(0, 26);
    },
    async cursorKey() {
      check();
      return toMac('cursor\0key');
    },
  };
}

function toAdditionalData({ tenantId, integrationId, registrar, version }: SealContext): Buffer {
  return Buffer.from(JSON.stringify([tenantId, integrationId, registrar, version]));
}
