import type { RegistrarAnswer, RegistrarDefinition, RegistrarOrigins } from '#core/registrar.ts';
import type { EnvironmentId } from '#core/registrar-id.ts';
import { createHttpClient } from '#registrars/http.ts';
import { guardReadOnly } from '#registrars/read-only.ts';
import type { RegistrarGateway } from '#sync/steps/worker-deps.ts';

export interface GatewayOptions {
  readonly definition: RegistrarDefinition;
  /** Origin that stands for environment `simulator`; never set where the product is deployed. */
  readonly simulatorOrigin: string | undefined;
  readonly egressAddress: string | null;
  readonly now: () => number;
}

/** One registrar, reached through the hardened client and the guard that lets only reading calls pass. */
export function createRegistrarGateway(options: GatewayOptions): RegistrarGateway {
  const { definition, simulatorOrigin, egressAddress, now } = options;
  const simulator = simulatorOrigin === undefined ? [] : [simulatorOrigin];
  const real = definition.environments.flatMap(({ origins }) => Object.values(origins));
  const http = createHttpClient({
    allowedOrigins: [...real, ...simulator],
    allowLoopbackHttp: simulator.length > 0,
  });
  const send = guardReadOnly(definition, http.send);

  const toOrigins = (environment: EnvironmentId): RegistrarOrigins => {
    if (environment === 'simulator' && simulatorOrigin !== undefined) return { api: simulatorOrigin };
    const found = definition.environments.find(({ id }) => id === environment);
    if (!found) throw new Error(`${definition.id} has no environment ${environment} here`);
    return found.origins;
  };

  return {
    definition,
    open(
      environment,
      credentials,
      around: (send: () => Promise<RegistrarAnswer>) => Promise<RegistrarAnswer>,
    ) {
      return definition.open(credentials, {
        send: (call) => around(() => send(call)),
        origins: toOrigins(environment),
        egressAddress: environment === 'simulator' ? '127.0.0.1' : egressAddress,
        now,
      });
    },
  };
}
