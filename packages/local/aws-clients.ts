import { LOCAL_REGION } from './template.ts';

/** Credentials that say what they are: no stand-in checks them, and no AWS account would take them. */
export const FAKE_CREDENTIALS = {
  accessKeyId: 'FAKELOCALACCESSKEYID',
  secretAccessKey: 'fake-local-secret-access-key',
} as const;

/** Configuration of an AWS SDK client that talks to a stand-in. */
export function localClientConfig(endpoint: string) {
  return { endpoint, region: LOCAL_REGION, credentials: FAKE_CREDENTIALS, maxAttempts: 1 };
}
