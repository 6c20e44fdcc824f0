import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../template.ts';
import { ApiError } from '../workflow/errors.ts';

export type KeyUsage = 'ENCRYPT_DECRYPT' | 'GENERATE_VERIFY_MAC';

/** A key with its material; `createdAt` in epoch milliseconds, `alias` as `alias/name`. */
export interface Key {
  readonly keyId: string;
  readonly usage: KeyUsage;
  /** 256 random bits, base64. */
  readonly material: string;
  readonly createdAt: number;
  readonly alias: string | null;
  readonly isEnabled: boolean;
}

export interface KeyFile {
  /** Finds a key by id, ARN, alias name or alias ARN. @throws ApiError NotFoundException */
  find(reference: string): Key;
  /** The key of an id, if there is one. */
  get(keyId: string): Key | undefined;
  /** Stores a key, new or changed, before it returns. @throws Error where another key has its alias. */
  put(key: Key): void;
}

const ARN_PREFIX = `arn:aws:kms:${LOCAL_REGION}:${LOCAL_ACCOUNT}:`;
const KEY_PREFIX = `${ARN_PREFIX}key/`;

/**
 * Opens the keys under a folder: file `kms-keys.json`, readable by its owner alone, replaced in one step at every
 * change. Whoever can read it can decrypt everything that was encrypted here.
 */
export function openKeyFile(folder: string): KeyFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'kms-keys.json');
  const stored: Key[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
  const keys = new Map(stored.map((key) => [key.keyId, key]));
  return {
    get: (keyId) => keys.get(keyId),
    find: (reference) => {
      const name = reference.startsWith(ARN_PREFIX) ? reference.slice(ARN_PREFIX.length) : reference;
      const isAlias = name.startsWith('alias/');
      const key = isAlias
        ? [...keys.values()].find((each) => each.alias === name)
        : keys.get(name.startsWith('key/') ? name.slice('key/'.length) : name);
      if (key !== undefined) return key;
      throw new ApiError(
        'NotFoundException',
        isAlias ? `Alias ${ARN_PREFIX}${name} is not found.` : `Key '${reference}' does not exist`,
      );
    },
    put: (key) => {
      const owner = [...keys.values()].find((each) => each.alias !== null && each.alias === key.alias);
      if (owner !== undefined && owner.keyId !== key.keyId) {
        throw new Error(`KMS: ${key.alias} is the alias of key ${owner.keyId} already`);
      }
      keys.set(key.keyId, key);
      const draft = `${path}.new`;
      writeFileSync(draft, JSON.stringify([...keys.values()], null, 2), { mode: 0o600 });
      renameSync(draft, path);
    },
  };
}

/** The ARN of a key, as every answer names it. */
export function toKeyArn(key: Key): string {
  return KEY_PREFIX + key.keyId;
}

/** New material for a key, base64. */
export function createMaterial(): string {
  return randomBytes(32).toString('base64');
}
