import { toTenantId } from '#core/ids.ts';
import type { RunningSystem } from '#test/support/running-system.ts';

/** A tenant with something to steal: what others would have to name to get at it. */
export interface Household {
  readonly token: string;
  readonly expiredToken: string;
  readonly tenantId: string;
  readonly integrationId: string;
  readonly runId: string;
  /** An integration that was deleted. */
  readonly deletedId: string;
  readonly domains: readonly string[];
  /** A name that only the deleted integration had. */
  readonly deletedDomain: string;
  /** Cursors of the tenant's own lists, by the list's path. */
  readonly cursors: Readonly<Record<string, string>>;
}

/** Everything that only this tenant's own answers may hold. */
export function marksOf(household: Household): readonly string[] {
  const { tenantId, integrationId, runId, deletedId, domains, deletedDomain } = household;
  return [tenantId, integrationId, runId, deletedId, ...domains, deletedDomain];
}

/** Lets a person connect one account and delete another; both registrars have different names. */
export async function settle(
  system: RunningSystem,
  name: string,
  registrars: { readonly kept: string; readonly deleted: string },
): Promise<Household> {
  const person = await system.person(name);
  const [token, expiredToken] = await Promise.all([system.token(name), system.token(name, -60)]);
  const connect = async (registrar: string): Promise<string> => {
    const added = await person.connect(registrar, 'demo-10');
    const { status } = await person.settled(added.body.id, 120_000);
    if (status !== 'SYNCED') throw new Error(`${registrar} of ${name} is ${status}`);
    return added.body.id;
  };
  const namesOf = async (id: string): Promise<string[]> =>
    (await person.all(`/v1/domains?integration=${id}`)).map((domain) => domain.name);

  const [integrationId, deletedId] = await Promise.all([
    connect(registrars.kept),
    connect(registrars.deleted),
  ]);
  const [domains, deletedDomains] = await Promise.all([namesOf(integrationId), namesOf(deletedId)]);
  await person.call('DELETE', `/v1/integrations/${deletedId}`);
  await person.post(`/v1/integrations/${integrationId}/sync`);
  await person.settled(integrationId, 120_000);
  const runs = `/v1/integrations/${integrationId}/runs`;
  const readCursor = async (path: string) => (await person.get(`${path}?limit=1`)).body.nextCursor as string;
  const [deletedDomain = ''] = deletedDomains;
  return {
    token,
    expiredToken,
    ...toPerson(token),
    integrationId,
    runId: (await person.get(runs)).body.items[0].runId,
    deletedId,
    domains,
    deletedDomain,
    cursors: { '/v1/domains': await readCursor('/v1/domains'), [runs]: await readCursor(runs) },
  };
}

function toPerson(token: string): { readonly tenantId: string } {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return { tenantId: toTenantId(claims.iss, claims.sub) };
}
