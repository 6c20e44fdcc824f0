import type { Credentials } from '../registrar.ts';
import type { RegistrarId } from '../registrar-id.ts';
import type { Secret } from '../secret.ts';

/** What a ciphertext is bound to; KMS refuses to open it with anything else (the encryption context). */
export interface SealContext {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly registrar: RegistrarId;
  /** Rises with every set of credentials of an integration: an old ciphertext can't be put back. */
  readonly version: number;
}

/** Seals credentials; held only by the function that takes them in. */
export interface Sealer {
  /** @throws SyncError ENCRYPTION_UNAVAILABLE */
  seal(credentials: Secret<Credentials>, context: SealContext): Promise<Uint8Array>;
}

/** Opens credentials; held only by the registrar workers. */
export interface Opener {
  /** @throws SyncError ENCRYPTION_UNAVAILABLE (KMS refused, throttled or is away), CREDENTIALS_UNREADABLE (context or content mismatch) */
  open(ciphertext: Uint8Array, context: SealContext): Promise<Secret<Credentials>>;
}

/** Keyed fingerprints that reveal nothing of what they were made from. */
export interface Fingerprinter {
  /** 26 characters of lower-case base32, the same for the same purpose and text. */
  fingerprint(purpose: 'limit' | 'body', text: string): Promise<string>;
  /** A 32-byte key, the same for the whole deployment, to sign cursors with. */
  cursorKey(): Promise<Uint8Array>;
}

/** A sealed set of credentials as stored. */
export interface SealedCredentials {
  readonly ciphertext: Uint8Array;
  readonly version: number;
}

/** The credentials of an integration in their own table: never plaintext, and gone for good once deleted. */
export interface CredentialStore {
  /**
   * Stores the first credentials, for 30 days until `keep`: what an addition that broke off left goes by itself.
   * Conditional on: not deleted, none there.
   */
  create(integrationId: string, sealed: SealedCredentials): Promise<'stored' | 'deleted'>;
  /** Keeps the first credentials for good, now that their integration is there; repeatable. */
  keep(integrationId: string): Promise<void>;
  /** Puts new credentials beside the current ones, to be proven; replaces an earlier candidate of a lower version. */
  propose(integrationId: string, sealed: SealedCredentials): Promise<'stored' | 'deleted'>;
  read(integrationId: string): Promise<
    | {
        readonly current: SealedCredentials | null;
        readonly candidate: SealedCredentials | null;
        /** Nobody kept them yet. */
        readonly isProvisional: boolean;
      }
    | 'deleted'
    | undefined
  >;
  /** The candidate of that version becomes the current one; repeatable. */
  promote(integrationId: string, version: number): Promise<void>;
  /** Drops the candidate of that version; repeatable. */
  discard(integrationId: string, version: number): Promise<void>;
  /** Replaces everything by a marker without ciphertext, so that no late write brings credentials back; repeatable. */
  erase(integrationId: string): Promise<void>;
}
