import { OPERATIONS } from '../support/operations.ts';
import type { RawCall } from '../support/raw-call.ts';
import type { Household } from './household.ts';
import { type Probe, type ProbeHeaders, REFUSALS, toProbes } from './probes.ts';
import { toClaimHeaders } from './tokenless.ts';

/** What a stranger with a token of his own may ask about the household: whatever names something of it. */
export function toStrangerProbes(household: Household, stranger: Household): Probe[] {
  const headers = { authorization: `Bearer ${stranger.token}` };
  const crossed: Probe = {
    alike: 'stranger GET /v1/integrations/{id}/runs/{runId}',
    refusals: REFUSALS,
    call: {
      method: 'GET',
      path: `/v1/integrations/${stranger.integrationId}/runs/${household.runId}`,
      headers,
    },
  };
  return [
    ...toNamingProbes(household, headers, 'stranger'),
    ...toNamingProbes(household, { ...headers, ...toClaimHeaders(household) }, 'pretender'),
    crossed,
    ...toCursorProbes(household, stranger),
  ];
}

function toNamingProbes(household: Household, headers: ProbeHeaders, who: string): Probe[] {
  return (
    toProbes(household, headers, who)
      .filter(({ alike }) => alike.includes('{'))
      // Which methods a path knows is in the description: it says nothing of what is there.
      .map((probe) => (probe.call.method === 'OPTIONS' ? { ...probe, refusals: [204] } : probe))
  );
}

/** Lists that answer a stranger with what is the stranger's own, and with nothing else. */
export function toListCalls(household: Household, token: string): RawCall[] {
  const headers = { authorization: `Bearer ${token}` };
  const lists = OPERATIONS.filter(
    ({ method, template, needsToken }) => method === 'GET' && needsToken && !template.includes('{'),
  );
  return lists.flatMap(({ template, query }) => [
    { method: 'GET', path: template, headers },
    ...(query.includes('integration')
      ? [{ method: 'GET', path: `${template}?integration=${household.integrationId}`, headers }]
      : []),
    ...(query.includes('q')
      ? [{ method: 'GET', path: `${template}?q=${household.domains[0]}`, headers }]
      : []),
  ]);
}

/** Where a list of another tenant's goes on: a cursor is no key to it. */
function toCursorProbes(household: Household, stranger: Household): Probe[] {
  const headers = { authorization: `Bearer ${stranger.token}` };
  return Object.entries(household.cursors).flatMap(([path, cursor]) => {
    const query = `limit=1&cursor=${encodeURIComponent(cursor)}`;
    const own = path.replace(household.integrationId, stranger.integrationId);
    return [...new Set([path, own])].map((each) => ({
      alike: `stranger cursor of ${each}`,
      refusals: each === path && path !== own ? REFUSALS : [400],
      call: { method: 'GET', path: `${each}?${query}`, headers },
    }));
  });
}
