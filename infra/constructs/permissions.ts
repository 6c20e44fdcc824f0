import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { allow } from './statement.ts';
import type { Tables } from './tables.ts';

/*
 * The statements that roles are made of, written by hand: CDK's grants are wider (grantEncrypt adds ReEncrypt and
 * GenerateDataKey, grantDecrypt sets no condition, grantReadData adds Scan).
 */

/** What a function does with rows of the Portfolio table, an index apart from the table; nobody may scan. */
export type PortfolioUse =
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem'
  | 'Query'
  | 'Query byExpiry'
  | 'Query ops';

/** The right to exactly these uses of the Portfolio table. */
export function usePortfolio(tables: Tables, ...uses: readonly PortfolioUse[]): readonly PolicyStatement[] {
  const { tableArn } = tables.portfolio;
  const ofTable = uses.filter((use) => !use.includes(' ')).map((use) => `dynamodb:${use}`);
  const indexes = uses
    .filter((use) => use.includes(' '))
    .map((use) => `${tableArn}/index/${use.split(' ')[1]}`);
  return [
    ...(ofTable.length > 0 ? [allow(ofTable, [tableArn])] : []),
    ...(indexes.length > 0 ? [allow(['dynamodb:Query'], indexes)] : []),
  ];
}

/** Reading sealed credentials, and putting a proven candidate in force: a worker's. */
export function openCredentials(tables: Tables): PolicyStatement {
  return allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [tables.credentials.tableArn]);
}

/** Writing credentials without seeing them: a write may not ask for what the row held or holds either. */
export function writeCredentials(
  tables: Tables,
  ...uses: readonly ('PutItem' | 'UpdateItem')[]
): PolicyStatement {
  const actions = uses.map((use) => `dynamodb:${use}`);
  return allow(actions, [tables.credentials.tableArn], {
    StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
  });
}

/** The fields that the encryption context of a credential has; a request with one more or one less is refused. */
const CONTEXT_FIELDS = ['app', 'tenant', 'integration', 'registrar', 'version'];

/** Use of the sealing key with a complete context of ours, and with nothing else. */
export function useSealKey(
  action: 'kms:Encrypt' | 'kms:Decrypt',
  key: IKey,
  registrar?: string,
): PolicyStatement {
  const present = CONTEXT_FIELDS.filter((field) => field !== 'app' && !(field === 'registrar' && registrar));
  return allow([action], [key.keyArn], {
    StringEquals: {
      'kms:EncryptionContext:app': 'domain-collective',
      ...(registrar && { 'kms:EncryptionContext:registrar': registrar }),
    },
    Null: Object.fromEntries(present.map((field) => [`kms:EncryptionContext:${field}`, 'false'])),
    'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': CONTEXT_FIELDS },
  });
}

/** Fingerprints by the HMAC key. */
export const makeMac = (key: IKey): PolicyStatement => allow(['kms:GenerateMac'], [key.keyArn]);

/** Sending to queues. */
export const sendTo = (...queues: readonly IQueue[]): PolicyStatement =>
  allow(
    ['sqs:SendMessage'],
    queues.map(({ queueArn }) => queueArn),
  );

/** What an event source mapping needs of its queue. */
export const receiveFrom = (queue: IQueue): PolicyStatement =>
  allow(
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
    [queue.queueArn],
  );

/** What can be said to a state that waits for its token. */
export type TokenAnswer = 'Success' | 'Failure' | 'Heartbeat';

/** Answers to tokens go to the state machine that issued them. */
export const answerTokens = (stateMachineArn: string, ...answers: readonly TokenAnswer[]): PolicyStatement =>
  allow(
    answers.map((answer) => `states:SendTask${answer}`),
    [stateMachineArn],
  );

/** Starting executions of a state machine. */
export const startExecutions = (stateMachineArn: string): PolicyStatement =>
  allow(['states:StartExecution'], [stateMachineArn]);

/** Looking at executions of a state machine, or stopping them. */
export function handleExecutions(
  scope: Stack,
  stateMachineName: string,
  ...actions: readonly ('Describe' | 'Stop')[]
): PolicyStatement {
  const executions = scope.formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${stateMachineName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return allow(
    actions.map((action) => `states:${action}Execution`),
    [executions],
  );
}
