import type { RegistrarDefinition } from '#core/registrar.ts';

/** An adapter that takes a registrar's word for what it is: the control. */
export function careless(definition: RegistrarDefinition): RegistrarDefinition {
  return {
    ...definition,
    open: (_credentials, { send, origins }) => {
      const read = async () =>
        JSON.parse((await send({ method: 'GET', origin: origins.api, path: '/' })).body);
      return {
        validate: async () => ({ notices: [], credentialsExpireAt: (await read()).expires }),
        listPage: async () => ({
          domains: (await read()).domains.slice(),
          nextCursor: null,
          declaredTotal: null,
          skipped: 0,
        }),
        readZone: async () => ({ status: 'FETCHED', rrsets: (await read()).records.slice() }),
      };
    },
  };
}
