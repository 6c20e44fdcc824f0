import { describe, expect, test } from 'vitest';
import { findSiteFolders } from '#local/assembly.ts';
import { IDLE_TYPES, RUNNING_TYPES } from '#local/resource-types.ts';
import { toLedger } from '#local/resources.ts';
import { changeMini, MINI_NAMES, readMini } from './fixtures/mini.ts';

describe('the ledger', () => {
  const { assembly, ledger } = readMini();

  test('names functions by their CDK path, queues by address, tables by logical id', () => {
    const refs = Object.fromEntries(ledger.running.map(({ logicalId, ids }) => [logicalId, ids.ref]));

    expect(refs).toMatchObject({
      ApiFunction: 'api',
      WorkerFunction: 'worker',
      Queue: 'https://sqs.us-east-1.amazonaws.com/000000000000/Queue',
      Table: 'Table',
      Machine: 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine',
    });
  });

  test("puts the local issuer where the template puts together the Cognito pool's address", () => {
    const [authorizer] = ledger.ofType('AWS::ApiGatewayV2::Authorizer');

    expect(authorizer?.properties.JwtConfiguration).toEqual({
      Audience: [MINI_NAMES.clientId],
      Issuer: MINI_NAMES.issuer,
    });
  });

  test('says why a resource has nothing to do here', () => {
    expect(ledger.idle.get('Role')).toMatch(/IAM/);
    expect(ledger.idle.get('DeployFunction')).toBe('acts at deployment only');
    expect(ledger.idle.get('Deployment')).toBe('acts at deployment only');
  });

  test('reads properties of idle resources too', () => {
    expect(ledger.read('AWS::Cognito::UserPoolClient', 'CallbackURLs')).toEqual([
      ['https://localhost:4000/signed-in'],
    ]);
  });

  test('finds the folders that the site is deployed from', () => {
    expect(findSiteFolders(assembly)).toEqual([expect.stringMatching(/asset\.site$/)]);
  });

  test('no type both runs and is idle', () => {
    expect(Object.keys(RUNNING_TYPES).filter((type) => type in IDLE_TYPES)).toEqual([]);
  });
});

describe('what the local run does not know stops it', () => {
  test.each<[string, Parameters<typeof changeMini>, RegExp]>([
    [
      'an unknown type',
      [{}, { Bus: { Type: 'AWS::Kinesis::Stream' } }],
      /Bus: no stand-in knows the type AWS::Kinesis/,
    ],
    [
      'filter criteria of an event source',
      [{ Source: { FilterCriteria: { Filters: [] } } }],
      /Source .*FilterCriteria/,
    ],
    ['layers of a function', [{ ApiFunction: { Layers: ['x'] } }], /ApiFunction .*Layers/],
    ['a stream of a table', [{ Table: { StreamSpecification: {} } }], /Table .*StreamSpecification/],
    ['a FIFO queue', [{ Queue: { FifoQueue: true } }], /Queue .*FifoQueue/],
    ['CORS of the API', [{ Api: { CorsConfiguration: {} } }], /Api .*CorsConfiguration/],
    [
      'two functions of one name',
      [{ ApiFunction: { FunctionName: 'worker' } }],
      /has the same name worker as/,
    ],
    [
      'a permission for a stranger',
      [{ ApiPermission: { FunctionName: 'nobody' } }],
      /nobody, which is no function here/,
    ],
  ])('%s', (_name, [changes, added], expected) => {
    expect(() => toLedger(changeMini(changes, added), MINI_NAMES)).toThrow(expected);
  });

  test('all problems are told at once', () => {
    const template = changeMini({ Queue: { FifoQueue: true }, Table: { StreamSpecification: {} } });

    expect(() => toLedger(template, MINI_NAMES)).toThrow(
      /FifoQueue[\s\S]*StreamSpecification|StreamSpecification[\s\S]*FifoQueue/,
    );
  });
});
