import { isSyncError } from '#core/errors.ts';
import type { SealContext } from '#core/ports/vault.ts';
import { toSecret } from '#core/secret.ts';
import { toFakeCredentials } from './contexts.ts';
import type { Safe } from './safe.ts';

/** How many ciphertexts with one bit changed are opened all the same, of how many. */
export async function countBitFlips(
  { sealer, opener }: Safe,
  context: SealContext,
  flip: (byte: number, bit: number) => number,
): Promise<{ readonly flips: number; readonly accepted: number }> {
  const ciphertext = await sealer.seal(toSecret(toFakeCredentials(context)), context);
  const count = { flips: ciphertext.length * 8, accepted: 0 };
  for (let at = 0; at < count.flips; at += 1) {
    const changed = Uint8Array.from(ciphertext);
    const byte = at >> 3;
    changed[byte] = flip(changed[byte] ?? 0, at & 7);
    try {
      await opener.open(changed, context);
      count.accepted += 1;
    } catch (error) {
      if (!isSyncError(error) || error.code !== 'CREDENTIALS_UNREADABLE') throw error;
    }
  }
  return count;
}
