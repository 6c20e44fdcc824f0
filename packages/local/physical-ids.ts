import { createHash } from 'node:crypto';
import type { Json } from './json.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION, type PhysicalIds, type TemplateResource } from './template.ts';

/** The address under which AWS would publish a Cognito pool as issuer; the local issuer's address replaces it. */
export const COGNITO_ISSUER = `https://cognito-idp.${LOCAL_REGION}.amazonaws.com/${LOCAL_REGION}_local`;

/** What only the start knows: the addresses and names that stand for Cognito and the edge. */
export interface LocalNames {
  readonly clientId: string;
  /** Host and port of the edge, without a scheme. */
  readonly edgeHost: string;
}

type Property = (name: string) => Json | undefined;

/**
 * The local ids of a resource: given names as they are, else the last words of its CDK path for functions (what a
 * person would call them) and its logical id for the rest. All are the same at every start, since data hangs on them.
 */
export function toPhysicalIds(
  names: LocalNames,
  logicalId: string,
  resource: TemplateResource,
  property: Property,
): PhysicalIds {
  const given = (name: string): string => {
    const value = property(name);
    return typeof value === 'string' ? value : logicalId;
  };
  const arn = (service: string, rest: string) =>
    `arn:aws:${service}:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${rest}`;
  const named = (name: string, ownArn: string, more: Record<string, string> = {}): PhysicalIds => ({
    ref: name,
    attributes: { Arn: ownArn, ...more },
  });

  switch (resource.Type) {
    case 'AWS::Lambda::Function': {
      const name = toFunctionName(logicalId, resource, property);
      return named(name, arn('lambda', `function:${name}`));
    }
    case 'AWS::Lambda::Alias':
    case 'AWS::Lambda::Version': {
      const target = String(property('FunctionName'));
      const full = target.startsWith('arn:') ? target : arn('lambda', `function:${target}`);
      return { ref: full, attributes: { AliasArn: full, FunctionArn: full, Version: '$LATEST' } };
    }
    case 'AWS::SQS::Queue': {
      const name = given('QueueName');
      const url = `https://sqs.${LOCAL_REGION}.amazonaws.com/${LOCAL_ACCOUNT}/${name}`;
      return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
    }
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable': {
      const name = given('TableName');
      return named(name, arn('dynamodb', `table/${name}`), { TableId: logicalId });
    }
    case 'AWS::StepFunctions::StateMachine': {
      const name = given('StateMachineName');
      const full = arn('states', `stateMachine:${name}`);
      return { ref: full, attributes: { Arn: full, Name: name } };
    }
    case 'AWS::ApiGatewayV2::Api': {
      const host = `${toShortId(logicalId)}.execute-api.${LOCAL_REGION}.amazonaws.com`;
      return {
        ref: toShortId(logicalId),
        attributes: { ApiId: toShortId(logicalId), ApiEndpoint: `https://${host}` },
      };
    }
    case 'AWS::ApiGatewayV2::Stage':
      return { ref: given('StageName'), attributes: {} };
    case 'AWS::ApiGatewayV2::Authorizer':
      return { ref: logicalId, attributes: { AuthorizerId: logicalId } };
    case 'AWS::KMS::Key': {
      const id = toUuid(logicalId);
      return { ref: id, attributes: { Arn: arn('kms', `key/${id}`), KeyId: id } };
    }
    case 'AWS::Events::Rule':
      return named(given('Name'), arn('events', `rule/${given('Name')}`));
    case 'AWS::Scheduler::Schedule':
      return named(given('Name'), arn('scheduler', `schedule/default/${given('Name')}`));
    case 'AWS::Scheduler::ScheduleGroup':
      return named(given('Name'), arn('scheduler', `schedule-group/${given('Name')}`));
    case 'AWS::SNS::Topic': {
      const full = arn('sns', given('TopicName'));
      return { ref: full, attributes: { TopicArn: full, TopicName: given('TopicName') } };
    }
    case 'AWS::S3::Bucket': {
      const name = typeof property('BucketName') === 'string' ? given('BucketName') : logicalId.toLowerCase();
      const host = `${name}.s3.amazonaws.com`;
      const regional = `${name}.s3.${LOCAL_REGION}.amazonaws.com`;
      return {
        ref: name,
        attributes: { Arn: `arn:aws:s3:::${name}`, DomainName: host, RegionalDomainName: regional },
      };
    }
    case 'AWS::IAM::Role':
      return named(logicalId, `arn:aws:iam::${LOCAL_ACCOUNT}:role/${logicalId}`, { RoleId: logicalId });
    case 'AWS::Logs::LogGroup':
      return named(logicalId, arn('logs', `log-group:${logicalId}:*`));
    case 'AWS::Cognito::UserPool':
      return named(`${LOCAL_REGION}_local`, arn('cognito-idp', `userpool/${LOCAL_REGION}_local`), {
        ProviderURL: COGNITO_ISSUER,
        ProviderName: COGNITO_ISSUER.slice('https://'.length),
        UserPoolId: `${LOCAL_REGION}_local`,
      });
    case 'AWS::Cognito::UserPoolClient':
      return { ref: names.clientId, attributes: { ClientId: names.clientId, Name: logicalId } };
    case 'AWS::CloudFront::Distribution':
      return { ref: logicalId, attributes: { DomainName: names.edgeHost, Id: logicalId } };
    case 'AWS::CloudFront::Function': {
      const full = `arn:aws:cloudfront::${LOCAL_ACCOUNT}:function/${logicalId}`;
      return { ref: full, attributes: { FunctionARN: full } };
    }
    default:
      return { ref: logicalId, attributes: { Id: logicalId } };
  }
}

function toFunctionName(logicalId: string, resource: TemplateResource, property: Property): string {
  const given = property('FunctionName');
  if (typeof given === 'string') return given;
  const path = resource.Metadata?.['aws:cdk:path'];
  if (typeof path !== 'string') return logicalId;
  const words = path.split('/').slice(1);
  if (words.at(-1) === 'Resource') words.pop();
  return toKebab(words.at(-1) ?? logicalId);
}

function toKebab(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
}

function toShortId(logicalId: string): string {
  return createHash('sha256').update(logicalId).digest('hex').slice(0, 10);
}

function toUuid(logicalId: string): string {
  const hex = createHash('sha256').update(logicalId).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
