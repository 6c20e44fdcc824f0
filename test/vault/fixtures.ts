import { KMSClient } from '@aws-sdk/client-kms';
import type { SealContext } from '#core/ports/vault.ts';
import { toSecret } from '#core/secret.ts';

export const CONTEXT: SealContext = {
  tenantId: 'tenantaaaa',
  integrationId: 'integrationaaaa',
  registrar: 'godaddy',
  version: 3,
};

export const CREDENTIALS = { apiKey: 'fake-godaddy-key-ünïcode', apiSecret: 'fake-godaddy-secret-"quoted"' };
export const SECRET = toSecret(CREDENTIALS);

/** A KMS client of a stand-in on 127.0.0.1; it never tries twice. */
export function createKmsClient(endpoint: string): KMSClient {
  return new KMSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'FAKETESTACCESSKEYID', secretAccessKey: 'fake-test-secret-access-key' },
    maxAttempts: 1,
  });
}

/** Everything that an error could show, to look for what it must not. */
export function toAllText(error: unknown): string {
  const { message, stack, cause } = error as Error;
  return [
    message,
    stack,
    String(cause),
    JSON.stringify(error),
    JSON.stringify(Object.entries(error as Error)),
  ].join('\n');
}
