import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { toStableName } from '#test/infra/support/rights-page.ts';
import { rolesOf } from '#test/infra/support/statements.ts';
import { resourcesOf, type Template } from '#test/infra/support/template.ts';
import { isAllowed, type Request } from './evaluate.ts';

/** What a role may, or may not, do. */
interface Decision {
  readonly role: string;
  readonly request: Request;
  readonly isMeant: boolean;
}

/** What came of asking all. */
export interface Decided {
  readonly decisions: number;
  readonly allowed: number;
  /** Decisions that weren't as they are meant, as texts. */
  readonly wrong: readonly string[];
}

const workerOf = (registrar: RegistrarId) => `registrar-worker-${registrar}`;
const SEAL = '<KeysSeal.Arn>';

/**
 * Asks for every role of a function whether it may do what only some may: open and seal credentials under every context,
 * read and write the tables, send to queues, answer and start executions, touch keys and policies.
 */
export function decideAll(template: Template, conditionsCount = true): Decided {
  const roles = rolesOf(template).filter(({ trust }) =>
    JSON.stringify(trust).includes('lambda.amazonaws.com'),
  );
  const ours = roles.filter(({ logicalId }) => !logicalId.startsWith('CustomCDK'));
  const names = ours.map(({ name }) => name);
  const all = [...openings(names), ...sealings(names), ...tables(names), ...others(template, names)];
  const judged = all.map((decision) => {
    const { statements } = ours.find(({ name }) => name === decision.role) as (typeof ours)[number];
    const asked = statements.map(({ resources, conditions, ...statement }) => ({
      ...statement,
      resources: resources.map(toStableName),
      conditions: conditionsCount ? conditions : undefined,
    }));
    return { ...decision, isGiven: isAllowed(asked, decision.request) };
  });
  return {
    decisions: all.length,
    allowed: judged.filter(({ isGiven }) => isGiven).length,
    wrong: judged
      .filter(({ isGiven, isMeant }) => isGiven !== isMeant)
      .map(({ role, isMeant, request: { action, resource, context } }) => {
        const keys = Object.entries(context).map(([key, value]) => `${key}=${value}`);
        return `${role} ${isMeant ? 'may not' : 'may'} ${action} on ${resource} ${keys.join(' ')}`;
      }),
  };
}

/** A seal's context as KMS tells it to IAM: a key for each pair, and the list of their names. */
function toContext(pairs: Readonly<Record<string, string>>): Request['context'] {
  const entries = Object.entries(pairs).map(
    ([name, value]) => [`kms:encryptioncontext:${name}`, value] as const,
  );
  return { ...Object.fromEntries(entries), 'kms:encryptioncontextkeys': Object.keys(pairs) };
}

const WHOLE = { app: 'domain-collective', tenant: 't', integration: 'i', version: '1' };

/** Contexts that no role may seal or open under: each lacks, adds or changes one thing. */
function brokenContexts(registrar: string): Readonly<Record<string, string>>[] {
  const whole = { ...WHOLE, registrar };
  const without = Object.keys(whole).map((left) =>
    Object.fromEntries(Object.entries(whole).filter(([name]) => name !== left)),
  );
  return [...without, { ...whole, app: 'another' }, { ...whole, purpose: 'x' }, {}];
}

/** Decrypt: a worker, its own registrar, the whole context; nobody else, and no other. */
function openings(roles: readonly string[]): Decision[] {
  const ask = (role: string, context: Record<string, string>, isMeant: boolean): Decision => ({
    role,
    request: { action: 'kms:Decrypt', resource: SEAL, context: toContext(context) },
    isMeant,
  });
  return roles.flatMap((role) =>
    REGISTRAR_IDS.flatMap((registrar) => [
      ask(role, { ...WHOLE, registrar }, role === workerOf(registrar)),
      ...brokenContexts(registrar).map((context) => ask(role, context, false)),
    ]),
  );
}

/** Encrypt: the function that takes credentials in; a GenerateDataKey or ReEncrypt nobody. */
function sealings(roles: readonly string[]): Decision[] {
  return roles.flatMap((role) => {
    const ask = (action: string, context: Record<string, string>, isMeant: boolean): Decision => ({
      role,
      request: { action, resource: SEAL, context: toContext(context) },
      isMeant,
    });
    const whole = { ...WHOLE, registrar: 'gandi' };
    const never = [
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:CreateGrant',
      'kms:ScheduleKeyDeletion',
      'kms:PutKeyPolicy',
      'kms:DisableKey',
    ];
    return [
      ask('kms:Encrypt', whole, role === 'credentials'),
      ...brokenContexts('gandi').map((context) => ask('kms:Encrypt', context, false)),
      ...never.map((action) => ask(action, whole, false)),
    ];
  });
}

/** The table of credentials: read by workers, written without reading by those who take in and clear away. */
function tables(roles: readonly string[]): Decision[] {
  const ask = (role: string, action: string, table: string, isMeant: boolean, context = {}): Decision => ({
    role,
    request: { action: `dynamodb:${action}`, resource: `<Tables${table}.Arn>`, context },
    isMeant,
  });
  return roles.flatMap((role) => {
    const isWorker = role.startsWith('registrar-worker-');
    const isWriter = role === 'credentials' || role === 'sweep';
    const readsBack = { 'dynamodb:returnvalues': 'ALL_OLD' };
    return [
      ask(role, 'GetItem', 'Credentials', isWorker),
      ask(role, 'PutItem', 'Credentials', isWriter),
      ask(role, 'PutItem', 'Credentials', false, readsBack),
      ask(role, 'UpdateItem', 'Credentials', isWorker || role === 'credentials'),
      ...['Query', 'Scan', 'BatchGetItem', 'DeleteTable', 'ExportTableToPointInTime'].map((action) =>
        ask(role, action, 'Credentials', false),
      ),
      ...['Scan', 'DeleteTable', 'UpdateTable', 'BatchGetItem', 'ExportTableToPointInTime'].map((action) =>
        ask(role, action, 'Portfolio', false),
      ),
    ];
  });
}

/** Queues, executions and the rest of the account. */
function others(template: Template, roles: readonly string[]): Decision[] {
  const [machine] = resourcesOf(template, 'AWS::StepFunctions::StateMachine').map(([id]) =>
    toStableName(`<${id}>`),
  );
  const ask = (role: string, action: string, resource: string, isMeant: boolean): Decision => ({
    role,
    request: { action, resource, context: {} },
    isMeant,
  });
  return roles.flatMap((role) => {
    const isWorker = role.startsWith('registrar-worker-');
    return [
      ...REGISTRAR_IDS.flatMap((registrar) =>
        ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'].map((action) =>
          ask(role, action, `<Queues${registrar}.Arn>`, role === workerOf(registrar)),
        ),
      ),
      ask(role, 'states:SendTaskSuccess', machine as string, isWorker),
      ask(role, 'states:SendTaskFailure', machine as string, isWorker || role === 'dead-letter'),
      ask(
        role,
        'states:StartExecution',
        machine as string,
        ['api', 'credentials', 'finish-sync', 'start-sync', 'sweep'].includes(role),
      ),
      ask(role, 'kms:GenerateMac', '<KeysMac.Arn>', role === 'api' || role === 'credentials'),
      ...[
        'iam:PassRole',
        'iam:CreateUser',
        'sts:AssumeRole',
        'lambda:UpdateFunctionCode',
        's3:GetObject',
        'secretsmanager:GetSecretValue',
        'ssm:GetParameter',
      ].map((action) => ask(role, action, 'arn:aws:any', false)),
    ];
  });
}
