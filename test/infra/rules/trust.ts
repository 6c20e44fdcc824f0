import { rolesOf } from '../support/statements.ts';
import { findResource, type Properties, resourcesOf, toText } from '../support/template.ts';
import type { TemplateRule } from './rule.ts';

/** Services that say for which account and resource they take a role, and so can be held to ours. */
const SPEAKING: Readonly<Record<string, readonly string[]>> = {
  'states.amazonaws.com': ['aws:SourceAccount', 'aws:SourceArn'],
  'scheduler.amazonaws.com': ['aws:SourceAccount', 'aws:SourceArn'],
  'vpc-flow-logs.amazonaws.com': ['aws:SourceAccount'],
};
/** Services that take the role of a resource which they run themselves. */
const PLAIN = ['lambda.amazonaws.com', 'ec2.amazonaws.com'];

/** Who may act in our name. */
export const TRUST_RULES: readonly TemplateRule[] = [
  {
    title: 'roles are taken by services alone, for our account and our resource where the service says so',
    find: (template) =>
      rolesOf(template).flatMap(({ name, trust }) =>
        trust.flatMap(({ Principal, Condition = {} }: Properties) => {
          const service = Principal.Service;
          if (typeof service !== 'string') return [`${name}: trusts ${JSON.stringify(Principal)}`];
          const held = Object.values(Condition).flatMap((values) => Object.keys(values as object));
          const wanted = SPEAKING[service];
          if (!wanted) return PLAIN.includes(service) ? [] : [`${name}: trusts ${service}`];
          return wanted
            .filter((key) => !held.includes(key))
            .map((key) => `${name}: ${service} without ${key}`);
        }),
      ),
    controls: {
      'Step Functions of any account': (template) => {
        const role = findResource(template, 'AWS::IAM::Role', 'WorkflowRole');
        delete role.Properties.AssumeRolePolicyDocument.Statement[0].Condition;
      },
      'Scheduler of any group': (template) => {
        const role = findResource(template, 'AWS::IAM::Role', 'SchedulesRole');
        delete role.Properties.AssumeRolePolicyDocument.Statement[0].Condition.ArnEquals;
      },
      'another account': (template) => {
        const role = findResource(template, 'AWS::IAM::Role', 'SweepRole');
        role.Properties.AssumeRolePolicyDocument.Statement[0].Principal = {
          AWS: 'arn:aws:iam::111122223333:root',
        };
      },
    },
  },
  {
    title: 'a function is called by a service only on behalf of one API or rule of ours',
    find: (template) =>
      resourcesOf(template, 'AWS::Lambda::Permission').flatMap(
        ([
          id,
          {
            Properties: { Principal, SourceArn },
          },
        ]) => {
          const source = toText(SourceArn);
          const isOurs = /^<\w+\.Arn>$/.test(source) || /:execute-api:.*:<ApiHttp\w+>\/\*$/.test(source);
          return isOurs && /^(apigateway|events)\.amazonaws\.com$/.test(Principal)
            ? []
            : [`${id}: ${Principal} for ${source}`];
        },
      ),
    controls: {
      'any API': (template) => {
        delete findResource(template, 'AWS::Lambda::Permission', 'ApiFunction').Properties.SourceArn;
      },
    },
  },
  {
    title:
      'policies of queues, buckets and topics let in services alone, and all but SNS for one resource of ours',
    find: (template) =>
      ['AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy'].flatMap((type) =>
        resourcesOf(template, type).flatMap(
          ([
            id,
            {
              Properties: { PolicyDocument },
            },
          ]) =>
            PolicyDocument.Statement.filter(({ Effect }: Properties) => Effect === 'Allow').flatMap(
              ({ Principal, Condition = {} }: Properties) => {
                const service = Principal.Service;
                if (service === undefined)
                  return isCopier(Principal) ? [] : [`${id}: lets in ${JSON.stringify(Principal)}`];
                const held = Object.values(Condition).flatMap((values) => Object.keys(values as object));
                const isHeld = held.some((key) => /^aws:Source(Account|Arn)$/i.test(key));
                // EventBridge can't be held by the policy of a topic.
                const isExempt = type === 'AWS::SNS::TopicPolicy' && service === 'events.amazonaws.com';
                return isHeld || isExempt ? [] : [`${id}: lets in any ${service}`];
              },
            ),
        ),
      ),
    controls: {
      'any rule may write dead letters': (template) => {
        const policy = findResource(template, 'AWS::SQS::QueuePolicy', 'DeadLetters');
        for (const statement of policy.Properties.PolicyDocument.Statement) {
          if (statement.Effect === 'Allow') delete statement.Condition;
        }
      },
      'any distribution may read the site': (template) => {
        const policy = findResource(template, 'AWS::S3::BucketPolicy', 'EdgeSite');
        for (const statement of policy.Properties.PolicyDocument.Statement) {
          if (statement.Effect === 'Allow') delete statement.Condition;
        }
      },
      'everybody may read the logs': (template) => {
        const policy = findResource(template, 'AWS::S3::BucketPolicy', 'EdgeLogs');
        policy.Properties.PolicyDocument.Statement.push({
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 's3:GetObject',
        });
      },
    },
  },
];

function isCopier(principal: Properties): boolean {
  return /^<CustomCDKBucketDeployment\w+\.Arn>$/.test(toText(principal.AWS));
}
