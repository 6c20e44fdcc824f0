import type { JsonObject } from '../json.ts';
import { LOCAL_ACCOUNT } from '../template.ts';
import { createJsonServer, type JsonServer, type Operation, requireText } from '../workflow/aws-json.ts';
import { ApiError } from '../workflow/errors.ts';
import { computeMac, decrypt, encrypt, isSameMac, readKeyId } from './cipher.ts';
import { checkAlgorithm, readBlob, readContext, refuseUnknown } from './inputs.ts';
import { createMaterial, type Key, type KeyUsage, openKeyFile, toKeyArn } from './keys.ts';

export interface KmsServer extends JsonServer {
  /**
   * Makes the key, or takes the stored one and sets its alias and state. Gives the key's ARN.
   * @throws Error where the stored key has another usage, or another key has the alias.
   */
  ensureKey(key: {
    readonly keyId: string;
    /** With or without `alias/`. */
    readonly alias?: string;
    readonly usage: KeyUsage;
    readonly enabled: boolean;
  }): string;
  /** Lets operations fail: an answer of `fault` is given to the caller instead of the result. null ends it. */
  setFault(fault: KmsFault | null): void;
}

type KmsFault = (
  operation: string,
  input: JsonObject,
) => { readonly code: string; readonly message: string; readonly status?: number } | undefined;

export interface KmsOptions {
  readonly dataDir: string;
  readonly log: { error(message: string, details: Readonly<Record<string, unknown>>): void };
  /** Epoch milliseconds; default the machine's clock. */
  readonly now?: () => number;
}

/** Bytes that KMS takes at most. @see API_Encrypt, API_Decrypt, API_GenerateMac of KMS, verified 2026-11-23 */
const MAX_PLAINTEXT = 4096;
const MAX_CIPHERTEXT = 6144;
const MAX_MESSAGE = 4096;

const SYMMETRIC = 'SYMMETRIC_DEFAULT';
const HMAC = 'HMAC_SHA_256';

/**
 * KMS on this machine, as the AWS SDK speaks it: symmetric keys and HMAC keys of 256 bits. Operations and members
 * that aren't listed here are refused.
 */
