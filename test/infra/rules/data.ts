import { CREDENTIALS_TABLE, PORTFOLIO_TABLE } from '#store/table.ts';
import { findResource, type Properties, resourcesOf, type Template } from '../support/template.ts';
import type { TemplateRule } from './rule.ts';

const KEPT = ['prod', 'fckNat'] as const;
const keysOf = (template: Template) =>
  resourcesOf(template, 'AWS::KMS::Key').filter(([id]) => id.startsWith('Keys'));
const tableOf = (template: Template, name: string) => findResource(template, 'AWS::DynamoDB::Table', name);

function toForm({ KeySchema, GlobalSecondaryIndexes = [], TimeToLiveSpecification: ttl }: Properties) {
  const names = (schema: Properties) => schema.map(({ AttributeName }: Properties) => AttributeName);
  const [partition, sort] = names(KeySchema);
  return {
    partition,
    sort,
    ...(ttl?.Enabled && { ttl: ttl.AttributeName }),
    indexes: GlobalSecondaryIndexes.map(({ IndexName, KeySchema: schema, Projection }: Properties) => {
      const [indexPartition, indexSort] = names(schema);
      return {
        name: IndexName,
        partition: indexPartition,
        sort: indexSort,
        projection: Projection.ProjectionType,
      };
    }),
  };
}

