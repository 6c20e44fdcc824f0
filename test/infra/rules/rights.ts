import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { CONTEXT_KEYS } from '#vault/encryption-context.ts';
import { allows, findStatement, rolesOf, type Statement } from '../support/statements.ts';
import { findResource, type Properties, resourcesOf, type Template } from '../support/template.ts';
import type { TemplateRule } from './rule.ts';

const WORKERS = REGISTRAR_IDS.map((registrar) => `registrar-worker-${registrar}`);
/** The CDK's function that copies the site while the stack is deployed. */
const COPIER = /^CustomCDKBucketDeployment/;

/** Which roles may do what with `*`: the services behind these actions know no resources. */
const WITHOUT_RESOURCES: readonly { readonly role: RegExp; readonly actions: RegExp }[] = [
  { role: /./, actions: /^xray:(PutTraceSegments|PutTelemetryRecords|GetSampling(Rules|Targets))$/ },
  {
    role: /^WorkflowRole/,
    actions: /^logs:\w+(LogDelivery|LogDeliveries|ResourcePolicy|ResourcePolicies|LogGroups)$/,
  },
  {
    role: /^registrar-worker-namecheap$/,
    actions: /^ec2:\w+(NetworkInterfaces?|Subnets|PrivateIpAddresses)$/,
  },
  { role: COPIER, actions: /^cloudfront:(GetInvalidation|CreateInvalidation)$/ },
];

const seal = (statement: Statement) => statement.resources.some((resource) => /^<KeysSeal/.test(resource));
const ofCredentials = ({ resources }: Statement) =>
  resources.some((each) => /^<TablesCredentials/.test(each));

function each(
  template: Template,
  find: (role: ReturnType<typeof rolesOf>[number], statement: Statement) => string | false | undefined,
): readonly string[] {
  return rolesOf(template).flatMap((role) =>
    role.statements.flatMap((statement) => {
      const problem = find(role, statement);
      return problem ? [`${role.name}: ${problem}`] : [];
    }),
  );
}

function checkSealUse({ conditions = {} }: Statement, registrar: string | undefined): string | undefined {
  const equals = conditions.StringEquals ?? {};
  const present = conditions.Null ?? {};
  const allowed = conditions['ForAllValues:StringEquals']?.['kms:EncryptionContextKeys'] ?? [];
  if (equals['kms:EncryptionContext:app'] !== 'domain-collective') return 'not bound to the app';
  if (equals['kms:EncryptionContext:registrar'] !== registrar) return 'not bound to its registrar';
  for (const field of CONTEXT_KEYS) {
    const isBound = field === 'app' || (field === 'registrar' && registrar !== undefined);
    if (!isBound && present[`kms:EncryptionContext:${field}`] !== 'false') return `works without ${field}`;
  }
  const isExact =
    allowed.length === CONTEXT_KEYS.length && CONTEXT_KEYS.every((field) => allowed.includes(field));
  return isExact ? undefined : 'takes a context with other fields';
}

