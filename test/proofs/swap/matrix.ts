import type { SealContext } from '#core/ports/vault.ts';
import { decrypt, encrypt } from '#local/kms/cipher.ts';
import { createMaterial, type Key } from '#local/kms/keys.ts';
import { toEncryptionContext } from '#vault/encryption-context.ts';
import { encodeEnvelope } from '#vault/envelope.ts';
import { type Field, toFakeCredentials } from './contexts.ts';

/** What came of opening each ciphertext under each context. */
export interface MatrixCount {
  /** Opened under its own context: all of them must be. */
  readonly own: number;
  /** Opened under another one. */
  readonly swapped: number;
  readonly refused: number;
}

/**
 * Seals a set of credentials for every context and opens each under each, with the vault's encryption contexts and the
 * cipher of the KMS stand-in, without the way between them: there are too many for that.
 * @param omitted a part that the sabotaged vault leaves out of its encryption contexts.
 */
export function countMatrix(contexts: readonly SealContext[], omitted?: Field): MatrixCount {
  const key: Key = {
    keyId: 'matrix',
    usage: 'ENCRYPT_DECRYPT',
    material: createMaterial(),
    createdAt: 0,
    alias: null,
    isEnabled: true,
  };
  const bound = contexts.map((context) => omit(toEncryptionContext(context), omitted));
  const sealed = contexts.map((context, index) => {
    const envelope = { registrar: context.registrar, credentials: toFakeCredentials(context) };
    return encrypt(key, encodeEnvelope(envelope), bound[index] ?? {});
  });
  const count = { own: 0, swapped: 0, refused: 0 };
  for (const [at, ciphertext] of sealed.entries())
    for (const [other, context] of bound.entries()) {
      const isOpened = decrypt(key, ciphertext, context) !== undefined;
      count[!isOpened ? 'refused' : at === other ? 'own' : 'swapped'] += 1;
    }
  return count;
}

function omit(context: Readonly<Record<string, string>>, omitted: Field | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(context).filter(([name]) => name !== omitted));
}
