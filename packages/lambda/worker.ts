import { ENV } from '#core/env.ts';
import { newId } from '#core/ids.ts';
import { RegistrarMessage } from '#core/payloads.ts';
import type { RegistrarDefinition } from '#core/registrar.ts';
import { handleRegistrarMessage } from '#sync/steps/registrar-step.ts';
import type { WorkerDeps } from '#sync/steps/worker-deps.ts';
import { createOpener } from '#vault/opener.ts';
import { createKmsClient, createQueueClient, createWorkflowClient } from './clients.ts';
import { systemClock } from './clock.ts';
import { readEnv } from './env.ts';
import { log } from './log.ts';
import { onQueue } from './middleware.ts';
import { createParkingQueue } from './queues.ts';
import { createRegistrarGateway } from './registrar-gateway.ts';
import { openCredentialStore, openStores } from './stores.ts';
import { createTaskTokens } from './workflow.ts';

/** The handler of a registrar's queue. The only kind of function that opens credentials, and that leaves AWS. */
export function onMessages(definition: RegistrarDefinition) {
  const deps = composeWorker(definition);
  return onQueue((body, { messageId }) =>
    handleRegistrarMessage(deps, RegistrarMessage.parse(body), messageId),
  );
}

/** Everything a registrar worker touches, made once per environment. */
function composeWorker(definition: RegistrarDefinition): WorkerDeps {
  const env = readEnv(ENV.registrarQueue, ENV.sealKey, ENV.egressAddresses, ENV.registrarEndpoints);
  return {
    ...openStores(),
    clock: systemClock,
    log,
    newId,
    random: Math.random,
    credentials: openCredentialStore(),
    opener: createOpener({ kms: createKmsClient(), keyArn: env[ENV.sealKey] }),
    tokens: createTaskTokens(createWorkflowClient()),
    queue: createParkingQueue(createQueueClient(), env[ENV.registrarQueue]),
    registrar: createRegistrarGateway({
      definition,
      simulatorOrigin: env[ENV.registrarEndpoints]?.[definition.id],
      egressAddress: env[ENV.egressAddresses][0] ?? null,
      now: systemClock.now,
    }),
  };
}
