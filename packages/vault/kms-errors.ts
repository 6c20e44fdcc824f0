import { SyncError, type SyncErrorFacts } from '#core/errors.ts';
import type { RegistrarId } from '#core/registrar-id.ts';

type Operation = 'Encrypt' | 'Decrypt' | 'GenerateMac';

/**
 * Errors by which KMS says that a ciphertext is not what the context says it is: altered, or sealed with another
 * context or key. KMS API Reference, Decrypt, verified 2026-11-23.
 */
const mismatches = ['InvalidCiphertextException', 'IncorrectKeyException'];

/**
 * Calls KMS and rebuilds its error: CREDENTIALS_UNREADABLE where the ciphertext doesn't fit its context, else
 * ENCRYPTION_UNAVAILABLE (denied, disabled, throttled, away), with the operation, the error's name and its status.
 * The SDK's message and cause are dropped.
 */
export async function callKms<T>(
  operation: Operation,
  registrar: RegistrarId | undefined,
  send: () => Promise<T>,
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const { name, $metadata } = error as { name?: unknown; $metadata?: { httpStatusCode?: number } };
    const known = typeof name === 'string' && /^[A-Za-z]{1,60}$/.test(name) ? name : 'Error';
    const status = $metadata?.httpStatusCode;
    const facts: SyncErrorFacts = {
      path: `${operation}/${known}`,
      ...(status !== undefined && { status }),
      ...(registrar !== undefined && { registrar }),
    };
    if (mismatches.includes(known)) throw new SyncError('CREDENTIALS_UNREADABLE', facts);
    throw new SyncError('ENCRYPTION_UNAVAILABLE', facts);
  }
}

/** An answer of KMS without the field that it is for. */
export function toEmptyAnswer(operation: Operation): SyncError {
  return new SyncError('ENCRYPTION_UNAVAILABLE', { path: `${operation}/EmptyAnswer` });
}
