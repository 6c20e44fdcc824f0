/**
 * What the local run does with each CloudFormation type. A type that is not here stops the start: a resource that
 * nobody thought of would otherwise be missing without a word.
 */

/** A type that a stand-in runs: the properties it acts on, and those that change nothing on one machine, with the reason. */
export interface RunningType {
  readonly acts: readonly string[];
  readonly inert: Readonly<Record<string, string>>;
}

const tags = { Tags: 'labels only' };
const named = { ...tags, Description: 'words for people' };

/** Types that run. A property in neither list is an error at start. */
export const RUNNING_TYPES: Readonly<Record<string, RunningType>> = {
  'AWS::Lambda::Function': {
    acts: [
      'Code',
      'Handler',
      'Runtime',
      'Timeout',
      'MemorySize',
      'Environment',
      'ReservedConcurrentExecutions',
      'FunctionName',
    ],
    inert: {
      ...named,
      Role: 'there is no IAM on this machine; the template tests hold the rights',
      Architectures: 'the bundle is JavaScript',
      LoggingConfig: 'logs go to the data folder',
      TracingConfig: 'no X-Ray daemon runs here',
      VpcConfig: 'decides the outgoing address only',
      EphemeralStorage: 'no function writes to /tmp',
      RecursiveLoop: 'a guard of the service',
      RuntimeManagementConfig: 'the runtime is the Node of this project',
    },
  },
  'AWS::Lambda::EventSourceMapping': {
    acts: [
      'EventSourceArn',
      'FunctionName',
      'BatchSize',
      'MaximumBatchingWindowInSeconds',
      'ScalingConfig',
      'FunctionResponseTypes',
      'Enabled',
    ],
    inert: { ...tags, KmsKeyArn: 'encrypts filter criteria only' },
  },
  'AWS::Lambda::EventInvokeConfig': {
    acts: ['FunctionName', 'Qualifier', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds'],
    inert: {},
  },
  'AWS::Lambda::Permission': {
    acts: ['FunctionName', 'Action', 'Principal', 'SourceArn'],
    inert: { SourceAccount: 'there is one account', EventSourceToken: 'for Alexa only' },
  },
  'AWS::SQS::Queue': {
    acts: [
      'QueueName',
      'VisibilityTimeout',
      'DelaySeconds',
      'MessageRetentionPeriod',
      'MaximumMessageSize',
      'ReceiveMessageWaitTimeSeconds',
      'RedrivePolicy',
    ],
    inert: {
      ...tags,
      KmsMasterKeyId: 'the files are on this machine',
      KmsDataKeyReusePeriodSeconds: 'the files are on this machine',
      SqsManagedSseEnabled: 'the files are on this machine',
      RedriveAllowPolicy: 'there is no IAM on this machine',
    },
  },
  'AWS::DynamoDB::Table': {
    acts: ['TableName', 'KeySchema', 'AttributeDefinitions', 'GlobalSecondaryIndexes', 'BillingMode'],
    inert: {
      ...tags,
      TimeToLiveSpecification: 'TTL is late by design: readers check the expiry themselves',
      PointInTimeRecoverySpecification: 'copy the data folder',
      DeletionProtectionEnabled: 'nobody deletes a table here',
      SSESpecification: 'the files are on this machine',
      ContributorInsightsSpecification: 'measures only',
      OnDemandThroughput: 'a ceiling of cost',
      WarmThroughput: 'capacity in advance',
      TableClass: 'a matter of price',
      ResourcePolicy: 'there is no IAM on this machine',
    },
  },
  'AWS::DynamoDB::GlobalTable': {
    acts: [
      'TableName',
      'KeySchema',
      'AttributeDefinitions',
      'GlobalSecondaryIndexes',
      'BillingMode',
      'Replicas',
    ],
    inert: {
      ...tags,
      TimeToLiveSpecification: 'TTL is late by design: readers check the expiry themselves',
      SSESpecification: 'the files are on this machine',
      WriteOnDemandThroughputSettings: 'a ceiling of cost',
      WarmThroughput: 'capacity in advance',
    },
  },
  'AWS::StepFunctions::StateMachine': {
    acts: ['StateMachineName', 'StateMachineType', 'DefinitionString', 'DefinitionSubstitutions'],
    inert: {
      ...tags,
      RoleArn: 'there is no IAM on this machine',
      LoggingConfiguration: 'the history is kept in the data folder',
      TracingConfiguration: 'no X-Ray daemon runs here',
      EncryptionConfiguration: 'the files are on this machine',
    },
  },
  'AWS::ApiGatewayV2::Api': {
    acts: ['Name', 'ProtocolType'],
    inert: { ...named, DisableExecuteApiEndpoint: 'there is one address' },
  },
  'AWS::ApiGatewayV2::Integration': {
    acts: ['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis'],
    inert: { Description: 'words for people', IntegrationMethod: 'always POST for Lambda' },
  },
  'AWS::ApiGatewayV2::Route': {
    acts: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'AuthorizerId', 'AuthorizationScopes'],
    inert: { OperationName: 'words for people' },
  },
  'AWS::ApiGatewayV2::Authorizer': {
    acts: ['ApiId', 'AuthorizerType', 'IdentitySource', 'JwtConfiguration'],
    inert: { Name: 'words for people' },
  },
  'AWS::ApiGatewayV2::Stage': {
    acts: ['ApiId', 'StageName', 'AutoDeploy', 'DefaultRouteSettings', 'RouteSettings'],
    inert: { ...named, AccessLogSettings: 'access is logged in the data folder' },
  },
  'AWS::Scheduler::Schedule': {
    acts: [
      'Name',
      'ScheduleExpression',
      'ScheduleExpressionTimezone',
      'FlexibleTimeWindow',
      'State',
      'Target',
      'GroupName',
    ],
    inert: { Description: 'words for people', KmsKeyArn: 'the files are on this machine' },
  },
  'AWS::Events::Rule': {
    acts: ['Name', 'EventPattern', 'ScheduleExpression', 'State', 'Targets', 'EventBusName'],
    inert: { ...named, RoleArn: 'there is no IAM on this machine' },
  },
  'AWS::KMS::Key': {
    acts: ['KeySpec', 'KeyUsage', 'Enabled'],
    inert: {
      ...named,
      KeyPolicy: 'there is no IAM on this machine',
      EnableKeyRotation: 'old key material stays readable in AWS too',
      RotationPeriodInDays: 'old key material stays readable in AWS too',
      PendingWindowInDays: 'nobody deletes a key here',
      MultiRegion: 'there is one region',
      Origin: 'the key is made here',
    },
  },
  'AWS::KMS::Alias': { acts: ['AliasName', 'TargetKeyId'], inert: {} },
  'AWS::CloudFront::Distribution': { acts: ['DistributionConfig'], inert: tags },
  'AWS::CloudFront::Function': {
    acts: ['Name', 'FunctionCode', 'FunctionConfig', 'AutoPublish'],
    inert: { ...tags, FunctionMetadata: 'words for people' },
  },
  'AWS::CloudFront::ResponseHeadersPolicy': { acts: ['ResponseHeadersPolicyConfig'], inert: {} },
};

