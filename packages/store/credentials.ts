import type { CredentialStore, SealedCredentials } from '#core/ports/vault.ts';
import { absent, allOf, anyOf, below, type Condition, equal, exists } from './conditions.ts';
import { readBytes, readFlag, readNumber } from './fields.ts';
import { isWritten, type Row, type RowStore } from './rows.ts';
import { KEPT_SECONDS, KEY, toTtl } from './table.ts';

/**
 * Sealed credentials over rows of the Credentials table: `current`, `candidate`, or the marker `deleted`. Intake and
 * deletion never read: the function that seals has no right to, so its answers come from conditions alone.
 */
export function createCredentialStore(rows: RowStore, now: () => number): CredentialStore {
  const isAlive = absent('deleted');

  return {
    async create(integrationId, { ciphertext, version }) {
      const key = KEY.credential(integrationId);
      const ttl = toTtl(now(), KEPT_SECONDS.provisionalCredentials);
      const update = { set: { current: ciphertext, currentVersion: version, ttl } };
      if (await isWritten(rows.update(key, update, allOf(isAlive, absent('current'))))) return 'stored';
      // a repeated request finds credentials there, and leaves them as they are
      return (await isWritten(rows.update(key, PROBE, allOf(exists('PK'), isAlive)))) ? 'stored' : 'deleted';
    },
    async keep(integrationId) {
      await isWritten(
        rows.update(KEY.credential(integrationId), { remove: ['ttl'] }, allOf(exists('PK'), isAlive)),
      );
    },
    async propose(integrationId, { ciphertext, version }) {
      const key = KEY.credential(integrationId);
      const update = { set: { candidate: ciphertext, candidateVersion: version } };
      const isNewer = allOf(
        isAlive,
        isBelow('candidateVersion', version),
        isBelow('currentVersion', version),
      );
      if (await isWritten(rows.update(key, update, isNewer))) return 'stored';
      // refused: deleted, or this version or a newer one is there already; a write that changes nothing tells which
      return (await isWritten(rows.update(key, PROBE, allOf(exists('PK'), isAlive)))) ? 'stored' : 'deleted';
    },
    async read(integrationId) {
      const row = await rows.get(KEY.credential(integrationId), { consistent: true });
      if (row === undefined) return undefined;
      if (readFlag(row, 'deleted')) return 'deleted';
      return {
        current: fromItem(row, 'current'),
        candidate: fromItem(row, 'candidate'),
        isProvisional: row.ttl !== undefined,
      };
    },
    async promote(integrationId, version) {
      const update = {
        copy: {
          current: { from: 'candidate', otherwise: null },
          currentVersion: { from: 'candidateVersion', otherwise: null },
        },
        remove: ['candidate', 'candidateVersion', 'ttl'],
      };
      await isWritten(
        rows.update(KEY.credential(integrationId), update, allOf(isAlive, isCandidate(version))),
      );
    },
    async discard(integrationId, version) {
      const update = { remove: ['candidate', 'candidateVersion'] };
      await isWritten(
        rows.update(KEY.credential(integrationId), update, allOf(isAlive, isCandidate(version))),
      );
    },
    erase: (integrationId) => rows.put({ ...KEY.credential(integrationId), deleted: true }),
  };
}

/** A write that changes nothing: its condition tells whether the row is alive. */
const PROBE = { remove: ['probe'] };

function isBelow(attribute: string, version: number): Condition {
  return anyOf(absent(attribute), below(attribute, version));
}

/** A promotion or discarding that is repeated, or came too late, finds another candidate or none: nothing to do. */
function isCandidate(version: number): Condition {
  return allOf(equal('candidateVersion', version), exists('candidate'));
}

function fromItem(row: Row, name: 'current' | 'candidate'): SealedCredentials | null {
  if (row[name] === undefined) return null;
  return { ciphertext: readBytes(row, name), version: readNumber(row, `${name}Version`) };
}
