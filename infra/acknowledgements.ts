import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import type { Settings } from './settings.ts';

/** A finding of cdk-nag that stays, and why. */
export interface Acknowledgement {
  /** Rule, and in brackets the finding where the rule tells several apart. */
  readonly id: string;
  /** Paths of constructs, below the stack: the finding is expected at each of them. */
  readonly at: readonly string[];
  readonly reason: string;
}

const WORKERS = REGISTRAR_IDS.map((registrar) => `Worker-${registrar}`);
const SYNCHRONOUS = ['ApiFunction', 'CredentialsFunction'];
const BY_QUEUE = [...WORKERS, 'StartSync', 'DeadLetter'];
const BY_EVENT = ['FinishSync', 'DispatchDueSyncs', 'Sweep'];
/** The function of the CDK that copies the site while the stack is deployed. */
const COPIER = 'Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C';

/**
 * Every finding that stays under these settings; everything else is fixed. One that isn't found any more is an error,
 * so that the list says what is, and nothing besides.
 */
export function toAcknowledgements(settings: Settings): readonly Acknowledgement[] {
  return [
    ...ofRights(settings),
    ...ofFailures(),
    ...ofEdge(settings),
    ...ofCopier(settings),
    ...ofEgress(settings),
    {
      id: 'AwsSolutions-DDB3',
      at: ['Tables/Credentials'],
      reason:
        'Deleted credentials have to be gone: recovery would keep them for 35 days. They can be entered again.',
    },
    ...(settings.alarmEmail === undefined
      ? []
      : [
          {
            id: 'Serverless-SNSRedrivePolicy',
            at: ['Alarms/Email'],
            reason:
              'SNS takes no dead letters for e-mail: SES queues them itself; the alarm stays up in CloudWatch.',
          },
        ]),
  ];
}

function ofRights({ stage, region }: Settings): Acknowledgement[] {
  const { partition, regionName } = toPlace(region);
  const executions = `arn:${partition}:states:${regionName}:<AWS::AccountId>:execution:domain-collective-${stage.name}-sync-integration:*`;
  return [
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      at: [...SYNCHRONOUS, ...BY_QUEUE, ...BY_EVENT],
      reason: 'X-Ray knows no resources: PutTraceSegments and PutTelemetryRecords take nothing but *.',
    },
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      at: ['Workflow'],
      reason: 'X-Ray and the delivery of logs know no resources: their actions take nothing but *.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${executions}]`,
      at: [...SYNCHRONOUS, 'StartSync', 'Sweep'],
      reason: 'Executions are named by the run: the right is to those of this one state machine.',
    },
  ];
}

function ofFailures(): Acknowledgement[] {
  return [
    {
      id: 'Serverless-SQSRedrivePolicy',
      at: ['Queues/DeadLetters'],
      reason: 'It is the queue of dead letters itself.',
    },
    {
      id: 'Serverless-LambdaEventSourceMappingDestination',
      at: BY_QUEUE,
      reason:
        'Lambda offers no destination for SQS: what fails goes to the dead letters by the policy of the queue.',
    },
    {
      id: 'Serverless-LambdaDLQ',
      at: BY_QUEUE,
      reason: 'Reads a queue: what fails goes to the dead letters by the policy of the queue.',
    },
    {
      id: 'Serverless-LambdaDLQ',
      at: SYNCHRONOUS,
      reason: 'Answers requests: whoever asked sees the failure.',
    },
    {
      id: 'Serverless-LambdaDLQ',
      at: BY_EVENT,
      reason:
        'A tick that is lost is made good by the next one, and a lost end of an execution by the sweep; an alarm tells.',
    },
    {
      id: 'Serverless-LambdaAsyncFailureDestination',
      at: BY_EVENT,
      reason:
        'A tick that is lost is made good by the next one, and a lost end of an execution by the sweep; an alarm tells.',
    },
  ];
}

function ofEdge({ oidc, domain, hasFirewall }: Settings): Acknowledgement[] {
  const distribution = ['Edge/Distribution'];
  return [
    {
      id: 'AwsSolutions-APIG4',
      at: ['Api/Route-GET-v-health', 'Api/Route-GET-v-openapi-json'],
      reason: 'The two routes that say nothing of anybody: whether the API is up, and its description.',
    },
    {
      id: 'AwsSolutions-CFR1',
      at: distribution,
      reason: 'People own domains everywhere; where the service may be used from is for its operator to say.',
    },
    ...(hasFirewall
      ? []
      : [
          {
            id: 'AwsSolutions-CFR2',
            at: distribution,
            reason:
              'A firewall costs money each month: context enableWaf puts one there. Requests are throttled either way.',
          },
        ]),
    ...(domain
      ? []
      : [
          {
            id: 'AwsSolutions-CFR4',
            at: distribution,
            reason:
              'Of the default certificate CloudFront fixes the protocol: contexts domainName and certificateArn set TLS 1.2.',
          },
        ]),
    ...(oidc
      ? []
      : [
          {
            id: 'AwsSolutions-COG8',
            at: ['SignIn/Users'],
            reason:
              'The Plus plan costs per user; a second factor is asked of everybody, which it would ask of some.',
          },
        ]),
  ];
}

function ofCopier({ region }: Settings): Acknowledgement[] {
  const { partition, regionName } = toPlace(region);
  const resources = [
    '*',
    `arn:${partition}:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-${regionName}/*`,
    '<EdgeSite1C882D16.Arn>/*',
  ];
  const actions = ['s3:GetBucket*', 's3:GetObject*', 's3:List*', 's3:Abort*', 's3:DeleteObject*'];
  const reason =
    "The CDK's own function, which runs while a deployment does and never after: it reads the assets, and writes the bucket of public files.";
  return [
    ...resources.map((resource) => `AwsSolutions-IAM5[Resource::${resource}]`),
    ...actions.map((action) => `AwsSolutions-IAM5[Action::${action}]`),
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    'AwsSolutions-L1',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaLatestVersion',
    'Serverless-LambdaTracing',
  ].map((id) => ({ id, at: [COPIER], reason }));
}

function ofEgress({ namecheapEgress }: Settings): Acknowledgement[] {
  const interfaces = {
    id: 'AwsSolutions-IAM5[Resource::*]',
    at: ['Worker-namecheap'],
    reason:
      'Network interfaces are made by the service, whose documentation asks for *; the code is denied them.',
  };
  if (namecheapEgress !== 'fckNat') return namecheapEgress === 'off' ? [] : [interfaces];
  return [
    interfaces,
    {
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSSMManagedInstanceCore]',
      at: ['Egress/Nat/Instance'],
      reason: "Session Manager in place of SSH: Amazon keeps the agent's rights in this policy.",
    },
    {
      id: 'AwsSolutions-EC29',
      at: ['Egress/Nat/Instance'],
      reason: 'It holds nothing and is made anew with each new image; EC2 recovers it, an alarm restarts it.',
    },
  ];
}

/** How a finding names the place of an ARN: literally where the region is chosen, else as CloudFormation will fill it in. */
function toPlace(region: string | undefined) {
  return region === undefined
    ? { partition: '<AWS::Partition>', regionName: '<AWS::Region>' }
    : { partition: 'aws', regionName: region };
}