/** What is kept, what can be had back, and what is gone when it is deleted. */
export const DATA_RULES: readonly TemplateRule[] = [
  {
    title: 'the tables have the form that the stores expect',
    find: (template) =>
      (
        [
          ['Portfolio', PORTFOLIO_TABLE],
          ['Credentials', CREDENTIALS_TABLE],
        ] as const
      )
        .filter(
          ([name, form]) =>
            JSON.stringify(toForm(tableOf(template, name).Properties)) !== JSON.stringify(form),
        )
        .map(([name]) => name),
    controls: {
      'an index less': (template) => {
        tableOf(template, 'Portfolio').Properties.GlobalSecondaryIndexes.pop();
      },
      'credentials that nobody keeps, and that stay': (template) => {
        delete tableOf(template, 'Credentials').Properties.TimeToLiveSpecification;
      },
    },
  },
  {
    title: 'the portfolio can be had back as it was; credentials that are deleted are gone',
    find: (template) => {
      const isOn = (name: string) =>
        tableOf(template, name).Properties.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled ===
        true;
      return [...(isOn('Portfolio') ? [] : ['Portfolio']), ...(isOn('Credentials') ? ['Credentials'] : [])];
    },
    controls: {
      'credentials for 35 days more': (template) => {
        tableOf(template, 'Credentials').Properties.PointInTimeRecoverySpecification = {
          PointInTimeRecoveryEnabled: true,
        };
      },
      'no recovery': (template) => {
        delete tableOf(template, 'Portfolio').Properties.PointInTimeRecoverySpecification;
      },
    },
  },
  {
    title: 'tables cost what is used, and are encrypted at rest',
    find: (template) =>
      resourcesOf(template, 'AWS::DynamoDB::Table')
        .filter(
          ([, { Properties: table }]) =>
            table.BillingMode !== 'PAY_PER_REQUEST' || !table.SSESpecification?.SSEEnabled,
        )
        .map(([id]) => id),
    controls: {
      "with a key of DynamoDB's own": (template) => {
        delete tableOf(template, 'Credentials').Properties.SSESpecification;
      },
    },
  },
  {
    title: 'in production tables, people, keys and logs outlive the stack, and are protected from a slip',
    in: KEPT,
    find: (template) =>
      Object.entries(template.Resources)
        .filter(([id, { Type, DeletionPolicy, Properties: properties }]) => {
          if (Type === 'AWS::DynamoDB::Table')
            return DeletionPolicy !== 'Retain' || !properties.DeletionProtectionEnabled;
          if (Type === 'AWS::Cognito::UserPool')
            return DeletionPolicy !== 'Retain' || properties.DeletionProtection !== 'ACTIVE';
          if (Type === 'AWS::KMS::Key') return id.startsWith('Keys') && DeletionPolicy !== 'Retain';
          return ['AWS::Logs::LogGroup', 'AWS::S3::Bucket'].includes(Type) && DeletionPolicy !== 'Retain';
        })
        .map(([id]) => id),
    controls: {
      'a table goes': (template) => {
        tableOf(template, 'Portfolio').DeletionPolicy = 'Delete';
      },
      'a table is unprotected': (template) => {
        tableOf(template, 'Credentials').Properties.DeletionProtectionEnabled = false;
      },
      'a key goes': (template) => {
        findResource(template, 'AWS::KMS::Key', 'KeysSeal').DeletionPolicy = 'Delete';
      },
    },
  },
  {
    title: 'keys wait 30 days for their deletion, and the one that seals is renewed each year',
    find: (template) =>
      keysOf(template)
        .filter(([, { Properties: key }]) => {
          const isMac = key.KeySpec === 'HMAC_256';
          return key.PendingWindowInDays !== 30 || (!isMac && key.EnableKeyRotation !== true);
        })
        .map(([id]) => id),
    controls: {
      'a week': (template) => {
        findResource(template, 'AWS::KMS::Key', 'KeysMac').Properties.PendingWindowInDays = 7;
      },
      'never renewed': (template) => {
        findResource(template, 'AWS::KMS::Key', 'KeysSeal').Properties.EnableKeyRotation = false;
      },
    },
  },
  {
    title: 'in production nobody may ask for the deletion of a key but who breaks the glass',
    in: KEPT,
    find: (template) =>
      keysOf(template)
        .filter(
          ([
            ,
            {
              Properties: { KeyPolicy },
            },
          ]) =>
            !KeyPolicy.Statement.some(
              ({ Effect, Action, Condition }: Properties) =>
                Effect === 'Deny' &&
                Action === 'kms:ScheduleKeyDeletion' &&
                Condition?.StringNotEquals?.['aws:PrincipalTag/domain-collective-break-glass'] === 'true',
            ),
        )
        .map(([id]) => id),
    controls: {
      'whoever administers': (template) => {
        findResource(template, 'AWS::KMS::Key', 'KeysSeal').Properties.KeyPolicy.Statement.pop();
      },
    },
  },
  {
    title: 'keys are ruled by the account, and used by no service but for alarms',
    find: (template) =>
      resourcesOf(template, 'AWS::KMS::Key').flatMap(
        ([
          id,
          {
            Properties: { KeyPolicy },
          },
        ]) =>
          KeyPolicy.Statement.filter(({ Effect, Principal }: Properties) => {
            if (Effect !== 'Allow') return false;
            const isRoot = JSON.stringify(Principal.AWS ?? '').endsWith(':root"]]}');
            const isAlarm =
              id.startsWith('AlarmsKey') && /^(cloudwatch|events)\.amazonaws\.com$/.test(Principal.Service);
            return !isRoot && !isAlarm;
          }).map(() => id),
      ),
    controls: {
      'another account': (template) => {
        const { KeyPolicy } = findResource(template, 'AWS::KMS::Key', 'KeysSeal').Properties;
        KeyPolicy.Statement.push({
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'kms:Decrypt',
          Resource: '*',
        });
      },
    },
  },
  {
    title: 'buckets are closed to the public, encrypted, versioned, and reached by TLS alone',
    find: (template) =>
      resourcesOf(template, 'AWS::S3::Bucket')
        .filter(([id, { Properties: bucket }]) => {
          const isClosed =
            Object.values(bucket.PublicAccessBlockConfiguration ?? {}).filter((value) => value === true)
              .length === 4;
          const policy = resourcesOf(template, 'AWS::S3::BucketPolicy').find(
            ([, each]) => each.Properties.Bucket.Ref === id,
          );
          const isTls = JSON.stringify(policy?.[1].Properties ?? {}).includes(
            '"aws:SecureTransport":"false"',
          );
          return (
            !isClosed ||
            !isTls ||
            !bucket.BucketEncryption ||
            bucket.VersioningConfiguration?.Status !== 'Enabled'
          );
        })
        .map(([id]) => id),
    controls: {
      'a public one': (template) => {
        findResource(
          template,
          'AWS::S3::Bucket',
          'EdgeSite',
        ).Properties.PublicAccessBlockConfiguration.BlockPublicAcls = false;
      },
    },
  },
];
