import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';

/** Clients live as long as their environment; a call that hangs is given up well before the function's own timeout. */
const options = { maxAttempts: 5, requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000 } };

export const createDynamoClient = () => new DynamoDBClient(options);
export const createKmsClient = () => new KMSClient(options);
export const createWorkflowClient = () => new SFNClient(options);
/** Queue URLs may name another host than the endpoint that the environment gives: the endpoint wins. */
export const createQueueClient = () => new SQSClient({ ...options, useQueueUrlAsEndpoint: false });
