import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Key } from './keys.ts';

/** Names and values that must be the same at decryption. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** Form of the ciphertext blob: version, length of the key id, key id, nonce, tag, ciphertext. */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 2;

/** Encrypts by AES-256-GCM under the key; the context is bound to the ciphertext, not held in it. */
export function encrypt(key: Key, plaintext: Buffer, context: EncryptionContext): Buffer {
  const keyId = Buffer.from(key.keyId, 'utf8');
  const head = Buffer.concat([Buffer.from([VERSION, keyId.length]), keyId]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key.material, 'base64'), nonce);
  cipher.setAAD(toAdditionalData(head, context));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([head, nonce, cipher.getAuthTag(), ciphertext]);
}

/** The id of the key that a blob was made with; undefined for a blob that has another form. */
export function readKeyId(blob: Buffer): string | undefined {
  const length = blob[1] ?? 0;
  if (blob[0] !== VERSION || blob.length < HEAD_BYTES + length + NONCE_BYTES + TAG_BYTES) return undefined;
  return blob.subarray(HEAD_BYTES, HEAD_BYTES + length).toString('utf8');
}

/** The plaintext; undefined where the blob or the context is not what was encrypted. */
export function decrypt(key: Key, blob: Buffer, context: EncryptionContext): Buffer | undefined {
  const bodyAt = HEAD_BYTES + (blob[1] ?? 0);
  const nonce = blob.subarray(bodyAt, bodyAt + NONCE_BYTES);
  const tag = blob.subarray(bodyAt + NONCE_BYTES, bodyAt + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key.material, 'base64'), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(toAdditionalData(blob.subarray(0, bodyAt), context));
  decipher.setAuthTag(tag);
  const start = decipher.update(blob.subarray(bodyAt + NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([start, decipher.final()]);
  } catch {
    return undefined;
  }
}

/** HMAC-SHA-256 of a message under the key. */
export function computeMac(key: Key, message: Buffer): Buffer {
  return createHmac('sha256', Buffer.from(key.material, 'base64')).update(message).digest();
}

/** Compares MACs in constant time. */
export function isSameMac(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** The context in one order of its names, whatever order the caller had, and the key's name with it. */
function toAdditionalData(head: Buffer, context: EncryptionContext): Buffer {
  const entries = Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.concat([head, Buffer.from(JSON.stringify(entries), 'utf8')]);
}
