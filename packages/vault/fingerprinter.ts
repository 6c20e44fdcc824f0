import { createHash } from 'node:crypto';
import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms';
import { toBase32 } from '#core/ids.ts';
import type { Fingerprinter } from '#core/ports/vault.ts';
import { callKms, toEmptyAnswer } from './kms-errors.ts';

/** Texts above this are hashed first: KMS takes messages of at most 4,096 bytes (GenerateMac, verified 2026-11-23). */
const maxTextBytes = 4000;
const fingerprintLength = 26;

/**
 * Makes fingerprints by an HMAC key that never leaves KMS. Needs kms:GenerateMac and nothing else.
 * It throws SyncError ENCRYPTION_UNAVAILABLE.
 */
export function createFingerprinter({
  kms,
  macKeyArn,
}: {
  readonly kms: KMSClient;
  readonly macKeyArn: string;
}): Fingerprinter {
  let cursorKey: Promise<Uint8Array> | undefined;

  async function toMac(message: Uint8Array): Promise<Uint8Array> {
    const request = new GenerateMacCommand({
      KeyId: macKeyArn,
      Message: message,
      MacAlgorithm: 'HMAC_SHA_256',
    });
    const { Mac: mac } = await callKms('GenerateMac', undefined, () => kms.send(request));
    if (mac === undefined) throw toEmptyAnswer('GenerateMac');
    return mac;
  }

  return {
    async fingerprint(purpose, text) {
      const message = toMessage(purpose, Buffer.from(text));
      const mac = await toMac(message);
      message.fill(0);
      return toBase32(mac).slice(0, fingerprintLength);
    },
    cursorKey() {
      // kept for the life of the process; one that could not be made is tried again
      cursorKey ??= toMac(toMessage('cursor', Buffer.from('key'))).catch((error: unknown) => {
        cursorKey = undefined;
        throw error;
      });
      return cursorKey;
    },
  };
}

/** The message of a purpose: no two purposes, and no hashed and plain text, share one. */
function toMessage(purpose: string, text: Buffer): Buffer {
  if (text.byteLength <= maxTextBytes) return Buffer.concat([Buffer.from(`${purpose}\0`), text]);
  const digest = createHash('sha256').update(text).digest();
  return Buffer.concat([Buffer.from(`${purpose}#sha256\0`), digest]);
}
