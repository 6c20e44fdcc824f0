import type { Assembly } from '../assembly.ts';
import { FAKE_CREDENTIALS } from '../aws-clients.ts';
import type { Logs } from '../logs.ts';
import type { Ledger } from '../resources.ts';
import { LOCAL_REGION } from '../template.ts';
import { createCapacity } from './capacity.ts';
import { createFunction, type LocalFunction } from './function.ts';
import { toFunctionSettings } from './settings.ts';

/** Where the stand-ins of the services answer, by the name that the SDK's variables give them. */
export interface ServiceEndpoints {
  readonly DYNAMODB: string;
  readonly SQS: string;
  readonly SFN: string;
  readonly KMS: string;
}

/** The functions of a template. */
export interface Functions {
  readonly all: readonly LocalFunction[];
  /** The function that a name, an ARN or the address of an integration means. @throws Error when there is none. */
  find(target: string, place: string): LocalFunction;
  /** Like `find`, for a caller that needs a permission. @throws Error when the template gives none. */
  findCallable(target: string, principal: string, place: string): LocalFunction;
  close(): Promise<void>;
}

/** Environments at work at a time, and how many of them messages of queues may take. */
const places = { total: 16, forQueues: 10 };

/** Makes every function of the ledger callable; none is loaded before it is called or warmed. */
export function createFunctions(
  assembly: Assembly,
  ledger: Ledger,
  endpoints: ServiceEndpoints,
  extra: Readonly<Record<string, string>>,
  logs: Logs,
): Functions {
  const capacity = createCapacity(places.total, places.forQueues);
  const all = ledger.ofType('AWS::Lambda::Function').map((resource) => {
    const settings = toFunctionSettings(assembly, resource);
    const variables = {
      ...toRuntimeVariables(settings.name, settings.memoryMb, String(resource.properties.Handler)),
      ...toEndpointVariables(endpoints),
      ...settings.environment,
      ...extra,
    };
    return createFunction(settings, variables, capacity, logs.forFunction(settings.name));
  });
  const permissions = new Set(
    ledger
      .ofType('AWS::Lambda::Permission')
      .map(({ properties }) => `${toName(String(properties.FunctionName))} ${properties.Principal}`),
  );

  function find(target: string, place: string): LocalFunction {
    const name = toName(target);
    const found = all.find(({ settings }) => settings.name === name);
    if (!found) throw new Error(`${place}: no function ${target}`);
    return found;
  }

  return {
    all,
    find,
    findCallable(target, principal, place) {
      const found = find(target, place);
      if (!permissions.has(`${found.settings.name} ${principal}`))
        throw new Error(`${place}: no AWS::Lambda::Permission lets ${principal} call ${found.settings.name}`);
      return found;
    },
    async close() {
      await Promise.all(all.map((one) => one.close()));
    },
  };
}

/** The name in an ARN (with or without alias, alone or inside an API Gateway address), or the name itself. */
function toName(target: string): string {
  return /:function:([A-Za-z0-9_-]+)/.exec(target)?.[1] ?? target;
}

function toRuntimeVariables(name: string, memoryMb: number, handler: string): Record<string, string> {
  return {
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_ACCESS_KEY_ID: FAKE_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: FAKE_CREDENTIALS.secretAccessKey,
    _HANDLER: handler,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    NODE_ENV: 'production',
  };
}

function toEndpointVariables(endpoints: ServiceEndpoints): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(endpoints).map(([id, url]) => [`AWS_ENDPOINT_URL_${id}`, url])),
    // a service without a stand-in is not reached: neither in AWS nor, by a developer's own files, in some account
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}
