import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { writePrivateFile } from '../data-dir.ts';

/** The issuer's keys: one RSA key that signs tokens, and the secret behind the cookies of its page. */
export interface IssuerKeys {
  /** Private JWK with `kid`, `alg` RS256 and `use` sig. */
  readonly signing: JWK;
  readonly cookieSecret: string;
}

/** Reads the issuer's keys from the data folder; makes them at the first start. */
export async function loadIssuerKeys(dataDir: string): Promise<IssuerKeys> {
  const path = toPath(dataDir);
  if (existsSync(path)) return readIssuerKeys(dataDir);
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const signing = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' };
  const keys: IssuerKeys = { signing, cookieSecret: randomUUID() };
  mkdirSync(join(dataDir, 'issuer'), { recursive: true, mode: 0o700 });
  writePrivateFile(path, JSON.stringify(keys));
  return keys;
}

/** Reads the keys that a former start made. @throws Error when there are none. */
export function readIssuerKeys(dataDir: string): IssuerKeys {
  return JSON.parse(readFileSync(toPath(dataDir), 'utf8')) as IssuerKeys;
}

function toPath(dataDir: string): string {
  return join(dataDir, 'issuer', 'keys.json');
}