export function createKmsServer({ dataDir, log, now = Date.now }: KmsOptions): KmsServer {
  const keys = openKeyFile(dataDir);
  let fault: KmsFault | null = null;

  function usable(reference: string, usage: KeyUsage): Key {
    const key = keys.find(reference);
    if (!key.isEnabled) throw new ApiError('DisabledException', `${toKeyArn(key)} is disabled.`);
    if (key.usage === usage) return key;
    throw new ApiError(
      'InvalidKeyUsageException',
      `${toKeyArn(key)} key usage is ${key.usage} which is not valid for this operation.`,
    );
  }

  function setEnabled(input: JsonObject, isEnabled: boolean): void {
    refuseUnknown(input, ['KeyId']);
    keys.put({ ...keys.find(requireText(input, 'KeyId')), isEnabled });
  }

  const operations: Record<string, Operation> = {
    Encrypt: (input) => {
      refuseUnknown(input, ['KeyId', 'Plaintext', 'EncryptionContext', 'EncryptionAlgorithm']);
      checkAlgorithm(input, 'EncryptionAlgorithm', SYMMETRIC, false);
      const plaintext = readBlob(input, 'Plaintext', MAX_PLAINTEXT);
      const context = readContext(input);
      const key = usable(requireText(input, 'KeyId'), 'ENCRYPT_DECRYPT');
      const blob = encrypt(key, plaintext, context).toString('base64');
      return { CiphertextBlob: blob, KeyId: toKeyArn(key), EncryptionAlgorithm: SYMMETRIC };
    },
    Decrypt: (input) => {
      refuseUnknown(input, ['KeyId', 'CiphertextBlob', 'EncryptionContext', 'EncryptionAlgorithm']);
      checkAlgorithm(input, 'EncryptionAlgorithm', SYMMETRIC, false);
      const blob = readBlob(input, 'CiphertextBlob', MAX_CIPHERTEXT);
      const context = readContext(input);
      const madeWith = readKeyId(blob);
      if (madeWith === undefined || keys.get(madeWith) === undefined) throw invalidCiphertext();
      if (input.KeyId !== undefined && keys.find(requireText(input, 'KeyId')).keyId !== madeWith) {
        throw new ApiError(
          'IncorrectKeyException',
          'The key ID in the request does not identify a CMK that can perform this operation.',
        );
      }
      const key = usable(madeWith, 'ENCRYPT_DECRYPT');
      const plaintext = decrypt(key, blob, context);
      if (plaintext === undefined) throw invalidCiphertext();
      return {
        Plaintext: plaintext.toString('base64'),
        KeyId: toKeyArn(key),
        EncryptionAlgorithm: SYMMETRIC,
      };
    },
    GenerateMac: (input) => {
      refuseUnknown(input, ['KeyId', 'Message', 'MacAlgorithm']);
      checkAlgorithm(input, 'MacAlgorithm', HMAC, true);
      const message = readBlob(input, 'Message', MAX_MESSAGE);
      const key = usable(requireText(input, 'KeyId'), 'GENERATE_VERIFY_MAC');
      return { Mac: computeMac(key, message).toString('base64'), KeyId: toKeyArn(key), MacAlgorithm: HMAC };
    },
    VerifyMac: (input) => {
      refuseUnknown(input, ['KeyId', 'Message', 'Mac', 'MacAlgorithm']);
      checkAlgorithm(input, 'MacAlgorithm', HMAC, true);
      const message = readBlob(input, 'Message', MAX_MESSAGE);
      const mac = readBlob(input, 'Mac', MAX_CIPHERTEXT);
      const key = usable(requireText(input, 'KeyId'), 'GENERATE_VERIFY_MAC');
      if (!isSameMac(computeMac(key, message), mac)) {
        throw new ApiError('KMSInvalidMacException', 'the HMAC does not match the message and the key');
      }
      return { KeyId: toKeyArn(key), MacValid: true, MacAlgorithm: HMAC };
    },
    DescribeKey: (input) => {
      refuseUnknown(input, ['KeyId']);
      return { KeyMetadata: toMetadata(keys.find(requireText(input, 'KeyId'))) };
    },
    EnableKey: (input) => setEnabled(input, true),
    DisableKey: (input) => setEnabled(input, false),
  };

  const faulty = Object.fromEntries(
    Object.entries(operations).map(([name, operation]): [string, Operation] => [
      name,
      (input) => {
        const given = fault?.(name, input);
        if (given !== undefined) throw new ApiError(given.code, given.message, given.status);
        return operation(input);
      },
    ]),
  );
  const server = createJsonServer('TrentService', '1.1', faulty, (operation, error) =>
    log.error('an operation of the KMS API failed', { operation, error }),
  );
  return {
    ...server,
    setFault: (next) => {
      fault = next;
    },
    ensureKey: ({ keyId, alias, usage, enabled }) => {
      if (!/^[A-Za-z0-9-]{1,200}$/.test(keyId)) throw new Error(`KMS: ${keyId} is no key id`);
      const stored = keys.get(keyId);
      if (stored !== undefined && stored.usage !== usage) {
        throw new Error(`KMS: key ${keyId} is stored with usage ${stored.usage}, not ${usage}`);
      }
      const key: Key = {
        keyId,
        usage,
        material: stored?.material ?? createMaterial(),
        createdAt: stored?.createdAt ?? now(),
        alias: alias === undefined ? (stored?.alias ?? null) : `alias/${alias.replace(/^alias\//, '')}`,
        isEnabled: enabled,
      };
      keys.put(key);
      return toKeyArn(key);
    },
  };
}

function toMetadata(key: Key): object {
  const isMac = key.usage === 'GENERATE_VERIFY_MAC';
  return {
    AWSAccountId: LOCAL_ACCOUNT,
    KeyId: key.keyId,
    Arn: toKeyArn(key),
    CreationDate: key.createdAt / 1000,
    Enabled: key.isEnabled,
    KeyState: key.isEnabled ? 'Enabled' : 'Disabled',
    KeyUsage: key.usage,
    KeyManager: 'CUSTOMER',
    Origin: 'AWS_KMS',
    MultiRegion: false,
    ...(isMac
      ? { KeySpec: 'HMAC_256', MacAlgorithms: [HMAC] }
      : { KeySpec: SYMMETRIC, EncryptionAlgorithms: [SYMMETRIC] }),
  };
}

/** KMS says no more than this, so that nobody learns whether key, context or text was wrong. */
function invalidCiphertext(): ApiError {
  return new ApiError('InvalidCiphertextException', 'the ciphertext is not valid');
}
