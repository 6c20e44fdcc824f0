import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ROOT, toBundleOptions } from '#infra/bundle.ts';

/** A call of each of our services, by the clients that the functions make. */
const CALLS = `
  import { PutItemCommand } from '@aws-sdk/client-dynamodb';
  import { DecryptCommand } from '@aws-sdk/client-kms';
  import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
  import { SendMessageCommand } from '@aws-sdk/client-sqs';
  import * as clients from '#lambda/clients.ts';
  export const calls = {
    dynamodb: () => clients.createDynamoClient().send(new PutItemCommand({ TableName: 't', Item: { PK: { S: 'a' } } })),
    kms: () => clients.createKmsClient().send(new DecryptCommand({ CiphertextBlob: new Uint8Array([1]) })),
    sfn: () => clients.createWorkflowClient().send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' })),
    sqs: () => clients.createQueueClient().send(new SendMessageCommand({ QueueUrl: 'http://q/1/q', MessageBody: 'b' })),
  };
`;

type Service = 'dynamodb' | 'kms' | 'sfn' | 'sqs';
const folder = mkdtempSync(join(tmpdir(), 'trims-'));
const requests: IncomingMessage[] = [];
/** SQS's client holds the answer against its own hash of the body. */
const GOOD = { status: 200, body: '{"MD5OfMessageBody":"92eb5ffee6ae2fec3ad71c777531578f"}' };
/** The answers to come; when they are used up, all is well. */
let answers: { readonly status: number; readonly body: string }[] = [];
const server = createServer((request, response) => {
  requests.push(request);
  const answer = answers.shift() ?? GOOD;
  response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body);
});
let calls: Record<Service, () => Promise<unknown>>;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'FAKETESTACCESSKEYID');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'fake-test-secret-access-key');
  vi.stubEnv('AWS_SESSION_TOKEN', 'fake-session-token');
  const outfile = join(folder, 'calls.mjs');
  await build({ ...toBundleOptions(), stdin: { contents: CALLS, resolveDir: ROOT }, outfile });
  ({ calls } = await import(pathToFileURL(outfile).href));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('a client without what is trimmed', () => {
  test.each(['dynamodb', 'kms', 'sfn', 'sqs'] as const)(
    'of %s signs with the credentials that Lambda hands over in the environment',
    async (service) => {
      await calls[service]();

      const { headers } = requests.at(-1) as IncomingMessage;
      expect(headers.authorization).toContain('Credential=FAKETESTACCESSKEYID/');
      expect(headers['x-amz-security-token']).toBe('fake-session-token');
    },
  );

  test.each([
    ['dynamodb', 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException'],
    ['dynamodb', 'com.amazon.coral.validate#ValidationException'],
    ['kms', 'InvalidCiphertextException'],
    ['kms', 'com.amazonaws.kms#IncorrectKeyException'],
    ['sfn', 'TaskTimedOut'],
    ['sfn', 'com.amazonaws.states#TaskDoesNotExist'],
    ['sqs', 'com.amazonaws.sqs#QueueDoesNotExist'],
  ] as const)('of %s names an error as the service does: %s', async (service, type) => {
    answers = [{ status: 400, body: JSON.stringify({ __type: type, message: 'no' }) }];

    const error = await calls[service]().catch((reason: unknown) => reason);

    expect(error).toMatchObject({
      name: type.replace(/^.*#/, ''),
      message: 'no',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test.each([
    ['dynamodb', 'ProvisionedThroughputExceededException', 400],
    ['kms', 'ThrottlingException', 400],
    ['sqs', 'InternalFailure', 500],
  ] as const)('of %s tries again after %s', async (service, type, status) => {
    answers = [{ status, body: JSON.stringify({ __type: type, message: 'later' }) }];
    const before = requests.length;

    await calls[service]();

    expect(requests.length - before).toBe(2);
  });
});