/** Who may do what: least rights, by hand. */
export const RIGHTS_RULES: readonly TemplateRule[] = [
  {
    title: 'the five workers, and nobody else, may decrypt with the sealing key',
    find: (template) => {
      const able = rolesOf(template).filter(({ statements }) =>
        statements.some((each) => allows(each, 'kms:Decrypt')),
      );
      const names = able.map(({ name }) => name);
      return [
        ...names.filter((name) => !WORKERS.includes(name)).map((name) => `${name} may decrypt`),
        ...WORKERS.filter((name) => !names.includes(name)).map((name) => `${name} may not decrypt`),
      ];
    },
    controls: {
      'the API may decrypt': (template) => {
        findStatement(template, 'ApiFunctionRole', 'kms:GenerateMac').Action = 'kms:Decrypt';
      },
      'a pattern does': (template) => {
        findStatement(template, 'SweepRole', 'dynamodb:PutItem').Action = ['kms:*'];
      },
    },
  },
  {
    title: 'a worker decrypts only with the whole context of its own registrar',
    find: (template) =>
      each(
        template,
        ({ name }, statement) =>
          allows(statement, 'kms:Decrypt') &&
          (seal(statement)
            ? checkSealUse(statement, name.replace('registrar-worker-', ''))
            : 'decrypts with another key'),
      ),
    controls: {
      "another registrar's": (template) => {
        const { Condition } = findStatement(template, 'Workergodaddy', 'kms:Decrypt');
        Condition.StringEquals['kms:EncryptionContext:registrar'] = 'gandi';
      },
      'without the tenant': (template) => {
        delete findStatement(template, 'Workergodaddy', 'kms:Decrypt').Condition.Null[
          'kms:EncryptionContext:tenant'
        ];
      },
      'with more fields': (template) => {
        const { Condition } = findStatement(template, 'Workergodaddy', 'kms:Decrypt');
        Condition['ForAllValues:StringEquals']['kms:EncryptionContextKeys'].push('more');
      },
      'without any condition': (template) => {
        delete findStatement(template, 'Workergodaddy', 'kms:Decrypt').Condition;
      },
    },
  },
  {
    title: 'only the function that takes credentials in may encrypt, with a whole context',
    find: (template) =>
      each(template, ({ name }, statement) => {
        if (!allows(statement, 'kms:Encrypt')) return undefined;
        return name === 'credentials' && seal(statement) ? checkSealUse(statement, undefined) : 'may encrypt';
      }),
    controls: {
      'the API encrypts': (template) => {
        findStatement(template, 'ApiFunctionRole', 'kms:GenerateMac').Action = 'kms:Encrypt';
      },
      'without the registrar': (template) => {
        const { Condition } = findStatement(template, 'CredentialsFunctionRole', 'kms:Encrypt');
        delete Condition.Null['kms:EncryptionContext:registrar'];
      },
    },
  },
  {
    title: 'no role may both encrypt and decrypt',
    find: (template) =>
      rolesOf(template)
        .filter(({ statements }) =>
          ['kms:Encrypt', 'kms:Decrypt'].every((action) => statements.some((each) => allows(each, action))),
        )
        .map(({ name }) => name),
    controls: {
      'a worker does both': (template) => {
        findStatement(template, 'Workergandi', 'kms:Decrypt').Action = ['kms:Decrypt', 'kms:Encrypt'];
      },
    },
  },
  {
    title: 'nobody may scan a table, or reach rows by another way than the stores do',
    find: (template) =>
      each(template, (_role, statement) =>
        ['Scan', 'PartiQLSelect', 'BatchGetItem', 'GetRecords', 'ExportTableToPointInTime']
          .map((action) => `dynamodb:${action}`)
          .find((action) => allows(statement, action)),
      ),
    controls: {
      'a scan': (template) => {
        findStatement(template, 'SweepRole', 'dynamodb:GetItem').Action.push('dynamodb:Scan');
      },
    },
  },
  {
    title: 'sealed credentials are read by workers alone, and written without being seen',
    find: (template) =>
      each(template, ({ name }, statement) => {
        if (!ofCredentials(statement)) return undefined;
        if (WORKERS.includes(name)) return undefined;
        if (!['credentials', 'sweep'].includes(name)) return 'reaches the table of credentials';
        const isBlind = statement.actions.every((action) => /:(Put|Update)Item$/.test(action));
        const kept = statement.conditions?.StringEqualsIfExists?.['dynamodb:ReturnValues'];
        return !isBlind || kept !== 'NONE' ? 'may read credentials' : undefined;
      }),
    controls: {
      'the intake reads': (template) => {
        const statement = resourcesOf(template, 'AWS::IAM::Policy')
          .filter(([id]) => id.startsWith('CredentialsFunctionRole'))
          .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement)
          .find(({ Condition }: Properties) => Condition?.StringEqualsIfExists);
        statement.Action.push('dynamodb:GetItem');
      },
      'the sweep sees what it replaces': (template) => {
        for (const [id, policy] of resourcesOf(template, 'AWS::IAM::Policy')) {
          if (!id.startsWith('SweepRole')) continue;
          for (const statement of policy.Properties.PolicyDocument.Statement) delete statement.Condition;
        }
      },
    },
  },
  {
    title: 'no role has an action with a wildcard, but that of the site copier',
    find: (template) =>
      each(template, ({ name }, statement) =>
        COPIER.test(name) || statement.effect !== 'Allow'
          ? undefined
          : statement.actions.find((action) => action.includes('*')),
      ),
    controls: {
      'all of DynamoDB': (template) => {
        findStatement(template, 'StartSyncRole', 'dynamodb:GetItem').Action = 'dynamodb:*';
      },
    },
  },
  {
    title: 'a wildcard stands for resources only where the service knows none, or below one of ours',
    find: (template) =>
      each(template, ({ name }, { effect, actions, resources }) => {
        if (effect !== 'Allow') return undefined;
        const isKnown = (action: string) =>
          WITHOUT_RESOURCES.some((known) => known.role.test(name) && known.actions.test(action));
        if (resources.includes('*')) return actions.find((action) => !isKnown(action));
        const isBelowOurs = (resource: string) =>
          !resource.includes('*') ||
          COPIER.test(name) ||
          /:execution:domain-collective-(dev|prod)-sync-integration:\*$/.test(resource);
        return resources.find((resource) => !isBelowOurs(resource));
      }),
    controls: {
      'queues at large': (template) => {
        findStatement(template, 'DispatchDueSyncsRole', 'sqs:SendMessage').Resource = '*';
      },
      'every index': (template) => {
        const statement = findStatement(template, 'DispatchDueSyncsRole', 'dynamodb:Query');
        statement.Resource['Fn::Join'][1][1] = '/index/*';
      },
    },
  },
  {
    title: 'no role leans on a policy of Amazon, but the copier and the agent of the NAT instance',
    find: (template) =>
      rolesOf(template).flatMap(({ name, managedPolicies }) =>
        managedPolicies
          .filter(
            (arn) =>
              !COPIER.test(name) &&
              !(/^EgressNat/.test(name) && arn.endsWith('/AmazonSSMManagedInstanceCore')),
          )
          .map((arn) => `${name}: ${arn}`),
      ),
    controls: {
      administrator: (template) => {
        findResource(template, 'AWS::IAM::Role', 'SweepRole').Properties.ManagedPolicyArns = [
          'arn:aws:iam::aws:policy/AdministratorAccess',
        ];
      },
    },
  },
  {
    title: 'every function has a role of its own',
    find: (template) => {
      const roles = resourcesOf(template, 'AWS::Lambda::Function').map(
        ([
          ,
          {
            Properties: { Role },
          },
        ]) => Role['Fn::GetAtt'][0],
      );
      return roles.filter((role, index) => roles.indexOf(role) !== index);
    },
    controls: {
      'two share one': (template) => {
        const role = findResource(template, 'AWS::Lambda::Function', 'ApiFunction').Properties.Role;
        findResource(template, 'AWS::Lambda::Function', 'CredentialsFunction').Properties.Role = role;
      },
    },
  },
];
