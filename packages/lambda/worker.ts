import { ENV } from '#core/env.ts';
import { newId } from '#core/ids.ts';
import { RegistrarMessage } from '#core/payloads.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { handleRegistrarMessage } from '#sync/registrar-step.ts';
import type { WorkerDeps } from '#sync/worker-deps.ts';
import { createOpener } from '#vault/opener.ts';
import { createKmsClient, createQueueClient, createWorkflowClient } from './clients.ts';
import { systemClock } from './clock.ts';
import { readEnv } from './env.ts';
import { log } from './log.ts';
import { createParkingQueue } from './queues.ts';
import { createRegistrarGateway } from './registrar-gateway.ts';
import { openCredentialStore, openStores } from './stores.ts';
import { createTaskTokens } from './workflow.ts';

/** Everything a registrar worker touches, made once per environment. */
export function composeWorker(): (body: unknown, messageId: string) => Promise<void> {
  const env = readEnv(
    ENV.registrar,
    ENV.registrarQueue,
    ENV.sealKey,
    ENV.egressAddresses,
    ENV.registrarEndpoints,
  );
  const id = env[ENV.registrar];
  const deps: WorkerDeps = {
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
      definition: REGISTRARS[id],
      simulatorOrigin: env[ENV.registrarEndpoints]?.[id],
      egressAddress: env[ENV.egressAddresses][0] ?? null,
      now: systemClock.now,
    }),
  };
  return (body, messageId) => handleRegistrarMessage(deps, RegistrarMessage.parse(body), messageId);
}
