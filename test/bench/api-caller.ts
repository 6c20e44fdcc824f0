import { createWholeApi } from '#api/app.ts';
import { newId } from '#core/ids.ts';
import { REGISTRARS } from '#registrars/index.ts';
import type { World } from './world.ts';

/** Whose tokens callers have; a subject's tenant is `toTenantId(ISSUER, subject)`. */
export const ISSUER = 'https://issuer.test';
const CLIENT_ID = 'bench-client';

/** Calls the API of a world as a signed-in person, in no time: it looks at the tables as they are at this instant. */
export function createApiCaller(world: World): (path: string, subject: string) => Promise<Response> {
  const { glance: stores, vault, clock, commands, runDeps } = world;
  const app = createWholeApi({
    stores,
    commands,
    registrars: REGISTRARS,
    fingerprinter: vault,
    clock,
    newId,
    log: runDeps.log,
    egressAddresses: ['127.0.0.1'],
    clientId: CLIENT_ID,
  });
  return async (path, subject) => {
    const exp = String(Math.floor(clock.now() / 1000) + 3600);
    const claims = { iss: ISSUER, sub: subject, client_id: CLIENT_ID, token_use: 'access', exp };
    const [header, payload] = [{ alg: 'RS256', kid: 'k1' }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    return app.request(
      path,
      { headers: { authorization: `Bearer ${header}.${payload}.c2ln` } },
      { event: { requestContext: { requestId: 'bench', authorizer: { jwt: { claims } } } } },
    );
  };
}
