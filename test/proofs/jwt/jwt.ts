import { newId } from '#core/ids.ts';
import { startSystem } from '#test/support/running-system.ts';
import { atLeast, exactly, type Group } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { OPERATIONS, type Operation, toBody } from '../support/operations.ts';
import { createRawClient, forEachOf, type RawClient } from '../support/raw-call.ts';
import { toAllowed } from './allowed.ts';
import { toForgeries } from './forgeries.ts';
import type { Presented } from './presented.ts';
import { readIssuer } from './sign.ts';

const LEAST_FORGERIES = 25;
const AT_ONCE = 16;
const ROUTES = OPERATIONS.filter(({ needsToken }) => needsToken);

/**
 * Presents forged tokens on every route of the running system. The control presents good ones, made by the same hands
 * and sent the same way: they are let in.
 */
export const jwt: Group = {
  name: 'jwt',
  about: 'forged, altered and misused tokens on every route that asks for one; good ones are let in',
  async measure(tell) {
    const system = await startSystem();
    const client = createRawClient(system.url);
    try {
      const issuer = readIssuer(system.dataDir);
      const now = Math.floor(Date.now() / 1000);
      const forgeries = toForgeries(issuer, now);
      const allowed = toAllowed(issuer, now);
      const forged = await presentAll(client, forgeries);
      const letIn = await presentAll(client, allowed);
      for (const { presented, route, status } of forged.taken)
        say(`let in: ${presented.name}: ${route.method} ${route.template} answered ${status}`);

      tell(atLeast('jwt.forgeries', forgeries.length, LEAST_FORGERIES));
      tell(atLeast('jwt.probes', forged.asked, LEAST_FORGERIES * ROUTES.length));
      const value = letIn.taken.length;
      tell(exactly('jwt.accepted', forged.taken.length, 0, { value, caught: value > 0 }));
      const forgedIn = forged.taken.length;
      tell(exactly('jwt.good', value, letIn.asked, { value: forgedIn, caught: forgedIn !== letIn.asked }));
    } finally {
      client.close();
      await system.stop();
    }
  },
};

interface Taken {
  readonly presented: Presented;
  readonly route: Operation;
  readonly status: number;
}

/** Presents each on each route; gives those that were not stopped, of how many. */
async function presentAll(
  client: RawClient,
  all: readonly Presented[],
): Promise<{ asked: number; taken: Taken[] }> {
  const asks = ROUTES.flatMap((route) => all.map((presented) => ({ presented, route })));
  const asked = await forEachOf(asks, AT_ONCE, async ({ presented, route }) => {
    const body = toBody(route);
    const { status } = await client.ask({
      method: route.method,
      path: route.template
        .replace('{id}', newId())
        .replace('{runId}', newId())
        .replace('{name}', 'missing.example'),
      headers: { authorization: presented.authorization },
      ...(body !== undefined && { body }),
    });
    return { presented, route, status };
  });
  const taken = asked.filter(({ status }) => status !== 401 && status !== 403);
  return { asked: asked.length, taken };
}