const iam = 'there is no IAM on this machine; the template tests hold the rights';
const watch = 'nobody is paged by a local run';
const network = 'decides the outgoing address only';
const deployment = 'acts at deployment only';
const cognito = 'the local issuer takes its place';
const edge = 'the local server stands at the edge itself and caches nothing';

/** Types (or beginnings of types, with `*`) that have nothing to do on one machine, each with its reason. */
export const IDLE_TYPES: Readonly<Record<string, string>> = {
  'AWS::IAM::*': iam,
  'AWS::SQS::QueuePolicy': iam,
  'AWS::S3::BucketPolicy': iam,
  'AWS::SNS::*': watch,
  'AWS::CloudWatch::*': watch,
  'AWS::Logs::*': 'logs go to the data folder',
  'AWS::Budgets::*': watch,
  'AWS::CE::*': watch,
  'AWS::EC2::*': network,
  'AWS::AutoScaling::*': network,
  'AWS::Route53::*': 'the address is localhost',
  'AWS::CertificateManager::*': 'the address is localhost',
  'AWS::WAFv2::*': 'a filter in front of the edge, tested by its template',
  'AWS::CDK::Metadata': deployment,
  'AWS::SSM::Parameter': deployment,
  'AWS::CloudFormation::*': deployment,
  'Custom::*': deployment,
  'AWS::Cognito::*': cognito,
  'AWS::S3::Bucket': 'the site is served from its folder',
  'AWS::CloudFront::CachePolicy': edge,
  'AWS::CloudFront::OriginRequestPolicy': edge,
  'AWS::CloudFront::OriginAccessControl': edge,
  'AWS::CloudFront::MonitoringSubscription': watch,
  'AWS::Scheduler::ScheduleGroup': 'a name over schedules',
  'AWS::Lambda::Version': 'the newest code is the only version',
  'AWS::Lambda::Alias': 'stands for its function',
  'AWS::Lambda::LayerVersion': 'belongs to functions that act at deployment only; others are refused',
  'AWS::ApplicationInsights::*': watch,
  'AWS::ResourceGroups::*': 'a view for people',
};

/** The reason why a type is idle, or undefined where it isn't. */
export function findIdleReason(type: string): string | undefined {
  const exact = IDLE_TYPES[type];
  if (exact !== undefined) return exact;
  const parts = type.split('::');
  return IDLE_TYPES[`${parts.slice(0, -1).join('::')}::*`] ?? IDLE_TYPES[`${parts[0]}::*`];
}
