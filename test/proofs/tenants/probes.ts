import { newId } from '#core/ids.ts';
import { findOperation, TEMPLATES, toBody } from '../support/operations.ts';
import type { RawCall } from '../support/raw-call.ts';
import type { Household } from './household.ts';

/** What is sent along with a question. */
export type ProbeHeaders = Readonly<Record<string, string>>;

/** A question by which somebody tries to get at what is another tenant's. */
export interface Probe {
  /** Probes of one word must get one and the same answer, whatever they name. */
  readonly alike: string;
  /** Statuses that let nobody in. */
  readonly refusals: readonly number[];
  readonly call: RawCall;
}

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** Statuses by which a question about somebody else's may be refused. */
export const REFUSALS: readonly number[] = [401, 403, 404];

/** What a path may be filled with, to reach a household or to pretend to. */
interface Filling {
  readonly id: string;
  readonly runId: string;
  readonly name: string;
  /** Its path has as many parts as the template: methods that answer for any such path see no difference. */
  readonly isTrick: boolean;
}

/**
 * Every path of the OpenAPI document × every method × what it can be filled with, asked with the same headers. The household's
 * own ids, ids that are missing, malformed or deleted, and tricks by which a path could come to mean another.
 */
export function toProbes(household: Household, headers: ProbeHeaders, who: string): Probe[] {
  return TEMPLATES.flatMap((template) =>
    METHODS.flatMap((method) =>
      toPaths(template, household)
        .filter(({ isTrick }) => !(isTrick && method === 'OPTIONS'))
        .map(({ path }): Probe => {
          const operation = findOperation(method, template);
          const body = toBody(operation);
          const call = { method, path, headers, ...(body !== undefined && { body }) };
          return { alike: `${who} ${method} ${template}`, refusals: REFUSALS, call };
        }),
    ),
  );
}

function toPaths(template: string, household: Household): { path: string; isTrick: boolean }[] {
  const fill = ({ id, runId, name, isTrick }: Filling) => ({
    path: template.replace('{id}', id).replace('{runId}', runId).replace('{name}', name),
    isTrick,
  });
  const paths = toFillings(household).map(fill);
  const unique = new Map(paths.map((each) => [each.path, each]));
  return [...unique.values()];
}

function toFillings(household: Household): Filling[] {
  const { integrationId: id, runId, deletedId, domains, deletedDomain } = household;
  const [name = ''] = domains;
  const missing = { id: newId(), runId: newId(), name: 'missing.example' };
  const plain = [
    { id, runId, name },
    missing,
    { id, runId: missing.runId, name: missing.name },
    { id: missing.id, runId, name: `missing.${name}` },
    { id: deletedId, runId, name: deletedDomain },
    { id: 'A', runId: 'A', name: 'not%20a%20name' },
    { id: id.toUpperCase(), runId: runId.toUpperCase(), name: `xn--${name}` },
    { id: 'a'.repeat(200), runId: 'a'.repeat(200), name: `${'a'.repeat(64)}.example` },
    { id: `${id}%20`, runId: `${runId}%20`, name: `%20${name}` },
    { id: `${id}%00`, runId: `${runId}%00`, name: `${name}%00` },
    { id: `${id}%23`, runId: `${runId}%23`, name: `${name}%23` },
    { id: `${id};a=b`, runId: `${runId};a=b`, name: `${name};a=b` },
    { id: '__proto__', runId: '__proto__', name: '__proto__' },
    { id: `%2e%2e%2f${id}`, runId: `%2e%2e%2f${runId}`, name: `%2e%2e%2f${name}` },
    { id: `INT%23${id}`, runId: `RUN%23${runId}`, name: `DOM%23${name}` },
    { id: `T%23${household.tenantId}`, runId: '%25', name: '%25' },
  ];
  const tricks = [
    { id: `x/../${id}`, runId: `x/../${runId}`, name: `x/../${name}` },
    { id: `%2e%2e/integrations/${id}`, runId: `%2e/${runId}`, name: `%2e%2e/domains/${name}` },
    { id: `/${id}`, runId: `/${runId}`, name: `/${name}` },
    { id: `${id}/`, runId: `${runId}/`, name: `${name}/` },
    { id: `.%2f${id}/.`, runId: `${runId}/.`, name: `${name}/.` },
  ];
  return [
    ...plain.map((each) => ({ ...each, isTrick: false })),
    ...tricks.map((each) => ({ ...each, isTrick: true })),
  ];
}
