import type { HeldListing, Integration, Notice, Problem } from '#core/integration.ts';
import type { RunTrigger } from '#core/payloads.ts';
import type { FinishPatch, IntegrationRef } from '#core/ports/stores.ts';
import type { EnvironmentId, RegistrarId } from '#core/registrar-id.ts';
import {
  readFlag,
  readNumber,
  readNumberOrNull,
  readStructure,
  readStructureOrNull,
  readText,
  readTextOrNull,
} from './fields.ts';
import type { Row, Value } from './rows.ts';
import { KEY, toSortableMs } from './table.ts';
import { withoutNulls } from './updates.ts';

/** Fields to write; null removes an attribute, undefined leaves it. */
export type Fields = Readonly<Record<string, Value | undefined>>;

/** The lists of work in the `ops` index; an integration is in one of them at a time, or in none. */
export type OpsList = 'RUNNING' | 'DUE' | 'CLEAR';

interface OpsState {
  readonly deleting: boolean;
  readonly leaseUntilMs: number | null;
  readonly paused: boolean;
  readonly dueAtMs: number | null;
}

/** Index keys that put an integration on a list at a time, or take it off (null). */
export function toOps(ref: IntegrationRef, list: OpsList | null, atMs: number | null): Fields {
  if (list === null || atMs === null) return { gsi2pk: null, gsi2sk: null };
  return { gsi2pk: list, gsi2sk: `${toSortableMs(atMs)}#${ref.tenantId}#${ref.integrationId}` };
}

/** The list that a live integration belongs on: RUNNING while a lease is held, else DUE unless paused or never due. */
export function toLiveOps(ref: IntegrationRef, state: OpsState): Fields {
  if (state.deleting) return toOps(ref, null, null);
  if (state.leaseUntilMs !== null) return toOps(ref, 'RUNNING', state.leaseUntilMs);
  return toOps(ref, state.paused ? null : 'DUE', state.dueAtMs);
}

/** What an index row of a list says. */
export function fromOps(row: Row): IntegrationRef & { readonly atMs: number; readonly position: string } {
  const position = readText(row, 'gsi2sk');
  const [ms, tenantId, integrationId] = position.split('#') as [string, string, string];
  return { tenantId, integrationId, atMs: Number(ms), position };
}

/** The row of an integration, with its place in the lists of work. */
export function toItem(integration: Integration): Row {
  const { id, tenantId, credentials, held, deleting, ...rest } = integration;
  return {
    ...KEY.integration(tenantId, id),
    ...withoutNulls({
      ...rest,
      id,
      tenantId,
      problem: toStructure(integration.problem),
      notices: toStructure(integration.notices),
      ...toCredentialFields(credentials),
      ...toHeldFields(held),
      deleting: deleting || null,
      ...toLiveOps({ tenantId, integrationId: id }, integration),
    }),
  };
}

/** The integration in a row, a tombstone's too. */
export function fromItem(row: Row): Integration {
  const held = readStructureOrNull<Omit<HeldListing, 'acceptedAt'>>(row, 'held');
  return {
    id: readText(row, 'id'),
    tenantId: readText(row, 'tenantId'),
    registrar: readText(row, 'registrar') as RegistrarId,
    environment: readText(row, 'environment') as EnvironmentId,
    label: readTextOrNull(row, 'label'),
    createdAt: readText(row, 'createdAt'),
    limitKey: readText(row, 'limitKey'),
    epoch: readNumber(row, 'epoch'),
    revision: readNumber(row, 'revision'),
    runId: readTextOrNull(row, 'runId'),
    runTrigger: readTextOrNull(row, 'runTrigger') as RunTrigger | null,
    leaseUntilMs: readNumberOrNull(row, 'leaseUntilMs'),
    lastManualAtMs: readNumberOrNull(row, 'lastManualAtMs'),
    lastAttemptAt: readTextOrNull(row, 'lastAttemptAt'),
    lastSyncedAt: readTextOrNull(row, 'lastSyncedAt'),
    lastListedAt: readTextOrNull(row, 'lastListedAt'),
    zonesReadAt: readTextOrNull(row, 'zonesReadAt'),
    problem: readStructureOrNull<Problem>(row, 'problem'),
    notices: readStructure<readonly Notice[]>(row, 'notices'),
    paused: readFlag(row, 'paused'),
    refusals: readNumber(row, 'refusals'),
    dueAtMs: readNumberOrNull(row, 'dueAtMs'),
    credentials: {
      version: readNumber(row, 'credentialsVersion'),
      inForceVersion: readNumberOrNull(row, 'inForceVersion'),
      updatedAt: readText(row, 'credentialsUpdatedAt'),
      expiresAt: readTextOrNull(row, 'credentialsExpiresAt'),
      candidateVersion: readNumberOrNull(row, 'candidateVersion'),
      candidateLimitKey: readTextOrNull(row, 'candidateLimitKey'),
    },
    held: held && { ...held, acceptedAt: readTextOrNull(row, 'heldAcceptedAt') },
    zoneCursor: readTextOrNull(row, 'zoneCursor'),
    deleting: readFlag(row, 'deleting'),
    deletedAtMs: readNumberOrNull(row, 'deletedAtMs'),
  };
}

/**
 * The fields of a run's patch. Where a person changed something that the run did not see yet, theirs stands: newer
 * proposed credentials, and the acceptance of the very listing that is held again.
 */
export function toPatchFields(patch: FinishPatch, stored: Integration): Fields {
  const { credentials, held, problem, notices, ...plain } = patch;
  return {
    ...plain,
    ...(problem !== undefined && { problem: toStructure(problem) }),
    ...(notices !== undefined && { notices: toStructure(notices) }),
    ...(credentials !== undefined && toCredentialFields(mergeCredentials(credentials, stored.credentials))),
    ...(held !== undefined && toHeldFields(keepAcceptance(held, stored.held))),
  };
}

/** A newer proposal stands, and the version in force only rises: whoever lowered it would let former ones in again. */
function mergeCredentials(
  patch: Integration['credentials'],
  stored: Integration['credentials'],
): Integration['credentials'] {
  const inForceVersion = Math.max(patch.inForceVersion ?? 0, stored.inForceVersion ?? 0) || null;
  if (stored.version <= patch.version) return { ...patch, inForceVersion };
  return { ...stored, inForceVersion, updatedAt: patch.updatedAt, expiresAt: patch.expiresAt };
}

function keepAcceptance(patch: HeldListing | null, stored: HeldListing | null): HeldListing | null {
  if (patch === null || stored === null || patch.fingerprint !== stored.fingerprint) return patch;
  return { ...patch, acceptedAt: patch.acceptedAt ?? stored.acceptedAt };
}

function toCredentialFields(credentials: Integration['credentials']): Fields {
  return {
    credentialsVersion: credentials.version,
    inForceVersion: credentials.inForceVersion,
    credentialsUpdatedAt: credentials.updatedAt,
    credentialsExpiresAt: credentials.expiresAt,
    candidateVersion: credentials.candidateVersion,
    candidateLimitKey: credentials.candidateLimitKey,
  };
}

function toHeldFields(held: HeldListing | null): Fields {
  if (held === null) return { held: null, heldAcceptedAt: null };
  const { acceptedAt, ...rest } = held;
  return { held: rest, heldAcceptedAt: acceptedAt };
}

/** A structure of ours as a value; its form is plain data by its type. */
function toStructure(value: object | null): Value {
  return value as Value;
}
